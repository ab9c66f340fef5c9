"""The limits on what one file may give: the same for every container."""

import gzip
import io
import json
import time
import zipfile

import pytest

from decisions.sources import Skipped, Source, Unreadable, limits, read_bytes
from decisions.sources.meter import Meter, OverLimit, metered
from tests.archives import Warc, make_gzip, make_tar, make_tgz, make_zip

RECORDS = {f"{number}.json": json.dumps({"n": number}).encode() for number in range(4)}
PICTURES = {f"{number}.png": b"" for number in range(4)}
LINES = b"\n".join(RECORDS.values())
LIST = b"[" + b",".join(RECORDS.values()) + b"]"


def make_warc(members: dict[str, bytes], packed: bool) -> bytes:
    warc = Warc(packed)
    for name, data in members.items():
        kind = "image/png" if name.endswith("png") else "application/json"
        warc.response(f"https://a.example/{name}", data, kind)
    return warc.bytes()


CONTAINERS = {
    "x.json": LIST,
    "x.jsonl": LINES,
    "x.jsonl.gz": make_gzip(LINES),
    "x.zip": make_zip(RECORDS),
    "lines.zip": make_zip({"a.jsonl": LINES}),
    "list.zip": make_zip({"a.json": LIST}),
    "x.tar": make_tar(RECORDS),
    "x.tgz": make_tgz(RECORDS),
    "lines.tgz": make_tgz({"a.jsonl": LINES}),
    "x.warc": make_warc(RECORDS, packed=False),
    "x.warc.gz": make_warc(RECORDS, packed=True),
    "whole.warc.gz": make_gzip(make_warc(RECORDS, packed=False)),
    "list.warc": make_warc({"a.json": LIST}, packed=False),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_records_of_a_file_are_counted_whatever_holds_them(name, monkeypatch):
    monkeypatch.setattr(limits, "MAX_RECORDS", 4)
    whole = list(read_bytes(name, CONTAINERS[name]))
    assert [type(read) for read in whole] == [Source] * 4
    monkeypatch.setattr(limits, "MAX_RECORDS", 3)
    *read, refused = read_bytes(name, CONTAINERS[name])
    assert read == whole[:3]
    assert refused == Unreadable(
        name, f"holds more than 3 files or records; nothing after {whole[2].name} was read"
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", make_zip(PICTURES)),
        ("x.tar", make_tar(PICTURES)),
        ("x.warc", make_warc(PICTURES, packed=False)),
    ],
)
def test_what_is_skipped_is_counted_too(name, data, monkeypatch):
    monkeypatch.setattr(limits, "MAX_RECORDS", 0)
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    *read, refused = read_bytes(name, data)
    assert [type(thing) for thing in read] == [Skipped] * 3
    assert refused.reason.startswith("holds more than 3 files or records, including those that")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", make_zip(dict.fromkeys("abc", b"") | {f"{n}.txt": bytes(800) for n in range(4)})),
        ("x.tgz", make_tgz({f"{number}.txt": bytes(200) for number in range(4)})),
        ("passed-over.tgz", make_tgz({f"{number}.png": bytes(200) for number in range(4)})),
        ("x.jsonl.gz", make_gzip(b'{"a": 1}\n' * 400)),
        ("x.txt.gz", make_gzip(b"a" * 3000)),
        ("x.warc.gz", Warc().response("https://a.example/", b" " * 3000).bytes()),
        ("image.warc.gz", Warc().response("https://a.example/", b" " * 3000, "image/png").bytes()),
    ],
)
def test_the_bytes_unpacked_from_a_file_are_counted_whatever_packs_them(name, data, monkeypatch):
    assert not any("unpacks" in getattr(read, "reason", "") for read in read_bytes(name, data))
    monkeypatch.setattr(limits, "MAX_EXPANDED_BYTES", 2000)
    monkeypatch.setattr(limits, "EXPECTED_RATIO", 0)
    *_, refused = read_bytes(name, data)
    assert isinstance(refused, Unreadable)
    assert refused.name == name
    assert refused.reason.startswith("unpacks to more than 0 MB; nothing")


