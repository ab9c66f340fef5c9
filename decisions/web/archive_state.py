"""Names the archive's state, for parts of pages that are cached until it changes.

A template caches such a part by Django's tag:
`{% cache archive_state.timeout "name" archive_state.key … %}`. `CACHES` in the settings says how
much is kept.
"""

from dataclasses import dataclass

from decisions import search


@dataclass(frozen=True)
class ArchiveState:
    """A name that no other state of the archive has, and for how many seconds its HTML is kept.

    None is for ever, 0 is not at all.
    """

    key: str
    timeout: int | None


UNCACHED = ArchiveState("", 0)


def archive_state() -> ArchiveState:
    """The state now: of PostgreSQL and of the index. Nothing is cached without an index.

    A view must ask for it before it reads anything else: what it then shows is of this state or of
    a later one, and no page of a later state is given it.
    """
    return search.query_index(_state, default=UNCACHED)


def _state(store: search.IndexStore) -> ArchiveState:
    database, commit = search.database_state(), store.commit()
    names = (database.archive, database.change, commit.store, commit.modified, commit.inode)
    return ArchiveState("-".join(map(str, names)), None)
