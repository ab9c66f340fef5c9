"""What the tests of alerts share: a mail server, and alerts that are due."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.utils import timezone

from decisions import alerts
from decisions.alerts import queries
from decisions.models import Alert
from decisions.search import SearchQuery
from tests.factories import begin_next_change
from tests.smtp_server import MailServer, mail_server

READER = "reader@example.org"


@pytest.fixture
def mail(settings) -> Iterator[MailServer]:
    """A mail server that the archive is set up for."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "archive@example.org"
        yield server


def make_alert(search_query: SearchQuery | None = None, **fields) -> Alert:
    """A confirmed alert; what is published from now on is new to it."""
    fields = {
        "channel": "email",
        "address": READER,
        "frequency": "daily",
        "query": queries.to_json(search_query or SearchQuery()),
        "description": "All decisions",
        "site": "http://archive.example",
        **fields,
    }
    made = Alert.objects.create(**fields)
    confirmed = alerts.confirm(made.pk)
    assert confirmed is not None
    begin_next_change()
    return confirmed


def pass_when_due() -> None:
    """One pass of the worker, at a time when every alert and every message is due."""
    begin_next_change()
    past = timezone.now() - datetime.timedelta(minutes=1)
    Alert.objects.confirmed().update(next_at=past)
    for alert in Alert.objects.all():
        alert.messages.pending().update(next_attempt_at=past)
    assert alerts.run_once()


def references(text: str) -> list[str]:
    """The references in a message, in order."""
    return re.findall(r"\((\d\d \d{3} \d{3})\)", text)
