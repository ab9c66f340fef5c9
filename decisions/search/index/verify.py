"""Compares the index with PostgreSQL, and reports its status."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

import tantivy
from django.db.models import Max

from decisions.models import Decision, Tombstone
from decisions.search.index.checksums import damage
from decisions.search.index.store import IndexStore, State, current
from decisions.search.index.writer import database_state

# Ids compared at a time, so that memory does not grow with the archive.
IDS_PER_STEP = 20_000


@dataclass
class Differences:
    """Where the index and PostgreSQL differ, up to the change number of the index.

    `missing`, `extra` and `outdated` are ids of decisions that the index lacks, that it should not
    hold or holds twice, and that it holds in an earlier version. `damaged` are names of files; if
    there are any, decisions are not compared, since reading damaged files may fail. `change` is the
    change number of the index, 0 if nothing was compared. `checked` is the number of published
    decisions compared. The object is true if anything differs.
    """

    change: int = 0
    checked: int = 0
    missing: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.outdated or self.damaged)


def verify() -> Differences:
    """Compare every file of the index with its checksum, and every entry with PostgreSQL.

    Raises IndexUnavailable.
    """
    store = current()
    if damaged := damage(store.path):
        return Differences(damaged=damaged)
    differences = Differences(store.state().change)
    searcher = store.searcher()
    last = Decision.objects.aggregate(last=Max("pk"))["last"] or 0
    last = max(last, _last_id(store, searcher))
    for first in range(0, last + 1, IDS_PER_STEP):
        _compare(differences, store, searcher, first, first + IDS_PER_STEP - 1)
    return differences


def _compare(
    differences: Differences,
    store: IndexStore,
    searcher: tantivy.Searcher,
    first: int,
    last: int,
) -> None:
    indexed: dict[int, int] = {}
    for pk, change in _indexed_changes(store, searcher, first, last):
        if pk in indexed:
            differences.extra.append(pk)  # indexed twice
        indexed[pk] = change
    rows = Decision.objects.filter(pk__range=(first, last)).order_by("pk")
    for pk, change, withdrawn_at in rows.values_list("pk", "change", "withdrawn_at"):
        indexed_change = indexed.pop(pk, None)
        if change > differences.change:
            continue  # changed after the index's last commit
        if withdrawn_at:
            if indexed_change is not None:
                differences.extra.append(pk)
            continue
        differences.checked += 1
        if indexed_change is None:
            differences.missing.append(pk)
        elif indexed_change != change:
            differences.outdated.append(pk)
    removed = Tombstone.objects.filter(pk__in=indexed, change__gt=differences.change)
    differences.extra += sorted(set(indexed) - set(removed.values_list("pk", flat=True)))


def _indexed_changes(
    store: IndexStore, searcher: tantivy.Searcher, first: int, last: int
) -> Iterator[tuple[int, int]]:
    between = tantivy.Query.range_query(store.schema, "id", tantivy.FieldType.Unsigned, first, last)
    hits = searcher.search(between, 2 * IDS_PER_STEP, count=False, order_by_field="id").hits
    addresses = [address for _, address in hits]
    changes = cast(list[int], searcher.fast_field_values("change", addresses))
    return zip((pk for pk, _ in hits), changes, strict=True)


def _last_id(store: IndexStore, searcher: tantivy.Searcher) -> int:
    decisions = tantivy.Query.term_query(store.schema, "kind", "decision", "basic")
    hits = searcher.search(decisions, 1, count=False, order_by_field="id").hits
    return hits[0][0] if hits else 0


@dataclass(frozen=True)
class Status:
    """The status of the index in use: `state` is the index's, `target` PostgreSQL's."""

    name: str
    decisions: int
    segments: int
    size: int  # bytes on disk
    state: State
    target: State

    @property
    def behind(self) -> int:
        """How many changes the index has not yet applied."""
        return self.target.change - self.state.change


def status() -> Status:
    """The status of the index in use. Raises IndexUnavailable."""
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
        with suppress(FileNotFoundError):  # it has just been merged into another file
            size += path.stat().st_size
    return size
