"""Files, directories and standard input become named bytes; what cannot be read is named."""

import io
import os
from pathlib import Path

from decisions import sources
from decisions.sources import Skipped, Source, Unreadable, limits, read_paths
from tests.archives import make_zip


def test_a_named_file_is_tried_whatever_its_ending(tmp_path):
    path = tmp_path / "decision.dat"
    path.write_bytes(b"abc")
    assert list(read_paths([path])) == [Source(str(path), b"abc")]


def test_a_directory_is_read_in_sorted_order_with_its_directories(tmp_path):
    for name in ("b.txt", "a/z.HTML", "a/b/c.json", "c.md", "a/d.png", "d.text"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert [
        (type(read), str(Path(read.name).relative_to(tmp_path))) for read in read_paths([tmp_path])
    ] == [
        (Source, "a/b/c.json"),
        (Skipped, "a/d.png"),
        (Source, "a/z.HTML"),
        (Source, "b.txt"),
        (Skipped, "c.md"),
        (Source, "d.text"),
    ]


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "nothing.txt"
    assert list(read_paths([path])) == [Unreadable(str(path), "No such file or directory")]


def test_a_name_that_cannot_be_a_path_is_named():
    (read,) = read_paths(["a\0b"])
    assert isinstance(read, Unreadable)


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_bytes(b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to("self")
    reads = list(read_paths([tmp_path]))
    assert [read for read in reads if isinstance(read, Source)] == [
        Source(str(tmp_path / "a" / "x.txt"), b"x")
    ]
    assert [read.name for read in reads if isinstance(read, Unreadable)] == [
        str(tmp_path / "a" / "self")
    ]


def test_a_pipe_in_a_directory_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    skipped, unreadable = read_paths([tmp_path])
    assert skipped == Skipped(str(tmp_path / "pipe.txt"))
    assert unreadable == Unreadable(
        str(tmp_path), "no decision files in it: 1 of other kinds skipped"
    )


def test_files_are_read_one_at_a_time(tmp_path):
    """The second file is opened only when it is asked for: nothing is held."""
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_bytes(b"old")
    reads = read_paths([tmp_path])
    assert next(reads).data == b"old"
    (tmp_path / "2.txt").write_bytes(b"new")
    assert next(reads).data == b"new"


def test_a_file_too_large_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", limits.MEBIBYTE)
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * (limits.MEBIBYTE + 1))
    too_large = Unreadable(str(path), "larger than 1 MB, which no decision is")
    assert list(read_paths([path])) == [too_large]


def test_standard_input():
    assert list(read_paths(["-"], io.BytesIO(b"abc"))) == [Source("standard input", b"abc")]
    assert list(read_paths(["-"])) == [Unreadable("standard input", "nothing to read")]


def test_standard_input_may_be_a_zip():
    data = make_zip({"a.txt": b"abc"})
    assert list(read_paths(["-"], io.BytesIO(data))) == [Source("standard input/a.txt", b"abc")]


def test_what_is_there_is_counted_without_reading_it(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"x")
    (tmp_path / "in" / "b.png").write_bytes(b"x")
    (tmp_path / "c.zip").write_bytes(make_zip({"d.txt": b"x", "e.txt": b"x"}))
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert sources.count_paths([tmp_path / "in", tmp_path / "c.zip"]) == 4
    assert sources.count_paths([tmp_path]) == 5
    assert sources.count_paths([tmp_path / "missing"]) == 1
    assert sources.count_paths(["-"]) is None
