"""JSON records: one, a list of them, or one a line."""

import io
import json

import pytest

from decisions.sources import Source, Unreadable, limits, read_bytes, read_paths


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
