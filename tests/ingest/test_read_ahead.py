"""How many bytes of files are in memory while they are parsed."""

from collections import deque
from collections.abc import Iterable, Iterator

import pytest

from decisions.ingest import batches
from decisions.ingest.batches import File, read_batches
from decisions.pipeline import ParsedFile, worker_pool
from decisions.sources import Source

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

AHEAD = 1_000
LARGE = 600


class Watched:
    """A store without files, which is told when a batch begins and when it is parsed."""

    def __init__(self) -> None:
        self.begun: deque[int] = deque()
        self.most = 0

    def find(self, files: Iterable[tuple[Source, str]]) -> list[ParsedFile | None]:
        files = list(files)
        self.begun.append(sum(len(source.data) for source, _ in files))
        self.most = max(self.most, sum(self.begun))
        return [None] * len(files)

    def save(self, files: Iterable[File]) -> None:
        self.begun.popleft()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Batches of at least 100 bytes, each parsed in a process of its own."""
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 0)
    monkeypatch.setattr(worker_pool, "PROCESSES", 20)
    monkeypatch.setattr(batches, "BATCH_BYTES", 100)
    monkeypatch.setattr(batches, "BYTES_AHEAD", AHEAD)
    monkeypatch.setattr(batches, "LARGE_BATCH_BYTES", LARGE)
    return Watched()


def files(*sizes: int) -> Iterator[Source]:
    for number, size in enumerate(sizes):
        yield Source(f"{number}.txt", b"x" * size)


def names(store: Watched, *sizes: int) -> list[list[str]]:
    return [[part.name for part in batch] for batch in read_batches(files(*sizes), store)]


def test_as_many_bytes_as_allowed_are_parsed_at_a_time(store: Watched) -> None:
    found = names(store, *([100] * 12))
    assert store.most == AHEAD
    assert found == [[f"{number}.txt"] for number in range(12)]


def test_a_batch_that_is_too_large_waits_for_those_before(store: Watched) -> None:
    found = names(store, *([100] * 6), LARGE, 100)
    assert store.most == AHEAD
    assert [name for batch in found for name in batch] == [f"{n}.txt" for n in range(8)]


def test_nothing_is_read_before_a_large_batch_is_parsed(store: Watched) -> None:
    begun_when_read = []

    def received() -> Iterator[Source]:
        for source in files(100, LARGE, 100, LARGE + 1, 100, 100):
            begun_when_read.append(sum(store.begun))
            yield source

    assert len(list(read_batches(received(), store))) == 6
    assert begun_when_read == [0, 100, 700, 800, 0, 100]
