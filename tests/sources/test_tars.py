"""Tars and gzip files, plain and damaged."""

import io
import tarfile
import time

import pytest

from decisions import sources
from decisions.sources import Skipped, Source, Unreadable, limits, read_bytes, read_paths
from tests.archives import Warc, make_gzip, make_tar, make_tgz, make_zip

BLOCK = 512


@pytest.mark.parametrize("name", ["t.tar", "t.tar.gz", "t.tgz", "upload"])
@pytest.mark.parametrize("pack", [False, True])
def test_members_in_their_order(tmp_path, name, pack):
    members = {"./b.txt": b"bb", "c.png": b"?", "._b.txt": b"mac", "d/a.HTML": b"<p>"}
    data = (make_tgz if pack else make_tar)(members)
    path = tmp_path / name
    path.write_bytes(data)
    expected = [
        Source(f"{path}/./b.txt", b"bb"),
        Skipped(f"{path}/c.png"),
        Skipped(f"{path}/._b.txt"),
        Source(f"{path}/d/a.HTML", b"<p>"),
    ]
    assert list(read_paths([path])) == expected
    assert list(read_bytes(str(path), data)) == expected


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_in_every_format(format):
    name = "directory/" * 12 + "d" * 60 + ".txt"
    assert list(read_bytes("t", make_tar({name: b"x"}, format))) == [Source(f"t/{name}", b"x")]


def test_records_in_a_tar_are_read_apart():
    data = make_tar({"all.jsonl": b'{"a": 1}\n{"a": 2}\n', "two.json": b'[{"b": 1}, {"b": 2}]'})
    assert [read.name for read in read_bytes("t.tar", data)] == [
        "t.tar/all.jsonl:1",
        "t.tar/all.jsonl:2",
        "t.tar/two.json[0]",
        "t.tar/two.json[1]",
    ]


def test_directories_are_nothing_and_links_are_skipped():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("d.txt", tarfile.DIRTYPE), ("l.txt", tarfile.SYMTYPE)):
            member = tarfile.TarInfo(name)
            member.type = kind
            member.linkname = "/etc/passwd"
            archive.addfile(member)
    assert list(read_bytes("t.tar", buffer.getvalue())) == [
        Skipped("t.tar/l.txt"),
        Unreadable("t.tar", "no decision files in it: 1 of other kinds skipped"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", make_zip({"a.txt": b"a"}), "zip"),
        ("a.tar", make_tar({"a.txt": b"a"}), "tar"),
        ("a.tgz", make_tgz({"a.txt": b"a"}), "tar"),
        ("a.warc.gz", Warc().info().bytes(), "WARC"),
        ("a.txt.gz", make_gzip(b"a"), "gzip file"),
    ],
)
def test_an_archive_within_an_archive_is_refused_and_the_rest_goes_on(name, data, kind):
    members = {name: data, "b.txt": b"b"}
    for container, make in (("zip", make_zip), ("tar", make_tar), ("tar", make_tgz)):
        assert list(read_bytes("x", make(members))) == [
            Unreadable(
                f"x/{name}", f"a {kind} within a {container} is not opened; unpack it first"
            ),
            Source("x/b.txt", b"b"),
        ]


def test_a_damaged_header_is_told_and_the_rest_goes_on():
    data = bytearray(make_tar({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}))
    data[2 * BLOCK] ^= 0xFF  # the name of the second: its check sum is now wrong
    first, damaged, last = read_bytes("t.tar", bytes(data))
    assert (first, last) == (Source("t.tar/a.txt", b"a"), Source("t.tar/c.txt", b"c"))
    assert damaged == Unreadable("t.tar", "damaged after a.txt: bad checksum")


def test_a_tar_that_breaks_off_names_where():
    data = make_tar({"a.txt": b"a", "b.txt": b"b" * 2000})[: 3 * BLOCK + 100]
    first, damaged, *_ = read_bytes("t.tar", data)
    assert first == Source("t.tar/a.txt", b"a")
    assert damaged == Unreadable("t.tar/b.txt", "damaged: unexpected end of data")


def test_two_tars_after_each_other_are_one():
    data = make_tar({"a.txt": b"a"}) + make_tar({"b.txt": b"b"})
    assert [read.name for read in read_bytes("t.tar", data)] == ["t.tar/a.txt", "t.tar/b.txt"]


@pytest.mark.parametrize("data", [b"", b"no tar at all, but text", b"\x1f\x8b", b"\x1f\x8b\x08\0"])
def test_what_is_no_tar_is_named(data):
    *_, last = read_bytes("t.tar", data)
    assert isinstance(last, Unreadable)
    assert last.name == "t.tar"


