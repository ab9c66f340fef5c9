"""Makes, signs and sends the JSON of webhooks, by the specification Standard Webhooks.

The signature is HMAC-SHA256, with the alert's secret, over `ID.TIMESTAMP.BODY`.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from decisions.alerts.tokens import list_address, management_address, site_of
from decisions.models import Alert, AlertMessage, Decision
from decisions.serializers import LICENCE, decision_summaries_json


def confirmation_body(message: AlertMessage) -> bytes:
    """Asks the receiver to answer with the challenge."""
    return _body("alert.confirmation", message.alert, {"challenge": challenge(message)})


def decisions_body(message: AlertMessage, decisions: Sequence[Decision]) -> bytes:
    """The new decisions, as the API lists them. Load them with `for_export`."""
    alert = message.alert
    found = list(decision_summaries_json(decisions, site_of(alert)))
    return _body("decisions.new", alert, {"decisions": found, "licence": LICENCE})


def challenge(message: AlertMessage) -> str:
    """A text that only who received the message can know."""
    key = f"{settings.SECRET_KEY}{message.alert.secret}".encode()
    return hmac.new(key, message.pk.bytes, hashlib.sha256).hexdigest()


def signed_headers(message: AlertMessage, body: bytes) -> dict[str, str]:
    """The headers of a request with this body, sent now."""
    now = str(int(time.time()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "ombudsman-decisions-webhook/1",
        "webhook-id": message.pk.hex,
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{signature(message.alert.secret, message.pk.hex, now, body)}",
    }


def signature(secret: str, identifier: str, timestamp: str, body: bytes) -> str:
    """The signature in Base64, without its version."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{identifier}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _body(kind: str, alert: Alert, data: dict[str, object]) -> bytes:
    about = {
        "alert": alert.pk.hex,
        "search": alert.description,
        "list": list_address(alert),
        "manage": management_address(alert),
    }
    content = {"type": kind, "timestamp": timezone.now().isoformat(), "data": {**about, **data}}
    return json.dumps(content, ensure_ascii=False).encode()
