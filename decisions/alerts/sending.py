"""Sends the messages that are due, and notes what became of each.

A message that fails is tried again with growing pauses. After GIVE_UP without success its alert is
paused, which staff see in the admin; at once if the receiver says that it is for ever. While the
mail server itself fails, no alert is blamed for it: all e-mails wait.
"""

import datetime
import logging
import smtplib
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.db.models.functions import Now

from decisions.alerts import emails, outgoing, webhooks
from decisions.alerts.subscriptions import confirm, emails_are_offered
from decisions.models import (
    Alert,
    AlertMessage,
    Decision,
    DecisionQuerySet,
    Publication,
    database_time,
)

log = logging.getLogger(__name__)

# Minutes between two attempts; the last is repeated.
PAUSES = (1, 5, 30, 2 * 60, 6 * 60, 12 * 60)

# How long attempts go on until the alert is paused.
GIVE_UP = datetime.timedelta(days=5)

# Most minutes between two attempts to reach the mail server.
MAX_MAIL_SERVER_PAUSE = 30

# Webhooks that are asked at the same time, and most messages to them in one pass.
WEBHOOKS_AT_ONCE = 8
MAX_WEBHOOKS = 200

Stopped = Callable[[], bool]

# What says that the mail server does not work, and nothing about the receiver.
_SERVER_FAILURES = (
    OSError,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
)

_GONE = 410  # the status of a webhook that wants nothing more


class Mailer:
    """Sends e-mails over one connection; waits while the mail server fails."""

    def __init__(self) -> None:
        self._failures = 0
        self._wait_until = 0.0

    def send_due(self, stopped: Stopped) -> int:
        """Send the e-mails that are due; returns how many were sent."""
        if not emails_are_offered() or time.monotonic() < self._wait_until:
            return 0
        due = AlertMessage.objects.due().filter(alert__channel=Alert.Channel.EMAIL)
        ids = list(due.values_list("pk", flat=True))
        if not ids:
            return 0
        server = get_connection()
        sent = 0
        try:
            for pk in ids:
                # Read again: its alert may have been stopped meanwhile.
                message = due.filter(pk=pk).first()
                if stopped():
                    break
                if message and self._send(server, message):
                    sent += 1
                if time.monotonic() < self._wait_until:
                    break
        finally:
            server.close()
        return sent

    def _send(self, server: BaseEmailBackend, message: AlertMessage) -> bool:
        try:
            email, publications = _email_of(message)
            if email is None:
                message.delete()  # its decisions were withdrawn
                return False
            email.connection = server
            server.open()
            email.send()
        except smtplib.SMTPRecipientsRefused as error:
            [(code, said)] = error.recipients.values()
            text = said.decode(errors="replace").replace(message.alert.address, "the address")
            _failed(message, f"the mail server said {code} {text}", for_ever=code >= 500)
        except smtplib.SMTPDataError as error:
            _failed(message, f"the mail server refused the message with {error.smtp_code}")
        except _SERVER_FAILURES as error:
            self._server_failed(message, error)
        except Exception as error:
            # Without the text of the error, which may have the address.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s could not be made: %s\n%s", message, type(error).__name__, where)
            _failed(message, f"an error of the archive ({type(error).__name__})")
        else:
            self._failures = 0
            _succeeded(message, publications)
            return True
        return False

    def _server_failed(self, message: AlertMessage, error: Exception) -> None:
        self._failures += 1
        minutes = min(2 ** (self._failures - 1), MAX_MAIL_SERVER_PAUSE)
        self._wait_until = time.monotonic() + 60 * minutes
        said = f"the mail server cannot be used ({type(error).__name__})"
        AlertMessage.objects.filter(pk=message.pk).update(
            last_error=said, attempts=F("attempts") + 1
        )
        log.warning("Alerts wait %d minutes: %s", minutes, said)


def send_due_webhooks(stopped: Stopped) -> int:
    """Send the messages to webhooks that are due; returns how many were sent."""
    due = AlertMessage.objects.due().filter(alert__channel=Alert.Channel.WEBHOOK)
    messages = list(due[:MAX_WEBHOOKS])
    sent = 0
    with ThreadPoolExecutor(WEBHOOKS_AT_ONCE) as pool:
        for start in range(0, len(messages), WEBHOOKS_AT_ONCE):
            if stopped():
                break
            part = messages[start : start + WEBHOOKS_AT_ONCE]
            made = [(message, *body) for message in part if (body := _try_body_of(message))]
            # The threads use no database connection.
            answers = pool.map(_ask, [row[0] for row in made], [row[1] for row in made])
            for (message, _, publications), answer in zip(made, answers, strict=True):
                sent += _note_answer(message, publications, answer)
    return sent


