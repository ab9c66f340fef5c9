"""Damaged files of an index are found, and the index is built anew."""

import os
from pathlib import Path

import pytest

from decisions import search
from decisions.search.index import store
from tests.factories import make_decision
from tests.processes import has_ended, wait_until
from tests.search.index.colours import COLOURS, is_right, make, wear

pytestmark = pytest.mark.django_db(transaction=True)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)


DAMAGE = {
    "flipped": flip,
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "deleted": Path.unlink,
}
KINDS = ("idx", "term", "pos", "fast", "fieldnorm", "store", "del", "meta.json")


@pytest.mark.parametrize("damage", DAMAGE)
def test_any_damaged_file_is_detected_and_the_index_rebuilt(others, tmp_path, index_dir, damage):
    """Whoever has a truncated file mapped may be killed by the kernel: then, as in a deployment,
    another takes its place. This process looks away meanwhile."""
    decisions = [make(COLOURS[0]) for _ in range(20)]
    search.catch_up()
    log = tmp_path / "reader"
    started = {
        "follow": lambda: others.run("follow", "0.1"),
        "read": lambda: others.run("read", log, *COLOURS),
    }
    running = {name: start() for name, start in started.items()}

    def keep_running() -> None:
        for name, pid in running.items():
            if has_ended(pid):
                others.wait(pid)
                running[name] = started[name]()

    def has_new_index() -> bool:
        keep_running()
        pointer = index_dir / "current"
        return pointer.exists() and pointer.read_text() != old.name

    for kind in KINDS:
        wear(decisions[0], COLOURS[1])  # so that there are deletions
        wait_until(is_right)
        old = store.current().path
        store.close()
        file = next(path for path in sorted(old.iterdir()) if path.name.endswith(kind))
        DAMAGE[damage](file)
        wait_until(has_new_index)
        wait_until(is_right)
        assert not search.verify(), kind


def test_a_failing_reader_causes_a_rebuild_while_another_process_writes(others, index_dir):
    """The follower has its files open, and would look at their bytes only much later."""
    make(COLOURS[0])
    search.catch_up()
    others.run("follow")
    make(COLOURS[0])
    wait_until(is_right)
    old = store.current().path
    for file in old.glob("*.term"):
        file.write_bytes(os.urandom(file.stat().st_size))
    store.close()
    search.search(search.SearchQuery(COLOURS[0]))
    wait_until(is_right)
    assert store.current().path != old
    assert not search.verify()


def break_segments(directory) -> None:
    """Overwrite everything but the list of segments, as a failing disk might."""
    for file in directory.iterdir():
        if file.suffix in {".idx", ".term", ".store", ".fast", ".pos", ".fieldnorm"}:
            file.write_bytes(os.urandom(file.stat().st_size))


def test_a_damaged_index_is_rebuilt(index_dir):
    make_decision()
    search.catch_up()
    break_segments(store.current().path)
    store.close()
    search.search(search.SearchQuery("delayed"))
    wait_until(lambda: search.search(search.SearchQuery("delayed")))
    assert search.search(search.SearchQuery("delayed")).total == 1
    assert not search.verify()