def test_a_large_file_may_unpack_to_more():
    most = limits.MAX_EXPANDED_BYTES
    assert limits.max_expanded(1_000_000) == most
    assert limits.max_expanded(most) == limits.EXPECTED_RATIO * most


def test_containers_within_each_other_are_counted(monkeypatch):
    assert list(read_bytes("x.tgz", make_tgz({"a.txt": b"a"}))) == [Source("x.tgz/a.txt", b"a")]
    monkeypatch.setattr(limits, "MAX_DEPTH", 1)
    (refused,) = read_bytes("x.tgz", make_tgz({"a.txt": b"a"}))
    assert refused == Unreadable(
        "x.tgz", "more than 1 archives inside each other; unpack them first; nothing was read"
    )
    # Side by side they are not deep.
    meter = Meter(0)
    for _ in range(5):
        with meter.container():
            pass


def test_a_reader_that_goes_on_for_ever_is_stopped(monkeypatch):
    """Whatever it waits for, it reads the file again and again."""

    def read(file, meter):
        yield Source("first", b"")
        while True:
            file.seek(0)
            file.read(1)

    monkeypatch.setattr(limits, "MAX_SECONDS", 0.2)
    _, refused = metered("x", io.BytesIO(b"x"), read)
    assert refused == Unreadable("x", "takes longer than 0.2 seconds; nothing after first was read")


def test_unpacking_without_an_end_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "MAX_SECONDS", 0)
    with pytest.raises(OverLimit):
        Meter(0).count_unpacked(1)


@pytest.mark.slow
def test_the_time_that_the_caller_takes_is_not_counted(monkeypatch):
    def read(file, meter):
        for number in range(4):
            meter.check_time()
            yield Source(str(number), b"")

    monkeypatch.setattr(limits, "MAX_SECONDS", 0.3)
    found = []
    for thing in metered("x", io.BytesIO(b"x"), read):
        started = time.thread_time()
        while time.thread_time() - started < 0.2:
            pass
        found.append(type(thing))
    assert found == [Source] * 4


def test_a_zip_whose_directory_is_longer_than_any_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr("decisions.sources.zips._MAX_DIRECTORY", 100)
    (refused,) = read_bytes("z.zip", make_zip(RECORDS))
    assert "too many for one zip" in refused.reason
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_ZIP_ENTRIES", 3)
    assert zipfile.ZipFile(io.BytesIO(make_zip(RECORDS))).testzip() is None
    (refused,) = read_bytes("z.zip", make_zip(RECORDS))
    assert refused.reason == "holds more than 3 files, too many for one zip"


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.jsonl.gz"])
def test_a_record_of_too_many_values_is_refused_before_it_is_decoded(name, monkeypatch):
    monkeypatch.setattr(limits, "MAX_JSON_VALUES", 1_000)
    data = b'{"a": [' + b"{}," * 600 + b"{}]}\n"
    data = gzip.compress(data) if name.endswith("gz") else data
    (refused,) = read_bytes(name, data)
    assert isinstance(refused, Unreadable)
    assert "values" in refused.reason


def test_in_a_list_too_the_record_is_refused_and_the_rest_is_not_searched(monkeypatch):
    monkeypatch.setattr(limits, "MAX_JSON_VALUES", 1_000)
    data = b'[{"a": 1}, {"a": [' + b"{}," * 600 + b"{}]}]"
    first, refused = read_bytes("x.json", data)
    assert first == Source("x.json[0]", b'{"a": 1}')
    assert refused.name == "x.json[1]"
    assert refused.reason.endswith("values; nothing after it was read")


def test_the_place_of_a_mistake_is_that_in_the_file():
    for start in (b"", b"\xef\xbb\xbf"):
        (_, refused) = read_bytes("x.json", start + b'[{"a": 1},\n {"b" 2}]')
        assert refused.reason == (
            "not valid JSON: Expecting ':' delimiter: line 2 column 7 (char 17);"
            " nothing after it was read"
        )
        (_, refused) = read_bytes("x.json", start + b'[{"a": 1}, {"b" 2}]')
        assert "line 1 column 17 (char 16)" in refused.reason
