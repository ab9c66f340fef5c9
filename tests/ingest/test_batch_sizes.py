"""When a batch is full."""

from decisions.ingest import batches
from decisions.sources import Skipped, Source


def test_a_batch_is_full_at_so_many_files_or_bytes(monkeypatch):
    monkeypatch.setattr(batches, "BATCH_FILES", 3)
    monkeypatch.setattr(batches, "BATCH_BYTES", 100)
    files = [Source("a.txt", b"x" * size) for size in (60, 60, 10, 10, 10, 10, 99, 10)]
    assert [len(batch) for batch in batches._batches([*files, Skipped("a.png")])] == [2, 3, 2, 2]
