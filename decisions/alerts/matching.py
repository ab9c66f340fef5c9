"""Finds out which new decisions match which alerts, and writes the messages that say so.

Documents are matched against queries: the new decisions alone are indexed in memory, and each
different search runs on them once, however many alerts have it. A message and its alert's watermark
are written in one transaction, so that no decision is missed or written twice.
"""

import logging
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from decisions import search
from decisions.alerts import queries
from decisions.alerts.schedule import next_search
from decisions.models import (
    Alert,
    AlertMessage,
    Decision,
    Publication,
    current_council_slugs,
    database_time,
)
from decisions.search import Percolator

log = logging.getLogger(__name__)

# Decisions that are in memory at a time, with their index.
MAX_DECISIONS = 10_000

# Most decisions in one message to a webhook. An e-mail's message has all of them.
MAX_IN_WEBHOOK = 500

# Alerts whose messages are written in one transaction.
MAX_ALERTS = 500


class _New(NamedTuple):
    """A decision that was published, perhaps again, after the earliest watermark."""

    publication: int
    first_change: int
    change: int


class _Match(NamedTuple):
    """What all alerts share in one run.

    `found` has ids of decisions by the key of each search, without searches that failed.
    """

    new: Mapping[int, _New]
    found: Mapping[str, Sequence[int]]
    target: int


def write_messages() -> int:
    """Search all alerts that are due, and write their messages; returns how many.

    An alert for which nothing is new gets no message. Call it in one process at a time: a second
    would do the same work for nothing.
    """
    alerts = list(Alert.objects.due().order_by("pk"))
    if not alerts:
        return 0
    target = search.database_state().change
    new = _new_decisions(min(_seen(alert) for alert in alerts), target)
    found = _find({queries.key(alert.query): alert.query for alert in alerts}, new)
    match = _Match(new, found, target)
    failed = [alert.pk for alert in alerts if queries.key(alert.query) not in found]
    Alert.objects.filter(pk__in=failed).pause("Its search failed; the log says why.")
    chunks = (alerts[start : start + MAX_ALERTS] for start in range(0, len(alerts), MAX_ALERTS))
    return sum(_write(chunk, match) for chunk in chunks)


def _new_decisions(after: int, target: int) -> dict[int, _New]:
    """What was published after the change `after`, up to `target`, by the decision's id."""
    rows = Publication.objects.filter(change__gt=after, change__lte=target).order_by("change")
    values = rows.values_list("decision_id", "pk", "first_change", "change")
    return {decision_id: _New(*rest) for decision_id, *rest in values.iterator()}


def _find(
    saved: Mapping[str, queries.Json], new: Mapping[int, _New]
) -> Mapping[str, Sequence[int]]:
    """The ids of the new decisions that each search finds."""
    councils = current_council_slugs(queries.councils_of(saved.values()))
    searches = {key: queries.from_json(query, councils) for key, query in saved.items()}
    found = {key: array("q") for key in searches}
    ids = list(new)
    for start in range(0, len(ids), MAX_DECISIONS):
        percolator = Percolator(_load(ids[start : start + MAX_DECISIONS]))
        for key, search_query in searches.items():
            if key in found:
                try:
                    found[key].extend(percolator.matches(search_query))
                except Exception:
                    log.exception("A search of alerts failed: %s", key)
                    del found[key]
    return found


def _load(ids: list[int]) -> Iterator[Decision]:
    decisions = Decision.objects.published().filter(pk__in=ids)
    yield from decisions.select_related("council", "category__parent", "outcome").iterator(500)


@transaction.atomic
def _write(alerts: list[Alert], match: _Match) -> int:
    """Write the messages of some alerts, and move their watermarks; returns how many messages.

    Alerts that were stopped, paused or searched meanwhile are left out.
    """
    read = {alert.pk: _seen(alert) for alert in alerts}
    locked = Alert.objects.select_for_update().due().filter(pk__in=read).order_by("pk")
    current = [alert for alert in locked if _seen(alert) == read[alert.pk]]
    messages = [message for alert in current for message in _messages(alert, match)]
    AlertMessage.objects.bulk_create(messages)
    now = database_time()
    for frequency in Alert.Frequency.values:
        ids = [alert.pk for alert in current if alert.frequency == frequency]
        Alert.objects.filter(pk__in=ids).update(
            seen_change=match.target, next_at=next_search(frequency, now)
        )
    return len(messages)


def _messages(alert: Alert, match: _Match) -> Iterator[AlertMessage]:
    publications = _publications(alert, match)
    most = MAX_IN_WEBHOOK if alert.channel == Alert.Channel.WEBHOOK else len(publications) or 1
    for start in range(0, len(publications), most):
        yield AlertMessage(
            alert=alert,
            kind=AlertMessage.Kind.DECISIONS,
            publications=publications[start : start + most],
        )


def _publications(alert: Alert, match: _Match) -> list[int]:
    """What is new to the alert: first published after its confirmation, and in no message yet."""
    seen, confirmed = _seen(alert), alert.confirmed_change or 0
    found = [match.new[pk] for pk in match.found[queries.key(alert.query)]]
    new = [row for row in found if row.change > seen and row.first_change > confirmed]
    again = [row.publication for row in new if row.change > row.first_change]
    if not again:
        return [row.publication for row in new]
    messages = alert.messages.filter(publications__overlap=again)
    had = {pk for row in messages.values_list("publications", flat=True) for pk in row}
    return [row.publication for row in new if row.publication not in had]


def _seen(alert: Alert) -> int:
    """The alert's watermark; a confirmed alert always has one."""
    return alert.seen_change or 0
