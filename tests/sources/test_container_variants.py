"""Tars, zips and gzip files as few programs write them: read rightly, or refused in words.

All are read by one process, whose peak memory and time are measured.
"""

import gzip
import json
import resource
import struct
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.archives import make_gzip, make_tar, make_zip

MAX_MEGABYTES = 150
MAX_SECONDS = 30  # of the processor's time, for all
A, B = b"the text of a", b"that of b"
BOTH = ["a.txt", "b.txt"]
# How Pythons that look for it call a member that would reach over the next one.
OVERLAPS = "Overlapped entries: 'a.txt' (possible zip bomb)"
SPARSE = "a sparse file; make the tar again without --sparse"

# Prints what each file gives: the names that were read rightly, and the reasons of what was not.
PROGRAM = """
import json, re, sys
from pathlib import Path

from decisions.sources import Source, read_paths

texts = {"a.txt": sys.argv[2].encode(), "b.txt": sys.argv[3].encode()}
for path in sorted(Path(sys.argv[1]).iterdir()):
    found = []
    for read in read_paths([path]):
        name = read.name.rpartition("/")[2]
        if isinstance(read, Source):
            found.append(name if read.data == texts.get(name) else f"{name}: wrong text")
        else:
            found.append(getattr(read, "reason", "skipped"))
    print(json.dumps([path.name, found]), flush=True)
peak = re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1]
print(int(peak) // 1000)
"""


# --- tars -------------------------------------------------------------------------------------


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE, map: bytes = b"") -> bytes:
    """The header of a member; `map` stands where GNU has the map of a sparse file, and the rest."""
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    block = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    block[386 : 386 + len(map)] = map
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def member(name: str, data: bytes, kind: bytes = tarfile.REGTYPE, map: bytes = b"") -> bytes:
    return header(name, len(data), kind, map) + data + bytes(-len(data) % 512)


def pax(*records: tuple[str, str], kind: bytes = tarfile.XHDTYPE) -> bytes:
    lines = b""
    for name, value in records:
        line = f" {name}={value}\n".encode()
        length = len(line) + len(str(len(line) + 3))
        lines += b"%d%s" % (length, line)
    return member("pax", lines, kind)


def gnu_sparse(blocks: int, size: int) -> bytes:
    """A file of `size` bytes, of which 5 are there, with a map that goes on for many blocks."""
    entry = b"%011o\0" % 512 + b"%011o\0" % 1
    more = (entry * 21 + b"\1").ljust(512, b"\0")
    first = entry * 4 + (b"\1" if blocks else b"\0") + b"%011o\0" % size
    start = header("s.txt", 5, tarfile.GNUTYPE_SPARSE, first)
    return start + more * (blocks - 1) + bytes(512 * bool(blocks)) + b"bytes".ljust(512, b"\0")


def pax_sparse(version: str, size: int = 9_000_000_000) -> bytes:
    if version == "1.0":
        start = (("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"))
        data = b"1\n0\n5\n".ljust(512, b"\0") + b"bytes"
        return pax(*start, ("GNU.sparse.realsize", str(size))) + member("s.txt", data)
    if version == "0.1":
        return pax(("GNU.sparse.size", str(size)), ("GNU.sparse.map", "0,5")) + member(
            "s.txt", b"bytes"
        )
    records = (("GNU.sparse.offset", "0"), ("GNU.sparse.numbytes", "5"))
    return pax(("GNU.sparse.size", str(size)), *records) + member("s.txt", b"bytes")


def many_names(prefix: str) -> list[tuple[str, str]]:
    return [(f"{prefix}{number:05}", "x") for number in range(1_500)]


TEXTS = make_tar({"a.txt": A, "b.txt": B}, tarfile.GNU_FORMAT)
MEMBER_A, MEMBER_B = member("a.txt", A), member("b.txt", B)
END = bytes(1024)
TOO_MANY = "more names or attributes than a member has; nothing more was read"
LONG_NAME = "a name or attributes of more than 32 kB; nothing more was read"


