"""Damaged files of an index are found, and the index is built anew."""

import json
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from decisions import search
from decisions.search.index import checksums, store
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
    """Readers survive, and a follower compares the checksums as soon as a file was written to.

    The kernel may kill a follower that has a truncated file mapped: then, as in a deployment,
    another takes its place. This process looks away meanwhile."""
    decisions = [make(COLOURS[0]) for _ in range(20)]
    search.catch_up()
    log = tmp_path / "reader"
    started = {
        "follow": lambda: others.run("follow", "0.1" if damage == "deleted" else "600"),
        "read": lambda: others.run("read", log, *COLOURS),
    }
    running = {name: start() for name, start in started.items()}

    def keep_running() -> None:
        assert not has_ended(running["read"])
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


def test_a_damaged_index_is_rebuilt_and_the_log_names_its_files(caplog):
    make_decision()
    search.catch_up()
    damaged = store.current().path
    break_segments(damaged)
    store.close()
    search.search(search.SearchQuery("delayed"))
    wait_until(lambda: search.search(search.SearchQuery("delayed")))
    assert search.search(search.SearchQuery("delayed")).total == 1
    assert not search.verify()
    (said,) = [line for line in caplog.messages if line.endswith(".term")]
    assert f"{damaged.name} is damaged: " in said


@pytest.mark.parametrize("kind", ["idx", "store", "fast", "term"])
def test_a_file_on_which_the_engine_panics_is_no_error_of_the_search(kind):
    """A panic is no Exception."""
    make_decision()
    search.catch_up()
    (file,) = store.current().path.glob(f"*.{kind}")
    file.write_bytes(file.read_bytes()[::-1])
    store.close()
    assert search.search(search.SearchQuery("delayed")) is None
    wait_until(lambda: search.search(search.SearchQuery("delayed")))
    assert not search.verify()


# What counts as damage ------------------------------------------------------------------------


@pytest.fixture
def directory() -> Path:
    """An index with deletions, in one segment."""
    decisions = [make(COLOURS[0]) for _ in range(5)]
    search.rebuild()
    wear(decisions[0], COLOURS[1])
    decisions[1].delete()
    search.catch_up()
    return store.current().path


def end_with(content: bytes) -> Callable[[Path], object]:
    """Put these bytes in the place of a file's last ones."""
    return lambda path: path.write_bytes(path.read_bytes()[: -len(content)] + content)


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm",
    [
        *DAMAGE.values(),
        lambda path: os.truncate(path, 7),  # shorter than the trailer
        lambda path: path.write_bytes(path.read_bytes()[1:]),
        lambda path: path.write_bytes(path.read_bytes() + b"\0"),
        end_with(b"\0\0\0\0"),  # no longer the constant
        end_with(b"\xff\xff\xff\xff" + (1337).to_bytes(4, "little")),  # longer than the file
        end_with(b"\0\0\0\0" + (1337).to_bytes(4, "little")),  # a footer without a checksum
        lambda path: path.write_bytes(b"[]" + bytes((2, 0, 0, 0)) + bytes((0x39, 5, 0, 0))),
        lambda path: path.write_bytes(b"{}" + bytes((2, 0, 0, 0)) + bytes((0x39, 5, 0, 0))),
    ],
)
def test_every_damaged_file_is_named(directory: Path, harm: Callable[[Path], object]) -> None:
    assert checksums.damage(directory) == []
    files = [path for path in directory.iterdir() if path.suffix[1:] in KINDS]
    assert {path.suffix[1:] for path in files} == {*KINDS[:-1]}
    for path in files:
        before = path.read_bytes()
        harm(path)
        assert checksums.damage(directory) == [path.name]
        path.write_bytes(before)
    assert checksums.damage(directory) == []


def test_a_file_is_read_to_its_end_however_long_it_is(directory: Path, monkeypatch) -> None:
    monkeypatch.setattr(checksums, "_BLOCK_SIZE", 16)
    assert checksums.damage(directory) == []
    for path in directory.glob("*.store"):
        content = path.read_bytes()
        for place in (0, 15, 16, 33):
            path.write_bytes(content[:place] + b"\xa5" + content[place + 1 :])
            assert checksums.damage(directory) == [path.name]
        path.write_bytes(content)


@pytest.mark.slow
def test_every_flipped_bit_at_the_end_of_a_file_is_found(directory: Path) -> None:
    """The engine's version is there, which the checksum does not cover."""
    path = next(directory.glob("*.pos"))
    content = path.read_bytes()
    end = bytearray(content[content.rindex(b'{"version"') :])
    for place in range(len(end)):
        for bit in range(8):
            end[place] ^= 1 << bit
            path.write_bytes(content[: -len(end)] + end)
            assert checksums.damage(directory) == [path.name], (place, bit)
            end[place] ^= 1 << bit


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"segments": [{}]}', b"null"])
def test_a_list_of_segments_that_cannot_be_read_is_damage(directory: Path, content: bytes) -> None:
    (directory / "meta.json").write_bytes(content)
    assert checksums.damage(directory) == ["meta.json"]
    assert checksums.unknown_files(directory) == []


def test_the_engine_s_list_of_files_may_be_missing_but_not_unreadable(directory: Path) -> None:
    managed = directory / ".managed.json"
    managed.write_bytes(b"[")
    assert checksums.damage(directory) == [".managed.json"]
    assert checksums.unknown_files(directory) == []
    managed.unlink()
    assert checksums.damage(directory) == []
    assert checksums.unknown_files(directory) == []


@pytest.mark.slow
def test_a_file_that_was_written_to_is_noticed_and_merges_are_not(directory: Path) -> None:
    files = checksums.CommittedFiles()
    assert not files.have_changed(directory)
    search.catch_up()
    for _ in range(10):  # enough for a merge
        make(COLOURS[0])
        search.catch_up()
        assert not files.have_changed(directory)
    for path in directory.glob("*.idx"):
        flip(path)
        assert files.have_changed(directory)
        assert not files.have_changed(directory)
    make(COLOURS[0])
    search.catch_up()
    flip(max(directory.glob("*.idx"), key=lambda path: path.stat().st_mtime_ns))
    assert files.have_changed(directory)  # though it is new
    (directory / "meta.json").write_text("{")
    assert files.have_changed(directory)


def test_files_of_the_latest_commit_are_never_unknown(directory: Path) -> None:
    assert checksums.unknown_files(directory) == []
    (directory / ".managed.json").write_text(json.dumps(["meta.json"]))
    (directory / "stray.idx").write_bytes(b"")
    assert "stray.idx" in checksums.unknown_files(directory)
    for name in checksums.unknown_files(directory):
        (directory / name).unlink()
    assert checksums.damage(directory) == []


def test_files_that_a_commit_removed_meanwhile_are_no_damage(directory: Path, monkeypatch) -> None:
    listing = directory / "meta.json"
    sound_version = checksums._sound_version

    def commit_first(path: Path) -> None:
        monkeypatch.setattr(checksums, "_sound_version", sound_version)
        listing.write_bytes(listing.read_bytes() + b"\n")

    monkeypatch.setattr(checksums, "_sound_version", commit_first)
    assert checksums.damage(directory) == []


def test_a_process_that_may_open_no_more_files_does_not_call_the_index_damaged(
    directory: Path,
) -> None:
    file = next(directory.glob("*.idx"))
    unused = os.dup(0)
    os.close(unused)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (unused, before[1]))
    try:
        with pytest.raises(OSError, match="Too many open files"):
            checksums.damage(directory)
        with pytest.raises(OSError, match="Too many open files"):
            checksums._sound_version(file)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
