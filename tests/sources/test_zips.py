"""The members of a zip, whole and damaged, and the limits on them."""

import struct
import tracemalloc

import pytest

from decisions.sources import Skipped, Source, Unreadable, limits, read_bytes, read_paths
from tests.archives import make_zip


def encrypted(data: bytes) -> bytes:
    """The same zip with the bit set that says its first member is encrypted."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def test_members_of_a_zip(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(
        make_zip(
            {
                "dir/": b"",
                "dir/b.txt": b"bb",
                "a.html": b"aa",
                "a.png": b"??",
                "__MACOSX/dir/._b.txt": b"mac",
                "dir/._b.txt": b"mac",
            }
        )
    )
    assert list(read_paths([path])) == [
        Skipped(f"{path}/__MACOSX/dir/._b.txt"),
        Source(f"{path}/a.html", b"aa"),
        Skipped(f"{path}/a.png"),
        Skipped(f"{path}/dir/._b.txt"),
        Source(f"{path}/dir/b.txt", b"bb"),
    ]


def test_an_uploaded_zip_is_known_by_its_bytes():
    assert list(read_bytes("upload", make_zip({"a.txt": b"a"}))) == [Source("upload/a.txt", b"a")]


def test_records_in_a_zip_are_read_apart():
    data = make_zip({"all.jsonl": b'{"a": 1}\n{"a": 2}\n', "two.json": b'[{"b": 1}, {"b": 2}]'})
    assert list(read_bytes("z.zip", data)) == [
        Source("z.zip/all.jsonl:1", b'{"a": 1}'),
        Source("z.zip/all.jsonl:2", b'{"a": 2}'),
        Source("z.zip/two.json[0]", b'{"b": 1}'),
        Source("z.zip/two.json[1]", b'{"b": 2}'),
    ]


def test_a_zip_in_a_zip_is_refused_and_the_rest_goes_on():
    data = make_zip({"a.zip": make_zip({"x.txt": b"x"}), "b.txt": b"b"})
    refused, read = read_bytes("z.zip", data)
    assert refused == Unreadable("z.zip/a.zip", "a zip within a zip is not opened; unpack it first")
    assert read == Source("z.zip/b.txt", b"b")


def test_an_encrypted_member_is_named_and_the_rest_goes_on():
    data = encrypted(make_zip({"a.txt": b"secret", "b.txt": b"b"}))
    refused, read = read_bytes("z.zip", data)
    assert refused == Unreadable("z.zip/a.txt", "encrypted; unpack it with its password first")
    assert read == Source("z.zip/b.txt", b"b")


def test_a_damaged_member_is_named_and_the_rest_goes_on():
    data = bytearray(make_zip({"a.txt": b"hello " * 50, "b.txt": b"b"}))
    data[40] ^= 0xFF
    data[41] ^= 0xFF
    refused, read = read_bytes("z.zip", bytes(data))
    assert isinstance(refused, Unreadable)
    assert refused.name == "z.zip/a.txt"
    assert refused.reason.startswith("damaged: ")
    assert read == Source("z.zip/b.txt", b"b")


@pytest.mark.parametrize("cut", [4, 30, 60, -1])
def test_a_zip_cut_short_is_named(cut):
    (read,) = read_bytes("z.zip", make_zip({"a.txt": b"hello"})[:cut])
    assert isinstance(read, Unreadable)
    assert read.name == "z.zip"
    assert read.reason.startswith("not a readable zip: ")


def test_a_member_too_large_is_named_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", limits.MEBIBYTE)
    data = make_zip({"bomb.txt": bytes(3 * limits.MEBIBYTE), "c.txt": b"c"})
    assert list(read_bytes("z.zip", data)) == [
        Unreadable("z.zip/bomb.txt", "larger than 1 MB, which no decision is"),
        Source("z.zip/c.txt", b"c"),
    ]


def test_a_member_larger_than_it_says_is_cut_off_and_named():
    """A zip bomb may lie about a member's size; zipfile unpacks no more than was said."""
    data = bytearray(make_zip({"bomb.txt": bytes(limits.MEBIBYTE)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)
    (read,) = read_bytes("z.zip", bytes(data))
    assert isinstance(read, Unreadable)
    assert read.reason.startswith("damaged: ")


def test_a_zip_that_unpacks_to_too_much_stops(monkeypatch):
    monkeypatch.setattr(limits, "MAX_EXPANDED_BYTES", 2 * limits.MEBIBYTE)
    members = {f"{index}.txt": bytes(limits.MEBIBYTE) for index in range(4)}
    *read, refused = read_bytes("z.zip", make_zip(members))
    assert len(read) == 2
    assert refused == Unreadable(
        "z.zip", "unpacks to more than 2 MB; nothing after z.zip/1.txt was read"
    )


def test_a_zip_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ZIP_ENTRIES", 2)
    data = make_zip({f"{index}.txt": b"x" for index in range(3)})
    assert list(read_bytes("z.zip", data)) == [
        Unreadable("z.zip", "holds more than 2 files, too many for one zip")
    ]


@pytest.mark.parametrize("member", ["[Content_Types].xml", "content.xml"])
def test_an_office_document_is_one_document_though_it_is_a_zip(member):
    data = make_zip({member: b"<x/>", "word/document.xml": b"<x/>"})
    assert list(read_bytes("letter", data)) == [Source("letter", data)]
    assert list(read_bytes("z", make_zip({"letter.docx": data}))) == [Source("z/letter.docx", data)]


def test_a_member_without_a_name_is_skipped_and_the_rest_is_read():
    """A name of no length is no directory's either, and Python 3.11 stumbles over it."""
    data = make_zip({"a.txt": b"x", "b.txt": b"y"})
    nameless = data.replace(b"b.txt", b"\x00.txt")
    assert list(read_bytes("z.zip", nameless)) == [Skipped("z.zip/"), Source("z.zip/a.txt", b"x")]


@pytest.mark.slow
def test_a_member_that_hides_its_size_is_not_unpacked_as_a_whole():
    """200 MB, of which the zip says, in both places, that they are 1,000 bytes."""
    data = bytearray(make_zip({"a.txt": bytes(200 * limits.MEBIBYTE)}))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = struct.pack("<I", 1000)
    tracemalloc.start()
    try:
        (read,) = read_bytes("z.zip", bytes(data))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(read, Unreadable)
    assert "damaged" in read.reason
    assert most < 4 * limits.MAX_MEMBER_BYTES


def without_utf8_flag(data: bytes) -> bytes:
    """The same zip without the bit that says its first member's name is in UTF-8."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 7] &= ~8
    changed[central + 9] &= ~8
    return bytes(changed)


@pytest.mark.parametrize("name", ["café/21 019 030.txt", "Gwynedd – ŵ.txt"])
def test_a_name_in_utf8_without_the_flag_is_read_as_such(name):
    data = without_utf8_flag(make_zip({name: b"x"}))
    assert list(read_bytes("z.zip", data)) == [Source(f"z.zip/{name}", b"x")]


def test_a_name_in_the_code_page_of_old_zips_stays_as_it_is():
    data = without_utf8_flag(make_zip({"é.txt": b"x"})).replace("é".encode(), b"\x82_")
    assert list(read_bytes("z.zip", data)) == [Source("z.zip/é_.txt", b"x")]
