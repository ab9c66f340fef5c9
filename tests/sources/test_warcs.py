"""WARCs as wget and crawlers write them, whole and damaged, through to the archive's pages."""

import io
import zlib

import brotli
import pytest

from decisions import sources
from decisions.ingest import ingest_all
from decisions.models import Capture, Decision
from decisions.parsing import parse
from decisions.sources import Skipped, Source, Unreadable, limits, read_bytes, read_paths
from tests.archives import Warc, make_gzip
from tests.texts import decision_text

URL = "https://www.lgo.org.uk/decisions/education/school-transport/90-000-00"
A, B, C = (f"{URL}{number}" for number in (1, 2, 3))


def read(data: bytes) -> list[sources.ReadResult]:
    return list(read_bytes("c.warc.gz", data))


def pages(data: bytes) -> list[tuple[str | None, bytes]]:
    return [(read.url, read.data) for read in read(data) if isinstance(read, Source)]


def failures(data: bytes) -> list[tuple[str, str]]:
    return [(read.name, read.reason) for read in read(data) if isinstance(read, Unreadable)]


@pytest.mark.parametrize("packed", [True, False])
def test_what_wget_writes(tmp_path, packed):
    warc = Warc(packed).info().page(A, b"<p>a").page(B, b"<p>b")
    warc.record(
        "resource",
        "metadata://gnu.org/software/wget/warc/wget.log",
        b"log",
        type="text/plain",
    )
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(warc.bytes())
    expected = [
        Skipped(f"{path}[0]"),
        Skipped(f"{path}/{A}"),
        Source(f"{path}/{A}", b"<p>a", A),
        Skipped(f"{path}/{A}"),
        Skipped(f"{path}/{B}"),
        Source(f"{path}/{B}", b"<p>b", B),
        Skipped(f"{path}/{B}"),
        Skipped(f"{path}/metadata://gnu.org/software/wget/warc/wget.log"),
    ]
    assert list(read_paths([tmp_path])) == expected
    assert list(read_bytes(str(path), warc.bytes())) == expected
    assert sources.count_paths([path]) == 1


def test_a_warc_is_known_by_its_bytes_and_may_be_packed_as_one():
    data = Warc(packed=False).page(A, b"<p>a").page(B, b"<p>b").bytes()
    for sent in (data, make_gzip(data)):
        found = [read for read in read_bytes("upload", sent) if isinstance(read, Source)]
        assert [source.name for source in found] == [f"upload/{A}", f"upload/{B}"]


@pytest.mark.parametrize(
    ("type", "status", "url"),
    [
        ("image/png", "200 OK", A),
        ("text/css", "200 OK", A),
        ("text/html", "301 Moved Permanently", A),
        ("text/html", "404 Not Found", A),
        ("text/html", "", A),
        ("text/plain", "200 OK", "https://www.lgo.org.uk/robots.txt"),
        ("text/dns", "200 OK", "dns:www.lgo.org.uk"),
    ],
)
def test_what_is_no_page_is_skipped(type, status, url):
    data = Warc().response(url, b"?", type, status).bytes()
    assert read(data) == [
        Skipped(f"c.warc.gz/{url}"),
        Unreadable("c.warc.gz", "no decision files in it: 1 of other kinds skipped"),
    ]


@pytest.mark.parametrize(
    "type", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml", "text/plain", None]
)
def test_what_may_be_a_page_is_read(type):
    assert pages(Warc().response(A, b"words", type).bytes()) == [(A, b"words")]


def test_a_resource_is_a_page_and_a_revisit_is_not():
    warc = Warc().record("resource", A, b"<p>a", type="text/html; charset=iso-8859-15")
    warc.record("revisit", B, b"")
    assert read(warc.bytes()) == [
        Source(f"c.warc.gz/{A}", b"<p>a", A, "iso-8859-15"),
        Skipped(f"c.warc.gz/{B}"),
    ]


def test_records_of_json_are_read_apart_and_one_keeps_its_address():
    warc = Warc().response(A, b'{"a": 1}', "application/json")
    warc.response(B, b'[{"a": 1}, {"a": 2}]', "application/json; charset=utf-8")
    assert read(warc.bytes()) == [
        Source(f"c.warc.gz/{A}", b'{"a": 1}', A),
        Source(f"c.warc.gz/{B}[0]", b'{"a": 1}'),
        Source(f"c.warc.gz/{B}[1]", b'{"a": 2}'),
    ]


# --- what the server did to the page ----------------------------------------------------------


