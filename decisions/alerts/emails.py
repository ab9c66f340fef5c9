"""The e-mails of alerts, in plain text: the confirmation, and the new decisions."""

import textwrap
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.text import Truncator

from decisions import search
from decisions.alerts import queries
from decisions.alerts.tokens import (
    confirmation_address,
    list_address,
    management_address,
    site_of,
)
from decisions.models import Alert, AlertMessage, Decision, StandardWording
from decisions.serializers import SAMPLE_NOTICE

# Most decisions that one e-mail lists; it says how many more there are, and where.
MAX_LISTED = 50

# Characters of a line, of a search in a subject, and of a summary.
_WIDTH = 72
_MAX_SUBJECT = 70
_MAX_SUMMARY = 320


def confirmation_email(message: AlertMessage) -> EmailMessage:
    """Asks the owner of the address whether they want the alert."""
    alert = message.alert
    days = Alert.TIME_TO_CONFIRM.days
    how_often = alert.get_frequency_display().lower()
    lines = [
        *_wrapped(
            f"Somebody asked {settings.ARCHIVE_NAME} to send new decisions to this address,"
            f" {how_often}, by this search:"
        ),
        "",
        *_search_lines(alert),
        "",
        "To get them, open this page and press its button:",
        "",
        confirmation_address(alert),
        "",
        *_wrapped(
            f"If it was not you, do nothing: no more e-mails follow, and the address is deleted"
            f" after {days} days."
        ),
    ]
    return _email(message, "Confirm your e-mail alert", lines)


def decisions_email(message: AlertMessage, decisions: Sequence[Decision]) -> EmailMessage:
    """Lists the new decisions, the newest first. Load them with `for_excerpts`."""
    alert = message.alert
    count = f"{len(decisions):,} new decision{'' if len(decisions) == 1 else 's'}"
    listed = decisions[:MAX_LISTED]
    more = len(decisions) - len(listed)
    lines = [f"{count} for your search:", "", *_search_lines(alert), ""]
    for number, (decision, snippets) in enumerate(
        zip(listed, _snippets(alert, listed), strict=True), 1
    ):
        lines += [*_decision_lines(number, decision, snippets, alert), ""]
    if more:
        lines += _wrapped(
            f"This e-mail lists {len(listed)} of them. {more:,} more are in the list:"
        )
    else:
        lines += ["All decisions that this search finds:"]
    confirmed = f"{alert.confirmed_at:%-d %B %Y}" if alert.confirmed_at else ""
    lines += [
        list_address(alert),
        "",
        "-- ",
        *_wrapped(
            f"You get this {alert.get_frequency_display().lower()} because you confirmed it on"
            f" {confirmed}. To stop it:"
        ),
        management_address(alert),
    ]
    title = Truncator(alert.description.replace("\n", ", ")).chars(_MAX_SUBJECT, truncate="…")
    return _email(message, f"{count}: {title}", lines)


def _email(message: AlertMessage, subject: str, lines: list[str]) -> EmailMessage:
    alert = message.alert
    host = urlsplit(site_of(alert)).hostname
    headers = {
        "Message-ID": f"<{message.pk.hex}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if message.kind == AlertMessage.Kind.DECISIONS:
        headers |= {
            "List-Id": f"<{alert.pk.hex}.alerts.{host}>",
            "List-Unsubscribe": f"<{management_address(alert)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return EmailMessage(
        f"[{settings.ARCHIVE_NAME}] {subject}",
        "\n".join([*lines, ""]),
        to=[alert.address],
        headers=headers,
    )


def _search_lines(alert: Alert) -> list[str]:
    """The search in words, a line for its words and for each filter."""
    return [f"  {line}" for line in alert.description.splitlines()]


def _decision_lines(
    number: int, decision: Decision, snippets: list[search.Snippet], alert: Alert
) -> Iterator[str]:
    yield from _wrapped(f"{number}. {decision}")
    category, outcome = decision.category, decision.outcome
    decided = decision.decided_on
    facts = [
        outcome.name if outcome else "Outcome not stated",
        f"{decided:%-d %B %Y}" if decided else "Date not stated",
        str(category) if category else "Subject not stated",
    ]
    yield from _wrapped(" · ".join(facts), "   ")
    if decision.is_sample:
        yield from _wrapped(SAMPLE_NOTICE, "   ")
    if snippets:
        [snippet] = snippets
        place = f"Paragraph {snippet.number}" if snippet.number else snippet.heading or "Summary"
        yield from _wrapped(f"{place}: {snippet.text}", "   ")
    elif decision.summary:
        summary = Truncator(decision.summary).chars(_MAX_SUMMARY, truncate=" …")
        yield from _wrapped(summary, "   ")
    words = queries.from_json(alert.query).text
    parameters = f"?q={quote(words)}" if words else ""
    yield f"   {site_of(alert)}{decision.get_absolute_url()}{parameters}"


def _snippets(alert: Alert, decisions: Sequence[Decision]) -> list[list[search.Snippet]]:
    """The paragraph of each decision that shows best why it matches."""
    search_query = queries.from_json(alert.query)
    if not search_query.text:
        return [[] for _ in decisions]
    standard = {} if search_query.standard else StandardWording.among(decisions)
    return search.snippets(search_query.text, decisions, standard.keys(), limit=1)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
