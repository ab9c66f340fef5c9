"""What mutation starts from, by format: the examples, and the sample archive."""

import gzip
import json
from functools import cache
from pathlib import Path

from tests.archives import Warc, make_tar, make_zip

EXAMPLES = Path(__file__).parents[2] / "examples"
SAMPLES = 40
FORMATS = ("text", "html", "json", "warc", "zip", "tar")
# The share of a run that each format gets.
SHARES = {"text": 6, "html": 5, "json": 3, "warc": 4, "zip": 4, "tar": 2}
# What the files are called: some are known by their names.
NAMES = {
    "text": "x.txt",
    "html": "x.html",
    "json": "x.json",
    "warc": "x.warc.gz",
    "zip": "x.zip",
    "tar": "x.tar",
}


@cache
def seeds(format: str) -> tuple[bytes, ...]:
    return tuple(_SEEDS[format]())


def _files(*endings: str) -> list[bytes]:
    from decisions.sample import generate  # not with the module: see running.py

    examples = [
        path.read_bytes()
        for ending in endings
        for path in sorted(EXAMPLES.rglob(f"*{ending}"))
        if ".expected" not in path.name and ".actual" not in path.name
    ]
    return examples + [data for name, data in generate(SAMPLES) if name.endswith(endings)]


def _text() -> list[bytes]:
    return _files(".txt")


def _html() -> list[bytes]:
    return _files(".html")


def _json() -> list[bytes]:
    lines = [json.dumps({"case_id": "90 000 001", "text": text.decode()}) for text in _text()[:9]]
    return [*_files(".json", ".jsonl"), f"[{', '.join(lines)}]".encode(), "\n".join(lines).encode()]


def _warc() -> list[bytes]:
    found = []
    for packed in (False, True):
        for count in (1, 3):
            warc = Warc(packed).info()
            for number, page in enumerate(_html()[:count]):
                warc.page(f"https://a.example/decisions/90-000-00{number}", page)
            warc.response(
                "https://a.example/x", gzip.compress(page), http={"Content-Encoding": "gzip"}
            )
            chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
            warc.response("https://a.example/y", chunks, http={"Transfer-Encoding": "chunked"})
            found.append(warc.bytes())
    # Without check sums, so that a changed page is read all the same.
    return [found[0], *(b"".join(_without_digests(data)) for data in found[:2]), *found[2:]]


def _without_digests(warc: bytes) -> list[bytes]:
    return [line for line in warc.splitlines(keepends=True) if b"-Digest: " not in line]


@cache
def members() -> dict[str, bytes]:
    files = {"a.txt": _text()[0], "d/b.html": _html()[0], "c.json": _files(".json")[0]}
    return files | {"l.jsonl": _files(".jsonl")[0], "n.png": b"\x89PNG", "z.zip": b"PK\x03\x04"}


def _zip() -> list[bytes]:
    return [make_zip(members()), make_zip(members(), method=0), make_zip({"a.txt": b"a"})]


def _tar() -> list[bytes]:
    plain = [make_tar(members(), format) for format in (0, 1, 2)]
    return [*plain, gzip.compress(plain[1]), make_tar({"long/" * 60 + "a.txt": _text()[0]})]


_SEEDS = {"text": _text, "html": _html, "json": _json, "warc": _warc, "zip": _zip, "tar": _tar}
