"""Hostile files, read by `manage.py parse`: the peak memory of its process, and its end in time."""

import gzip
import io
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.archives import make_gzip, make_tar, make_zip

pytestmark = pytest.mark.processes

MAX_MEGABYTES = 300
MAX_SECONDS = 300  # however slow the machine
MEGABYTE = 1_000_000


def zip_that_lies() -> bytes:
    """A member of 500 MB, of which the zip says, in both places, that it has 1,000 bytes."""
    data = bytearray(make_zip({"a.txt": bytes(500 * MEGABYTE)}))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def zip_of_members(count: int, ending: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number:07}.{ending}", b"")
    return buffer.getvalue()


def bomb_of_lines() -> bytes:
    """Blank lines, 150 times what they are packed into, with noise between them."""
    noise = random.Random(1).randbytes(60_000).replace(b"\n", b"")
    return gzip.compress((noise + b"\n" * 9 * MEGABYTE) * 4)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "lying.zip": (zip_that_lies, "damaged"),
    "pictures.zip": (lambda: zip_of_members(250_000, "png"), ""),
    "more.zip": (lambda: zip_of_members(400_000, "png"), "too many for one zip"),
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

# Prints the peak memory, in megabytes, on the last line of its error output. A process's own
# `ru_maxrss` will not do: on Linux it begins with that of the process that started it.
MEASURED = """
import re, resource, runpy, sys
from pathlib import Path
try:
    sys.argv = ["manage.py", "parse", sys.argv[1]]
    runpy.run_path("manage.py", run_name="__main__")
finally:
    own = int(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(max(own, children) // 1000, file=sys.stderr)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read_or_refused_in_bounded_memory_and_time(name: str, tmp_path: Path):
    make, reason = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    with (tmp_path / "errors").open("w+") as errors:
        subprocess.run(
            [sys.executable, "-c", MEASURED, str(path)],
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            timeout=MAX_SECONDS,
            check=False,
            env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"},
        )
        errors.seek(0)
        *reasons, peak = errors.read().splitlines()
    assert int(peak) < MAX_MEGABYTES
    assert any(reason in line for line in reasons) or not reason