def test_limits_of_a_tar(monkeypatch):
    monkeypatch.setattr(limits, "MAX_RECORDS", 2)
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", limits.MEBIBYTE)
    data = make_tar({"big.txt": bytes(2 * limits.MEBIBYTE), "b.txt": b"b", "c.txt": b"c"})
    assert list(read_bytes("t.tar", data)) == [
        Unreadable("t.tar/big.txt", "larger than 1 MB, which no decision is"),
        Source("t.tar/b.txt", b"b"),
        Unreadable(
            "t.tar", "holds more than 2 files or records; nothing after t.tar/b.txt was read"
        ),
    ]


def test_a_name_that_never_ends_is_not_held():
    member = tarfile.TarInfo("x")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 8 * 1024 * limits.MEBIBYTE
    (read,) = read_bytes("t.tar", member.tobuf(tarfile.GNU_FORMAT) + bytes(4 * BLOCK))
    assert isinstance(read, Unreadable)
    assert "a name or attributes of more than 32 kB" in read.reason


def test_what_expands_too_much_is_refused_in_every_archive():
    bomb = bytes(4 * limits.MEBIBYTE)
    reason = "unpacks to more than 200 times its size"
    assert list(read_bytes("z.zip", make_zip({"bomb.txt": bomb, "c.txt": b"c"}))) == [
        Unreadable("z.zip/bomb.txt", reason),
        Source("z.zip/c.txt", b"c"),
    ]
    assert list(read_bytes("b.txt.gz", make_gzip(bomb))) == [
        Unreadable("b.txt.gz", f"damaged: {reason}")
    ]
    first, *_ = read_bytes("t.tgz", make_tgz({"bomb.txt": bomb}))
    assert first == Unreadable("t.tgz/bomb.txt", f"damaged: {reason}")


# --- single files packed with gzip ------------------------------------------------------------


def test_a_file_packed_by_itself(tmp_path):
    path = tmp_path / "21-019-030.txt.gz"
    path.write_bytes(make_gzip(b"a decision"))
    (tmp_path / "access.log.gz").write_bytes(make_gzip(b"no decision"))
    assert list(read_paths([tmp_path])) == [
        Source(f"{path}/21-019-030.txt", b"a decision"),
        Skipped(str(tmp_path / "access.log.gz")),
    ]
    assert sources.count_paths([tmp_path]) == 2


def test_packed_lines_are_read_a_line_at_a_time():
    data = make_gzip(b'{"a": 1}\n') + make_gzip(b'{"a": 2}\n') + bytes(100)
    assert list(read_bytes("all.jsonl.gz", data)) == [
        Source("all.jsonl.gz/all.jsonl:1", b'{"a": 1}'),
        Source("all.jsonl.gz/all.jsonl:2", b'{"a": 2}'),
    ]


def test_an_archive_in_gzip_is_refused():
    for data in (make_zip({"a.txt": b"a"}), make_gzip(b"a")):
        assert list(read_bytes("a.gz", make_gzip(data))) == [
            Unreadable("a.gz", "an archive within a gzip file is not opened; unpack it first")
        ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_gzip(b"hello" * 99)[:-9], "it ends in the middle"),
        (make_gzip(b"hello")[:-5] + b"12345", "incorrect data check"),
        (make_gzip(b"hello") + b"and more", "something other than gzip follows"),
    ],
)
def test_a_damaged_gzip_file_is_named(data, reason):
    (read,) = read_bytes("a.txt.gz", data)
    assert isinstance(read, Unreadable)
    assert reason in read.reason


@pytest.mark.parametrize("size", [2**40, 2**62])
def test_a_member_longer_than_any_file_ends_the_reading_at_once(size):
    """tarfile would go on reading, at the end of the file, for as many blocks as the size says."""
    header = tarfile.TarInfo("b.txt")
    header.size = size
    data = make_tar({"a.txt": b"a"})[:1024] + header.tobuf(tarfile.GNU_FORMAT)
    assert list(read_bytes("t.tar", data)) == [
        Source("t.tar/a.txt", b"a"),
        Unreadable(
            "t.tar", "damaged after a.txt: a member of more than 2,048 MB; nothing more was read"
        ),
    ]


@pytest.mark.parametrize("size", [b"99999999999999999999", b"-1"])
def test_a_size_that_only_an_extension_header_states(size):
    """tarfile would read past the end of the file for hours, or back."""
    record = b"size=%s\n" % size
    record = b"%d %s" % (len(record) + 3, record)
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(record)
    data = header.tobuf() + record.ljust(BLOCK, b"\0") + tarfile.TarInfo("a.txt").tobuf()
    started = time.process_time()
    (only,) = read_bytes("t.tar", data + bytes(2 * BLOCK))
    assert isinstance(only, Unreadable)
    assert only.reason.startswith("damaged after its beginning: ")
    assert time.process_time() - started < 10
