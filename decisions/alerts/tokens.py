"""The signed addresses of an alert's pages: who holds one may confirm the alert, or stop it."""

import uuid
from typing import Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer

from decisions.models import Alert, page_address

Purpose = Literal["confirm", "manage"]


def _signer(purpose: Purpose) -> Signer:
    # A dot, because some mail programs end a link at a colon.
    return Signer(sep=".", salt=f"decisions.alerts.{purpose}")


def management_token(alert: Alert) -> str:
    """The part of an address that names the alert, and proves the holder's right to stop it."""
    return _token(alert, "manage")


def alert_of(token: str, purpose: Purpose) -> uuid.UUID | None:
    """The id of the alert that the token names; None if it was not signed here."""
    try:
        return uuid.UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _token(alert: Alert, purpose: Purpose) -> str:
    return _signer(purpose).sign(alert.pk.hex)


def site_of(alert: Alert) -> str:
    """Scheme and host for the addresses that the alert's messages have."""
    return settings.SITE_URL or alert.site


def confirmation_address(alert: Alert) -> str:
    """The page whose button confirms the alert."""
    return site_of(alert) + page_address("decisions:alert-confirm", _token(alert, "confirm"))


def management_address(alert: Alert) -> str:
    """The page that shows the alert and stops it; a POST to it stops it at once (RFC 8058)."""
    return site_of(alert) + page_address("decisions:alert", management_token(alert))


def list_address(alert: Alert) -> str:
    """The list of all decisions that match the alert's search, the newest first."""
    parameters = f"{alert.parameters}&sort=newest" if alert.parameters else "sort=newest"
    return f"{site_of(alert)}{page_address('decisions:list')}?{parameters}"
