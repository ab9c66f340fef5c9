"""An import waits for the search index, but not long, and leaves nothing open."""

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection

from decisions import search
from decisions.ingest import batches, ingest_all, search_sync
from decisions.search.index import sync
from decisions.sources import Source
from tests.processes import wait_until
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


def files(count: int) -> list[Source]:
    return [Source(f"{n}.txt", decision_text(f"90 000 {n:03}").encode()) for n in range(count)]


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.slow
def test_the_index_follows_while_files_are_still_received():
    search.catch_up()  # a search without an index would start a repair, which writes one

    def received() -> Iterator[Source]:
        yield from files(batches.BATCH_FILES)
        wait_until(lambda: search.search(search.SearchQuery()).total == batches.BATCH_FILES)

    assert ingest_all(received()).counts == {"created": batches.BATCH_FILES}


def test_an_import_closes_the_connection_with_which_it_followed():
    before = connections()
    ingest_all(files(3))
    wait_until(lambda: connections() == before)


@pytest.mark.slow
def test_an_import_waits_once_for_an_index_that_does_not_follow(monkeypatch):
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        time.sleep(seconds)

    clock = SimpleNamespace(monotonic=time.monotonic, sleep=sleep)
    monkeypatch.setattr(search_sync, "time", clock)
    monkeypatch.setattr(search_sync, "MAX_WAIT", 0.5)
    monkeypatch.setattr(batches, "BATCH_FILES", 1)
    with sync.lock(wait=False) as held:  # so that nobody writes the index
        assert held
        assert ingest_all(files(search_sync.MAX_BATCHES_BEHIND)).counts == {"created": 3}
        assert pauses == []
        more = [Source(f"{file.name}.more", file.data + b"\n") for file in files(12)]
        assert sum(ingest_all(more).counts.values()) == 12
    assert 0 < sum(pauses) <= 0.5 + 0.02