def chunked(body: bytes, size: int = 7) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PAGE = b"<p>a page of words</p>"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (make_gzip(PAGE), {"Content-Encoding": "gzip"}),
        (make_gzip(PAGE), {"content-encoding": "GZIP, identity"}),
        (PAGE, {"Content-Encoding": "gzip"}),  # unpacked by the crawler
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (bare_deflate(PAGE), {"Content-Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content-Encoding": "br"}),
        (PAGE, {"Content-Encoding": "br"}),  # unpacked by the crawler
        (chunked(PAGE), {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),  # put together by the crawler
        (
            chunked(make_gzip(PAGE)),
            {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
        ),
        (PAGE, {"Content-Length": str(len(PAGE))}),
    ],
)
def test_the_page_is_what_a_browser_would_have(body, headers):
    assert pages(Warc().response(A, body, http=headers).bytes()) == [(A, PAGE)]


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"\x28\xb5\x2f", {"Content-Encoding": "zstd"}, "compressed with a method"),
        (b"hello world", {"Content-Encoding": "br"}, "damaged: not valid Brotli"),
        (brotli.compress(PAGE)[:-9], {"Content-Encoding": "br"}, "incomplete: its compressed page"),
        (brotli.compress(bytes(9_000_000)), {"Content-Encoding": "br"}, "unpacks to more than 200"),
        (make_gzip(PAGE)[:-9], {"Content-Encoding": "gzip"}, "incomplete: its compressed page"),
        (b"\x1f\x8b!!!!!!", {"Content-Encoding": "gzip"}, "damaged: "),
        (chunked(PAGE)[:-12], {"Transfer-Encoding": "chunked"}, "incomplete: it ends between"),
        (PAGE, {"Content-Length": "9999"}, "incomplete: it ends after 22 of 9,999 bytes"),
        (
            make_gzip(bytes(2 * limits.MEBIBYTE)),
            {"Content-Encoding": "gzip"},
            "unpacks to more than 200 times its size",
        ),
    ],
)
def test_a_page_that_cannot_be_had_is_named_and_the_rest_goes_on(body, headers, reason):
    data = Warc().response(A, body, http=headers).response(B, b"<p>b").bytes()
    ((name, told),) = failures(data)
    assert name == f"c.warc.gz/{A}"
    assert reason in told
    assert pages(data) == [(B, b"<p>b")]


def test_a_page_cut_short_by_the_crawler_is_named():
    data = Warc().response(A, b"<p>a", WARC_Truncated="length").bytes()
    assert failures(data) == [(f"c.warc.gz/{A}", "cut short by the crawler (length)")]


def test_the_charset_of_the_server_reaches_the_parser():
    text = decision_text(paragraphs=("It cost 5 €.",))
    body = f"<pre>{text}</pre>".encode("iso-8859-15")
    (page,) = read(Warc().response(A, body, 'text/html; charset="ISO-8859-15"').bytes())
    assert page.charset == "ISO-8859-15"
    document = parse(page.data, page.name, page.url, page.charset)
    assert "5 €." in document.to_json()["sections"][0]["paragraphs"][0]["text"]


# --- damage -----------------------------------------------------------------------------------


def three(packed: bool) -> Warc:
    warc = Warc(packed)
    for url, body in ((A, b"<p>a"), (B, b"<p>b" * 200), (C, b"<p>c")):
        warc.response(url, body)
    return warc


def test_a_damaged_record_is_named_and_the_rest_goes_on():
    warc = three(packed=True)
    data = bytearray(warc.bytes())
    data[warc.starts[2] - 40] ^= 0xFF  # in the packed page of B
    assert [url for url, _ in pages(bytes(data))] == [A, C]
    ((name, reason),) = failures(bytes(data))
    assert name in (f"c.warc.gz/{B}", "c.warc.gz[1]")
    assert reason.startswith("damaged: ")


def test_a_changed_byte_is_found_by_the_check_sum():
    data = three(packed=False).bytes().replace(b"<p>b<p>b", b"<p>x<p>b", 1)
    assert failures(data) == [(f"c.warc.gz/{B}", "damaged: its checksum does not match")]
    assert [url for url, _ in pages(data)] == [A, C]


@pytest.mark.parametrize(
    ("packed", "says"), [(True, "damaged: it ends in the middle"), (False, "incomplete: ")]
)
def test_a_crawl_that_breaks_off_names_its_last_record(packed, says):
    warc = three(packed)
    data = warc.bytes()[: warc.starts[2] - 30]
    assert [url for url, _ in pages(data)] == [A]
    ((name, reason),) = failures(data)
    assert name == f"c.warc.gz/{B}"
    assert says in reason


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("length", [b"1", b"10000", b"99999999", b"-5", b"x", b"", b"9" * 500])
def test_a_wrong_length_costs_that_record_only(length, packed):
    data = three(packed=False).bytes()
    start = data.index(b"Content-Length: 8") + len("Content-Length: ")  # of B: some 800 bytes
    data = data[:start] + length + data[data.index(b"\r\n", start) :]
    warc = make_gzip(data) if packed else data
    found = [url for url, _ in pages(warc)]
    assert found[:1] == [A]
    assert next(name for name, _ in failures(warc)) in (f"c.warc.gz/{B}", "c.warc.gz[1]")
    # A packed stream cannot be gone back in, so a length that reaches too far hides what follows.
    assert found[1:] == ([] if packed and length in (b"10000", b"99999999") else [C])


