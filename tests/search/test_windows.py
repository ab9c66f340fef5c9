"""Ids that are cached in windows, and the counts of a search without its ids."""

from decisions.search import windows


def test_pages_of_one_window_are_read_once():
    everything = [*range(10_000, 12_500)]
    reads = []

    def read(rank: int, size: int) -> list[int]:
        reads.append((rank, size))
        return everything[rank : rank + size]

    windows.clear_cache()
    for rank in (20, 40, 1_990, 1_000, 980, 990, 2_480, 2_490, 3_000):
        assert windows.ids_from("list", rank, 20, read) == everything[rank : rank + 20]
    assert reads == [(0, 1_000), (1_000, 2_000), (3_000, 1_000)]
    assert windows.ids_from("other list", 20, 20, lambda *_: []) == []
