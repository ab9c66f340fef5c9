"""Makes alerts, confirms them and stops them."""

import base64
import datetime
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from decisions import search
from decisions.alerts import queries
from decisions.alerts.schedule import next_search
from decisions.models import Alert, AlertMessage, ReportCount, database_time
from decisions.search import SearchQuery

# Most alerts that one network may ask for within `ReportCount.PERIOD`.
MAX_REQUESTS = 10

# Most alerts of one address that wait for a confirmation: nobody can fill a stranger's mailbox.
MAX_UNCONFIRMED = 5

# Bytes of a webhook's secret.
_SECRET_BYTES = 32


class TooManyRequestsError(Exception):
    """The network has asked for as many alerts as it may; `until` is when it may ask again."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Search:
    """A search to save: in words, and as the parameters of its list. `site` is scheme and host."""

    search_query: SearchQuery
    description: str
    parameters: str
    site: str


def emails_are_offered() -> bool:
    """Whether the archive can send e-mails to readers."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def sign_up(
    saved: Search, channel: Alert.Channel, address: str, frequency: str, network: str
) -> Alert | None:
    """Store an unconfirmed alert, and write the message that asks to confirm it.

    None if the address has too many of these already; whoever asked is not told, since it may be
    somebody else's address. `network` is a hash. Raises TooManyRequestsError.
    """
    key = salted_hmac("decisions.alerts.network", network, algorithm="sha256").hexdigest()
    counted = ReportCount.objects.count_report(key)
    if counted.count > MAX_REQUESTS:
        raise TooManyRequestsError(counted.ends_at)
    waiting = Alert.objects.filter(channel=channel, address=address, confirmed_at=None)
    if waiting.count() >= MAX_UNCONFIRMED:
        return None
    with transaction.atomic():
        alert = Alert.objects.create(
            channel=channel,
            address=address,
            frequency=frequency,
            query=queries.to_json(saved.search_query),
            description=saved.description,
            parameters=saved.parameters,
            site=saved.site,
            secret=_new_secret() if channel == Alert.Channel.WEBHOOK else "",
        )
        AlertMessage.objects.create(alert=alert, kind=AlertMessage.Kind.CONFIRMATION)
    return alert


@transaction.atomic
def confirm(alert_id: uuid.UUID) -> Alert | None:
    """Confirm an alert; from now on, decisions are new to it. None if there is no such alert.

    If its address already has an alert for the same search, that one stays, with the frequency that
    was chosen last: no decision is sent twice.
    """
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None:
        return None
    # All alerts of the address are locked, so that two confirmations come one after the other.
    ours = Alert.objects.select_for_update().filter(channel=alert.channel, address=alert.address)
    locked = {row.pk: row for row in ours.order_by("pk")}
    alert = locked.get(alert_id)
    if alert is None or alert.confirmed_at:
        return alert
    now = database_time()
    for other in locked.values():
        if other.confirmed_at and other.query == alert.query:
            Alert.objects.filter(pk=other.pk).resume()
            other.refresh_from_db()
            other.frequency = alert.frequency
            other.next_at = next_search(other.frequency, now)
            other.save(update_fields=["frequency", "next_at"])
            alert.delete()
            return other
    change = search.database_state().change
    alert.confirmed_at, alert.confirmed_change, alert.seen_change = now, change, change
    alert.next_at = next_search(alert.frequency, now)
    alert.save()
    return alert


def stop(alert_id: uuid.UUID) -> None:
    """Delete an alert with its address and its messages, if it is there."""
    Alert.objects.filter(pk=alert_id).delete()


def _new_secret() -> str:
    """A secret as Standard Webhooks write it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
