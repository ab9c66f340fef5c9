"""Hostile files, read by `manage.py parse`: the peak memory of its process, and its end in time."""

import gzip
import random
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.archives import make_gzip, make_tar, make_zip
from tests.measured import Reader, reader

pytestmark = pytest.mark.processes

MAX_MEGABYTES = 300
MAX_SECONDS = 120  # of the processor's time
MEGABYTE = 1_000_000


def zip_that_lies() -> bytes:
    """A member of 500 MB, of which the zip says, in both places, that it has 1,000 bytes."""
    data = bytearray(make_zip({"a.txt": bytes(500 * MEGABYTE)}))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def zip_of_members(count: int, name: bytes) -> bytes:
    """Empty members, compressed as no text is, so that they are skipped unopened."""
    files, directory = bytearray(), bytearray()
    for number in range(count):
        full = b"%06d" % number + name
        shared = struct.pack("<4H3L2H", 0, 12, 0, 33, 0, 0, 0, len(full), 0)
        place = struct.pack("<3H2L", 0, 0, 0, 0, len(files))
        directory += b"PK\1\2" + struct.pack("<2H", 20, 20) + shared + place + full
        files += b"PK\3\4" + struct.pack("<H", 20) + shared + full
    end = struct.pack("<4H2LH", 0, 0, 65535, 65535, len(directory), len(files), 0)
    return bytes(files + directory + b"PK\5\6" + end)


def bomb_of_lines() -> bytes:
    """Blank lines, 150 times what they are packed into, with noise between them."""
    noise = random.Random(1).randbytes(60_000).replace(b"\n", b"")
    return gzip.compress((noise + b"\n" * 9 * MEGABYTE) * 4)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "lying.zip": (zip_that_lies, "damaged"),
    "pictures.zip": (lambda: zip_of_members(250_000, b"\xe2" * 110 + b".png"), ""),
    "more.zip": (lambda: zip_of_members(260_000, b".png"), "too many for one zip"),
    "array.json": (lambda: b"[" + b"{}," * 10_000_000 + b"{}]", "more than 250,000 files or"),
    "record.json": (lambda: b'{"a":[' + b"{}," * 10_000_000 + b"{}]}", "more than 500,000 values"),
    "lines.jsonl": (lambda: b"{}\n" * 3_000_000, "more than 250,000 files or records"),
    "line.jsonl": (lambda: b'{"a":"' + b"a" * 60 * MEGABYTE + b'"}', "larger than 16 MB"),
    "values.jsonl": (lambda: b'{"a":[' + b"{}," * 5_000_000 + b"{}]}\n", "500,000 values"),
    "deep.json": (lambda: b"[{}," + b"[" * 10_000_000, "more than 500,000 values"),
    "text.txt": (lambda: b"a" * 60 * MEGABYTE, "larger than 16 MB"),
    "cited.txt": (
        lambda: (
            b"A Council (21 019 030)\nCategory : Housing > Other\nThe complaint\n\n"
            + b"section 26(1) of the Local Government Act 1974 " * 300_000
        ),
        "more than 2,000,000 characters",
    ),
    "bomb.txt.gz": (lambda: make_gzip(bytes(500 * MEGABYTE)), "more than 200 times its size"),
    "bomb.jsonl.gz": (bomb_of_lines, "not valid JSON"),
    "members.jsonl.gz": (lambda: gzip.compress(b"") * 1_000_000, "no records in it"),
    "members.tar.gz": (
        lambda: gzip.compress(make_tar((f"{n}.png", b"") for n in range(100_000))),
        "",
    ),
    "lying.warc": (
        lambda: b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n" * 400_000,
        "more than 250,000 files or records",
    ),
}

# What the command imports is imported before it.
READ = """
import runpy
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
import django; django.setup()
import decisions.management.commands.parse

def read(path):
    sys.argv = ["manage.py", "parse", path]
    runpy.run_path("manage.py", run_name="__main__")
"""


@pytest.fixture(scope="module")
def command() -> Iterator[Reader]:
    with reader(READ) as running:
        yield running


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read_or_refused_in_bounded_memory_and_time(
    name: str, tmp_path: Path, command: Reader
):
    make, reason = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    measured = command.read(path, MAX_SECONDS)
    assert measured.peak < MAX_MEGABYTES
    assert any(reason in line for line in measured.lines) or not reason