def _ask(message: AlertMessage, body: bytes | None) -> outgoing.Answer | str | None:
    """The webhook's answer, why there is none, or None where there was nothing to say."""
    if body is None:
        return None
    try:
        return outgoing.post(message.alert.address, body, webhooks.signed_headers(message, body))
    except outgoing.Undeliverable as error:
        return str(error)


def _note_answer(
    message: AlertMessage, publications: list[int], answer: outgoing.Answer | str | None
) -> bool:
    if answer is None:
        message.delete()
    elif isinstance(answer, str):
        _failed(message, answer)
    elif not answer.is_success:
        is_gone = answer.status == _GONE
        _failed(message, f"it answered with status {answer.status}", for_ever=is_gone)
    elif message.kind == AlertMessage.Kind.DECISIONS:
        _succeeded(message, publications)
        return True
    elif webhooks.challenge(message) not in answer.text:
        _failed(message, "its answer did not have the challenge")
    else:
        _succeeded(message, [])
        confirm(message.alert_id)
        return True
    return False


def _email_of(message: AlertMessage) -> tuple[EmailMessage | None, list[int]]:
    """The e-mail, None if there is nothing to say, and the publications that it has."""
    if message.kind == AlertMessage.Kind.CONFIRMATION:
        return emails.confirmation_email(message), []
    decisions, publications = _decisions_of(message, Decision.objects.for_excerpts())
    return (emails.decisions_email(message, decisions) if decisions else None), publications


def _body_of(message: AlertMessage) -> tuple[bytes | None, list[int]]:
    if message.kind == AlertMessage.Kind.CONFIRMATION:
        return webhooks.confirmation_body(message), []
    decisions, publications = _decisions_of(message, Decision.objects.for_export())
    return (webhooks.decisions_body(message, decisions) if decisions else None), publications


def _decisions_of(
    message: AlertMessage, rows: DecisionQuerySet
) -> tuple[list[Decision], list[int]]:
    """The message's decisions that are published now, the newest first, and their publications."""
    known = Publication.objects.filter(pk__in=message.publications)
    publication_of = dict(known.values_list("decision_id", "pk"))
    decisions = list(rows.published().filter(pk__in=publication_of).newest_first())
    return decisions, [publication_of[decision.pk] for decision in decisions]


def _try_body_of(message: AlertMessage) -> tuple[bytes | None, list[int]] | None:
    """`_body_of`; None if that failed, which is noted."""
    try:
        return _body_of(message)
    except Exception as error:
        _failed_here(message, error)
        return None


def _failed_here(message: AlertMessage, error: Exception) -> None:
    """Note an error that is the archive's own; it must not keep other messages from being sent."""
    # Without the text of the error, which may have the address.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s could not be sent: %s\n%s", message, type(error).__name__, where)
    _failed(message, f"an error of the archive ({type(error).__name__})")


def _succeeded(message: AlertMessage, publications: list[int]) -> None:
    AlertMessage.objects.filter(pk=message.pk).update(
        sent_at=Now(),
        publications=publications,
        attempts=F("attempts") + 1,
        last_error="",
    )


def _failed(message: AlertMessage, reason: str, *, for_ever: bool = False) -> None:
    """Note a failure, and when to try again; pause the alert if that has no use."""
    now = database_time()
    first = message.first_failed_at or now
    pause = PAUSES[min(message.attempts, len(PAUSES) - 1)]
    AlertMessage.objects.filter(pk=message.pk).update(
        attempts=F("attempts") + 1,
        first_failed_at=first,
        next_attempt_at=now + datetime.timedelta(minutes=pause),
        last_error=reason,
    )
    log.warning("%s was not delivered: %s", message, reason)
    if for_ever or now - first >= GIVE_UP:
        Alert.objects.filter(pk=message.alert_id).pause(f"Could not be delivered: {reason}.")
