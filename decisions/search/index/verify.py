"""Proof that the index holds what PostgreSQL holds, and how it stands."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import tantivy
from django.db.models import Max

from decisions.models import Decision, Tombstone
from decisions.search.index.checksums import damage
from decisions.search.index.store import IndexStore, State, current
from decisions.search.index.writer import database_state

_AT_ONCE = 20_000  # ids compared at a time: memory does not grow with the archive


@dataclass
class Differences:
    """Where the index and PostgreSQL differ, up to the index's change: ids, and damaged files."""

    state: State
    checked: int = 0
    missing: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.outdated or self.damaged)


def verify() -> Differences:
    """Compare every entry of the index with PostgreSQL, and every file with its checksum.

    Raises IndexUnavailable.
    """
    store = current()
    state = store.state()
    differences = Differences(state, damaged=damage(store.path))
    searcher = store.searcher()
    last = Decision.objects.aggregate(last=Max("pk"))["last"] or 0
    last = max(last, _last_id(store, searcher))
    for first in range(0, last + 1, _AT_ONCE):
        _compare(differences, store, searcher, first, first + _AT_ONCE - 1)
    return differences


def _compare(
    differences: Differences,
    store: IndexStore,
    searcher: tantivy.Searcher,
    first: int,
    last: int,
) -> None:
    state = differences.state
    indexed: dict[int, int] = {}
    for pk, change in _indexed_changes(store, searcher, first, last):
        if pk in indexed:
            differences.extra.append(pk)  # held twice
        indexed[pk] = change
    rows = Decision.objects.filter(pk__range=(first, last)).order_by("pk")
    for pk, change, withdrawn_at in rows.values_list("pk", "change", "withdrawn_at"):
        held = indexed.pop(pk, None)
        if change > state.change:
            continue  # changed since: the index cannot know yet
        if withdrawn_at:
            if held is not None:
                differences.extra.append(pk)
            continue
        differences.checked += 1
        if held is None:
            differences.missing.append(pk)
        elif held != change:
            differences.outdated.append(pk)
    removed = Tombstone.objects.filter(pk__in=indexed, change__gt=state.change)
    differences.extra += sorted(set(indexed) - set(removed.values_list("pk", flat=True)))


def _indexed_changes(
    store: IndexStore, searcher: tantivy.Searcher, first: int, last: int
) -> Iterator[tuple[int, int]]:
    between = tantivy.Query.range_query(store.schema, "id", tantivy.FieldType.Unsigned, first, last)
    hits = searcher.search(between, 2 * _AT_ONCE, count=False, order_by_field="id").hits
    addresses = [address for _, address in hits]
    return zip((pk for pk, _ in hits), searcher.fast_field_values("change", addresses), strict=True)


def _last_id(store: IndexStore, searcher: tantivy.Searcher) -> int:
    everything = tantivy.Query.term_query(store.schema, "kind", "decision", "basic")
    hits = searcher.search(everything, 1, count=False, order_by_field="id").hits
    return hits[0][0] if hits else 0


@dataclass(frozen=True)
class Status:
    """How the index stands beside PostgreSQL."""

    name: str
    decisions: int
    segments: int
    size: int  # bytes on disk
    state: State
    wanted: State

    @property
    def behind(self) -> int:
        """Changes that PostgreSQL has and the index has not."""
        return self.wanted.change - self.state.change


def status() -> Status:
    """Raises IndexUnavailable."""
    store = current()
    searcher = store.searcher()
    return Status(
        store.path.name,
        searcher.num_docs - 1,  # one entry is the state
        searcher.num_segments,
        _size(store),
        store.state(),
        database_state(),
    )


def _size(store: IndexStore) -> int:
    size = 0
    for path in store.path.iterdir():
        with suppress(FileNotFoundError):  # merged into another just now
            size += path.stat().st_size
    return size