def tars() -> dict[str, tuple[bytes, list[str]]]:
    """By name: a tar, and what is read of it. They are large, so they are made when asked for."""
    return {
        "sparse-gnu.tar": (gnu_sparse(0, 1 << 32) + TEXTS, [SPARSE, *BOTH]),
        "sparse-gnu-continued.tar": (gnu_sparse(2, 9_000) + TEXTS, [SPARSE, *BOTH]),
        "sparse-gnu-map.tar": (gnu_sparse(60_000, 9_000) + TEXTS, [SPARSE, *BOTH]),
        "sparse-gnu-cut.tar": (
            gnu_sparse(9, 9_000)[:1_024],
            [SPARSE, "damaged after s.txt: unexpected end of data; nothing more was read"],
        ),
        **{
            f"sparse-{version}.tar": (pax_sparse(version) + TEXTS, [SPARSE, *BOTH])
            for version in ("0.0", "0.1", "1.0")
        },
        "sparse-4EB.tar": (
            MEMBER_A + pax(("GNU.sparse.size", "5"), ("size", str(1 << 62))) + MEMBER_B,
            ["a.txt", "damaged after a.txt: a member of more than 2,048 MB; nothing more was read"],
        ),
        # tarfile takes quadratic time for digits
        "digits.tar": (
            MEMBER_A + member("pax", b"9" * 1_000_000, tarfile.XHDTYPE) + MEMBER_B + END,
            ["a.txt", f"damaged after a.txt: {LONG_NAME}"],
        ),
        "digits-30000.tar": (
            member("pax", b"9" * 30_000, tarfile.XHDTYPE) + MEMBER_A + END,
            ["a.txt"],
        ),
        "names.tar": (
            member("L", b"a" * 30_000, tarfile.GNUTYPE_LONGNAME) * 300 + MEMBER_A + END,
            [f"damaged after its beginning: {TOO_MANY}"],
        ),
        "global.tar": (
            b"".join(
                pax(*many_names(f"{number:04}"), kind=tarfile.XGLTYPE) + MEMBER_A
                for number in range(300)
            ),
            ["a.txt"] * 11 + [f"damaged after a.txt: {TOO_MANY}"],
        ),
        "garbage.tar": (
            MEMBER_A + b"\1" * 512 * 60_000 + MEMBER_B + END,
            ["a.txt", "damaged after a.txt: invalid header", "b.txt"],
        ),
    }


# --- gzip -------------------------------------------------------------------------------------

INSIDE = ["an archive within a gzip file is not opened; unpack it first"]
GZIPS: dict[str, tuple[bytes, list[str]]] = {
    "twice.txt.gz": (make_gzip(make_gzip(A)), INSIDE),
    "twice.tgz": (make_gzip(make_gzip(TEXTS)), INSIDE),
    "twice.warc.gz": (make_gzip(make_gzip(b"WARC/1.0\r\n\r\n")), INSIDE),
    "zip.tar.gz": (make_gzip(make_zip({"a.txt": A})), INSIDE),
    "gzip.tar": (
        make_tar({"a.txt.gz": gzip.compress(A), "b.txt": B}),
        ["a gzip file within a tar is not opened; unpack it first", "b.txt"],
    ),
}


# --- zips -------------------------------------------------------------------------------------

ZIP = make_zip({"a.txt": A, "b.txt": B}, 0)
DIRECTORY = ZIP.index(b"PK\1\2")
END_OF_DIRECTORY = ZIP.index(b"PK\5\6")
FULL = b"\xff" * 4


def changed(at: int, value: bytes, data: bytes = ZIP) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def with_zip64_end(end: bytes) -> bytes:
    size, start = struct.unpack("<2L", ZIP[END_OF_DIRECTORY + 12 : END_OF_DIRECTORY + 20])
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2, 2, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, END_OF_DIRECTORY, 1)
    return ZIP[:END_OF_DIRECTORY] + record + locator + end


