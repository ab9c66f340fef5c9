"""What people hand over becomes named bytes; what cannot be read is named with a reason."""

import io
import json
import os
import struct
from pathlib import Path

import pytest

from decisions import sources
from decisions.sources import Ignored, Source, Unreadable, limits, read_bytes, read_paths
from tests.archives import make_zip


def encrypted(data: bytes) -> bytes:
    """The same zip with the bit set that says its first member is encrypted."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


# --- files and directories --------------------------------------------------------------------


def test_a_named_file_is_tried_whatever_its_ending(tmp_path):
    path = tmp_path / "decision.dat"
    path.write_bytes(b"abc")
    assert list(read_paths([path])) == [Source(str(path), b"abc")]


def test_a_directory_is_read_in_sorted_order_with_its_directories(tmp_path):
    for name in ("b.txt", "a/z.HTML", "a/b/c.json", "c.md", "a/d.pdf", "d.text"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert [
        (type(read), str(Path(read.name).relative_to(tmp_path))) for read in read_paths([tmp_path])
    ] == [
        (Source, "a/b/c.json"),
        (Ignored, "a/d.pdf"),
        (Source, "a/z.HTML"),
        (Source, "b.txt"),
        (Ignored, "c.md"),
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
    assert list(read_paths([tmp_path])) == [Ignored(str(tmp_path / "pipe.txt"))]


def test_files_are_read_one_at_a_time(tmp_path):
    """The second file is opened only when it is asked for: nothing is held."""
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_bytes(b"old")
    reads = read_paths([tmp_path])
    assert next(reads).data == b"old"
    (tmp_path / "2.txt").write_bytes(b"new")
    assert next(reads).data == b"new"


def test_a_file_too_large_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", limits.MEBIBYTE)
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * (limits.MEBIBYTE + 1))
    assert list(read_paths([path])) == [Unreadable(str(path), "larger than 1 MB, no decision is")]


def test_standard_input():
    assert list(read_paths(["-"], io.BytesIO(b"abc"))) == [Source("standard input", b"abc")]
    assert list(read_paths(["-"])) == [Unreadable("standard input", "nothing to read")]


def test_standard_input_may_be_a_zip():
    data = make_zip({"a.txt": b"abc"})
    assert list(read_paths(["-"], io.BytesIO(data))) == [Source("standard input/a.txt", b"abc")]


# --- zips -------------------------------------------------------------------------------------


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
        Ignored(f"{path}/__MACOSX/dir/._b.txt"),
        Source(f"{path}/a.html", b"aa"),
        Ignored(f"{path}/a.png"),
        Ignored(f"{path}/dir/._b.txt"),
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
        Unreadable("z.zip/bomb.txt", "larger than 1 MB, no decision is"),
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
        "z.zip", "unpacks to more than 2 MB; nothing from 2.txt on was read"
    )


def test_a_zip_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
    data = make_zip({f"{index}.txt": b"x" for index in range(3)})
    assert list(read_bytes("z.zip", data)) == [
        Unreadable("z.zip", "holds 3 files; at most 2 are read from one zip")
    ]


def test_an_office_document_is_no_archive_of_decisions():
    data = make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})
    assert list(read_bytes("letter.docx", data)) == [
        Unreadable("letter.docx", "an Office document; save it as plain text")
    ]


# --- JSON -------------------------------------------------------------------------------------


def test_a_single_record_keeps_the_plain_name():
    data = b'\xef\xbb\xbf  {"case_id": "x"}\n'
    assert list(read_bytes("one.json", data)) == [Source("one.json", data)]


def test_an_array_is_cut_into_the_exact_bytes_of_its_records():
    records = [
        b'{"text": "\xe2\x80\x99 ] , \\" [ {",  "n" : 1e3}',
        b'{ "a":\n[1, {"b": 2}] }',
        b"{}",
    ]
    data = b"\xef\xbb\xbf [ " + b" ,\n".join(records) + b" ]\n"
    assert list(read_bytes("all.json", data)) == [
        Source(f"all.json[{index}]", record) for index, record in enumerate(records)
    ]


def test_an_array_that_breaks_off_gives_what_came_before():
    first, second = read_bytes("all.json", b'[{"a": 1}, {"b": ')
    assert first == Source("all.json[0]", b'{"a": 1}')
    assert isinstance(second, Unreadable)
    assert second.name == "all.json[1]"
    assert "nothing after it was read" in second.reason


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"[ ]", "a.json"),
        (b'[{"a": 1} {"b": 2}]', "a.json[1]"),
        (b'[{"a": 1}', "a.json[1]"),
        (b'[{"a": 1}] {"b": 2}', "a.json"),
    ],
)
def test_a_list_that_is_not_one_is_named(data, name):
    *_, last = read_bytes("a.json", data)
    assert isinstance(last, Unreadable)
    assert last.name == name


def test_lines_are_records_and_a_bad_one_is_named():
    data = b'\xef\xbb\xbf{"a": "\xc3\xa9"}\r\n\n{"b": \n  {"c": 3}  \n{"d": 4}'
    bad: list[Unreadable] = []
    good: list[Source] = []
    for read in read_bytes("all.jsonl", data):
        (good if isinstance(read, Source) else bad).append(read)
    assert good == [
        Source("all.jsonl:1", b'{"a": "\xc3\xa9"}'),
        Source("all.jsonl:4", b'{"c": 3}'),
        Source("all.jsonl:5", b'{"d": 4}'),
    ]
    assert [read.name for read in bad] == ["all.jsonl:3"]
    assert bad[0].reason.startswith("not valid JSON: ")


def test_lines_are_known_whatever_the_file_is_called():
    data = b'{"a": 1}\n{"a": 2}\n'
    names = ["x.json:1", "x.json:2"]
    assert [read.name for read in read_bytes("x.json", data)] == names
    assert [read.name for read in read_paths(["-"], io.BytesIO(data))] == [
        "standard input:1",
        "standard input:2",
    ]


def test_a_broken_single_record_is_left_for_the_parser_to_explain():
    assert list(read_bytes("x.json", b'{"a": \n 1')) == [Source("x.json", b'{"a": \n 1')]


def test_a_text_that_begins_with_a_bracket_is_no_json():
    assert list(read_bytes("upload", b"[cookie text]")) == [Source("upload", b"[cookie text]")]


def test_a_line_too_long_is_named_and_the_rest_goes_on(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 50)
    data = b'{"a": "' + b"x" * 200 + b'"}\n{"b": 2}\n'
    too_long, read = read_bytes("all.jsonl", data)
    assert isinstance(too_long, Unreadable)
    assert too_long.name == "all.jsonl:1"
    assert read == Source("all.jsonl:2", b'{"b": 2}')


@pytest.mark.parametrize("name", ["deep.json", "deep.jsonl"])
def test_deep_nesting_is_named(name):
    data = b"[" * 200_000 if name.endswith("l") else b"[{}," + b"[" * 200_000
    *_, last = read_bytes(name, data)
    assert isinstance(last, Unreadable)
    assert "nested too deeply" in last.reason


def test_lines_in_utf16_and_empty_files_are_named():
    utf16 = json.dumps({"a": 1}).encode("utf-16")
    assert list(read_bytes("a.jsonl", utf16)) == [
        Unreadable("a.jsonl", "JSON Lines in UTF-16; save it as UTF-8")
    ]
    assert list(read_bytes("a.jsonl", b"\n\n")) == [Unreadable("a.jsonl", "no records in it")]


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


def test_a_member_without_a_name_is_passed_over_and_the_rest_is_read():
    """A name of no length is no directory's either, and Python 3.11 stumbles over it."""
    data = make_zip({"a.txt": b"x", "b.txt": b"y"})
    nameless = data.replace(b"b.txt", b"\x00.txt")
    assert list(read_bytes("z.zip", nameless)) == [Ignored("z.zip/"), Source("z.zip/a.txt", b"x")]
