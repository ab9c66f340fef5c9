"""WACZ, as Webrecorder writes it: the pages of its WARCs, and nothing of its bookkeeping."""

import zipfile

import pytest

from decisions.sources import Source, Unreadable, read_bytes, read_paths
from tests.archives import Warc, make_zip

URL = "https://www.lgo.org.uk/decisions/education/other/92-200-12"
A, B = f"{URL}1", f"{URL}2"


def make_wacz(warcs: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    bookkeeping = {
        "datapackage.json": b'{"profile": "data-package"}',
        "datapackage-digest.json": b"{}",
        "indexes/index.cdx.gz": b"\x1f\x8b",
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://a"}\n',
        "archive/notes.txt": b"a text",
    }
    return make_zip(bookkeeping | warcs, method)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_pages_of_every_warc(packed, method, tmp_path):
    ending = "warc.gz" if packed else "warc"
    warcs = {
        f"archive/{number}.{ending}": Warc(packed).page(url, b"<p>page</p>").bytes()
        for number, url in enumerate((A, B))
    }
    path = tmp_path / "a.wacz"
    path.write_bytes(make_wacz(warcs, method))
    reads = [read for read in read_paths([path]) if isinstance(read, Source)]
    assert reads == [
        Source(f"{path}/archive/0.{ending}/{A}", b"<p>page</p>", A),
        Source(f"{path}/archive/1.{ending}/{B}", b"<p>page</p>", B),
    ]
    bookkeeping = [read for read in read_paths([path]) if "pages.jsonl" in read.name]
    assert bookkeeping == []


def test_a_warc_that_is_packed_out_of_proportion_is_named():
    bomb = {"archive/a.warc": bytes(3_000_000)}
    reads = list(read_bytes("a.wacz", make_wacz(bomb, zipfile.ZIP_DEFLATED)))
    assert reads == [
        Unreadable(
            "a.wacz/archive/a.warc",
            "a WARC compressed as none is in a WACZ; unpack the WACZ first",
        )
    ]


def test_a_damaged_warc_is_named_and_the_next_is_read():
    warcs = {"archive/0.warc.gz": b"\x1f\x8b?", "archive/1.warc": Warc(False).page(A, b"a").bytes()}
    reads = list(read_bytes("a.wacz", make_wacz(warcs)))
    assert isinstance(reads[0], Unreadable)
    assert reads[0].name.startswith("a.wacz/archive/0.warc.gz")
    assert [read.url for read in reads if isinstance(read, Source)] == [A]


def test_a_wacz_of_nothing_is_named():
    assert list(read_bytes("a.wacz", make_wacz({}))) == [
        Unreadable("a.wacz", "no decision files in it: it is empty")
    ]