def test_words_between_records_are_told():
    warc = three(packed=False)
    data = warc.bytes()
    cut = warc.starts[1]
    data = data[:cut] + b"Lines of something else\nof two lines\r\n\r\n" + data[cut:]
    assert [url for url, _ in pages(data)] == [A, B, C]
    assert failures(data) == [("c.warc.gz[1]", "no WARC record begins here; skipped to the next")]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"WARC/1.0", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\n" + b"x: y\r\n" * 20_000],
)
def test_what_is_no_warc_is_named(data):
    ((_, reason),) = failures(data)
    assert reason


def test_limits_of_a_warc(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 100)
    monkeypatch.setattr(limits, "MEBIBYTE", 100)
    monkeypatch.setattr(limits, "MAX_RECORDS", 2)
    data = Warc().response(A, b"a" * 200).response(B, b"b").response(C, b"c").bytes()
    assert failures(data) == [
        (f"c.warc.gz/{A}", "larger than 1 MB, which no decision is"),
        ("c.warc.gz", f"holds more than 2 files or records; nothing after c.warc.gz/{B} was read"),
    ]
    assert pages(data) == [(B, b"b")]


def test_a_record_that_expands_too_much_is_named_and_the_rest_goes_on():
    bomb = bytes(4 * limits.MEBIBYTE)
    data = Warc().response(A, bomb).response(B, bomb, "image/png").response(C, b"<p>c").bytes()
    reason = "damaged: unpacks to more than 200 times its size"
    assert failures(data) == [(f"c.warc.gz/{A}", reason), (f"c.warc.gz/{B}", reason)]
    assert pages(data) == [(C, b"<p>c")]


def test_pages_are_read_one_at_a_time():
    """The first page is there before the second was asked for."""

    class Counted(io.BytesIO):
        given = 0

        def read(self, size=-1):
            data = super().read(size)
            self.given += len(data)
            return data

    from decisions.sources.meter import Meter
    from decisions.sources.warcs import read_warc

    noise = b"".join(b"%d " % (number * number % 9973) for number in range(200_000))
    file = Counted(Warc().response(A, b"<p>a").response(B, noise).response(C, noise).bytes())
    first = next(read_warc("c.warc.gz", file, Meter(0)))
    assert first == Source(f"c.warc.gz/{A}", b"<p>a", A)
    assert file.given < len(file.getvalue()) / 4


# --- into the archive -------------------------------------------------------------------------


def page(summary: str) -> bytes:
    return (
        "<html><body><nav><a href='/'>Home</a></nav><main>"
        "<h1>Wexcombe District Council (90 000 001)</h1><p>Category : Education &gt; School "
        "transport</p><p>Decision : Upheld</p><h2>The Ombudsman’s final decision:</h2>"
        f"<p>Summary: {summary}</p><h3>The complaint</h3><ol><li>Mr X waited.</li></ol>"
        "</main></body></html>"
    ).encode()


@pytest.mark.django_db
def test_a_crawl_goes_into_the_archive_with_its_addresses():
    """The same page twice changes nothing, one that changed is one more capture."""
    later = A + "?utm_source=x"
    warc = Warc().info().page(A, page("First.")).page(A, page("First."))
    warc.page(later, page("Second.")).page(B, b"<html><title>Search our decisions</title>")
    results = []
    report = ingest_all(read(warc.bytes()), results.append)
    done = [str(result.action) for result in results if result.action != "skipped"]
    assert done == ["created", "unchanged", "updated", "failed"]
    assert [(failure.name, failure.reason) for failure in report.failures] == [
        (f"c.warc.gz/{B}", "no decision: a web page called “Search our decisions”")
    ]
    decision = Decision.objects.get()
    assert (decision.summary, decision.source_url) == ("Second.", later)
    captures = Capture.objects.order_by("pk")
    assert [(capture.name, capture.url) for capture in captures] == [
        (f"c.warc.gz/{A}", A),
        (f"c.warc.gz/{later}", later),
    ]
    assert [bytes(capture.content) for capture in captures] == [page("First."), page("Second.")]