def with_sizes(extra: bytes) -> bytes:
    """Both sizes of a.txt in the directory are 0xFFFFFFFF, and there is an extra field."""
    size = struct.pack("<L", END_OF_DIRECTORY - DIRECTORY + len(extra))
    data = changed(END_OF_DIRECTORY + 12, size)
    data = changed(DIRECTORY + 20, FULL * 2, data)
    data = changed(DIRECTORY + 30, struct.pack("<H", len(extra)), data)
    return data[: DIRECTORY + 51] + extra + data[DIRECTORY + 51 :]


def damaged(reason: str) -> list[str]:
    return [f"damaged: {reason}", "b.txt"]


END_RECORD = ZIP[END_OF_DIRECTORY:]
TOO_LARGE = ["larger than 16 MB, which no decision is", "b.txt"]
NOT_THAT = "File name in directory 'a.txt' and header b'"
ZIPS: dict[str, tuple[bytes, list[str]]] = {
    "zip64-needless.zip": (with_zip64_end(END_RECORD), BOTH),
    "zip64-end.zip": (with_zip64_end(changed(8, FULL * 3, END_RECORD)), BOTH),
    "zip64-missing.zip": (
        changed(END_OF_DIRECTORY + 8, FULL * 3),
        ["not a readable zip: Bad offset for central directory"],
    ),
    "sizes-with-field.zip": (with_sizes(struct.pack("<2H2Q", 1, 16, len(A), len(A))), BOTH),
    "sizes-without-field.zip": (with_sizes(b""), TOO_LARGE),
    "sizes-huge.zip": (with_sizes(struct.pack("<2H2Q", 1, 16, 1 << 62, 1 << 62)), TOO_LARGE),
    "sizes-half.zip": (
        with_sizes(struct.pack("<2HQ", 1, 8, len(A))),
        ["not a readable zip: Corrupt zip64 extra field. Compress size not found."],
    ),
    "header-flags.zip": (changed(6, b"\0\0\x08\0"), BOTH),  # the directory is right
    "header-sizes.zip": (changed(14, b"\1" * 12), BOTH),
    "header-name.zip": (changed(30, b"x"), damaged(f"{NOT_THAT}x.txt' differ.")),
    "header-long-name.zip": (changed(26, b"\xff\xff"), damaged(NOT_THAT)),
    "header-extra.zip": (
        changed(28, b"\xff\xff"),
        damaged("it ends in the middle"),
    ),  # or see OVERLAPS
    "directory-size.zip": (
        changed(DIRECTORY + 20, struct.pack("<2L", 5, 5)),
        damaged("Bad CRC-32 for file 'a.txt'"),
    ),
    "directory-place.zip": (
        changed(DIRECTORY + 42, struct.pack("<L", 7)),
        damaged("Bad magic number for file header"),
    ),
}


@pytest.mark.slow
def test_each_variant_is_read_rightly_or_refused_in_words(tmp_path: Path):
    variants = tars() | GZIPS | ZIPS
    for name, (data, _) in variants.items():
        (tmp_path / name).write_bytes(data)
    seconds = (MAX_SECONDS, MAX_SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), A.decode(), B.decode()],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, seconds),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-500:]
    *lines, peak = done.stdout.splitlines()
    expected = {name: outcome for name, (_, outcome) in variants.items()}
    found = dict(map(json.loads, lines))
    # the reason quotes what stands where the name would end
    long_name = found["header-long-name.zip"]
    assert long_name[0].startswith(f"damaged: {NOT_THAT}")
    assert len(long_name[0]) < 300
    if found["header-extra.zip"] == damaged(OVERLAPS):
        expected["header-extra.zip"] = damaged(OVERLAPS)
    assert found | {"header-long-name.zip": expected["header-long-name.zip"]} == expected
    assert int(peak) < MAX_MEGABYTES
