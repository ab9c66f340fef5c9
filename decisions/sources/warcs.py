"""Reads WARC files, as `wget --warc-file` and archive crawlers write them.

A page is a `response` or `resource` record that has status 200 and holds text. Requests, metadata,
images, redirects, errors and revisits (notes that a page has not changed) are skipped. One record
is in memory at a time.

warcio parses the headers. This module finds where records begin and end, because the iterators of
warcio (1.8) and FastWARC (2.0) lose every record after a damaged one: after a damaged gzip member,
a wrong or missing Content-Length, or stray lines between records. Both yield a truncated record as
an empty page without an error, and decompress a page of any size; warcio cannot read a WARC that
was compressed as a whole. tests/sources/test_warcs.py has a case for each of these.
"""

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from typing import IO

from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from decisions.sources import extensions, gzips, limits
from decisions.sources.addresses import LONGEST, web_address
from decisions.sources.capture_times import read_warc_date
from decisions.sources.http_bodies import LENGTH, UnusableRecord, decode_body
from decisions.sources.json_records import is_json, read_json
from decisions.sources.meter import Meter
from decisions.sources.results import ReadResult, Skipped, Source, Unreadable, dated, too_large

_FIRST_LINE = re.compile(rb"WARC/\d\.\d+\s*$")
# Size of the headers of a record or response, and of one line, in bytes.
_MAX_HEADER_BYTES = 64 * 1024
# Size of one read when the rest of a record is skipped, in bytes.
_SKIP_BYTES = 64 * 1024

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# Content types of text. The empty type is for responses in which the server stated none.
_TEXT_TYPES = ("text/plain", "application/json", "text/json", "application/x-ndjson", "")
_ROBOTS = "/robots.txt"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)

_warc_parser = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
_http_parser = StatusAndHeadersParser([], verify=False)


def is_warc(name: str, start: bytes) -> bool:
    """Whether a file is a WARC. `start` is the beginning of the file, decompressed."""
    return extensions.archive_kind(name) == "WARC" or start.startswith(b"WARC/")


def read_warc(name: str, file: IO[bytes], meter: Meter) -> Iterator[ReadResult]:
    """Read the pages of a WARC: uncompressed, or compressed as a whole or record by record.

    `file` is at its beginning and is seekable, or is a buffered stream.
    """
    warc = _Warc(name)
    if isinstance(file, io.BufferedReader):
        start = file.peek(len(gzips.MAGIC))[: len(gzips.MAGIC)]
    else:
        start = file.read(len(gzips.MAGIC))
        file.seek(0)
    with meter.container():
        if start == gzips.MAGIC:
            yield from warc.read_packed(gzips.Gunzip(file, meter))
        else:
            yield from warc.read(file)
    if not warc.count:
        yield Unreadable(name, "no WARC records in it")


class _Warc:
    def __init__(self, name: str) -> None:
        self._name = name
        self.count = 0
        self._current: str | None = None  # the name of the record being read

    def read_packed(self, gunzip: gzips.Gunzip) -> Iterator[ReadResult]:
        has_more = True
        while has_more:
            try:
                if has_more := gunzip.next_member():
                    yield from self.read(io.BufferedReader(gunzip))
            except gzips.Damaged as error:
                yield Unreadable(self._current or self._next_name(), f"damaged: {error}")
                self._current = None
                has_more = gunzip.resume(b"WARC/")

    def read(self, stream: IO[bytes]) -> Iterator[ReadResult]:
        """Read the pages in a stream; after a damaged record, resume at the next first line."""
        line = _next_nonblank_line(stream)
        while line:
            self._current = self._next_name()
            try:
                headers = _read_headers(line, stream)
                if uri := _uri(headers):
                    self._current = f"{self._name}/{uri}"
                yield from _read_record(self._current, uri, headers, stream)
                line = _next_nonblank_line(stream)
            except UnusableRecord as error:
                yield Unreadable(self._current, str(error))
                line = _skip_to_record(stream)
            self._current = None

    def _next_name(self) -> str:
        """Count the next record; return its name by position, from 0."""
        self.count += 1
        return f"{self._name}[{self.count - 1}]"


# --- records ----------------------------------------------------------------------------------


def _next_nonblank_line(stream: IO[bytes]) -> bytes:
    while (line := stream.readline(_MAX_HEADER_BYTES)) and not line.strip():
        pass
    return line


def _skip_to_record(stream: IO[bytes]) -> bytes:
    while (line := stream.readline(_MAX_HEADER_BYTES)) and not _FIRST_LINE.match(line):
        pass
    return line


def _read_headers(line: bytes, stream: IO[bytes]) -> StatusAndHeaders:
    """Read the headers that begin with `line`; leaves the stream at the record's block."""
    if not _FIRST_LINE.match(line):
        raise UnusableRecord("no WARC record begins here; skipped to the next")
    head = _read_head(stream, _MAX_HEADER_BYTES, line)
    try:
        headers = _warc_parser.parse(io.BytesIO(head))
    except StatusAndHeadersParserException as error:
        raise UnusableRecord(f"not a WARC record: {error}") from None
    if not LENGTH.fullmatch(headers.get_header("Content-Length") or ""):
        raise UnusableRecord("a record that does not state its length")
    return headers


def _uri(record: StatusAndHeaders) -> str | None:
    """The address that a record states; None if it is missing or too long."""
    # wget 1.19 writes <https://…>; some crawlers do not escape spaces
    uri = (record.get_header("WARC-Target-URI") or "").strip("<> ").replace(" ", "%20")
    return uri if 0 < len(uri) <= LONGEST else None


def _read_head(stream: IO[bytes], limit: int, line: bytes = b"") -> bytes:
    """Read headers up to the blank line that ends them. `line` is a first line already read."""
    lines = [line]
    size = len(line)
    while line := stream.readline(_MAX_HEADER_BYTES):
        lines.append(line)
        size += len(line)
        if not line.strip():
            break
        if size > limit:
            raise UnusableRecord("headers longer than 64 kB")
    return b"".join(lines)


def _read_record(
    name: str, uri: str | None, record: StatusAndHeaders, stream: IO[bytes]
) -> Iterator[ReadResult]:
    """Read the content of a record. Raises UnusableRecord if its stated length is wrong.

    In an uncompressed file the stream is left where the search for the next record can begin.
    """
    length = int(record["Content-Length"])
    if stream.seekable():
        _check_end(stream, length)
    block = LimitReader(stream, length)
    results: Iterable[ReadResult]
    try:
        results = _read_block(name, uri, record, block)
    except UnusableRecord as error:
        results = (Unreadable(name, str(error)),)
    while block.read(_SKIP_BYTES):
        pass
    if block.limit:
        raise UnusableRecord(f"incomplete: {block.limit:,} of its {length:,} bytes are missing")
    if stream.readline(_MAX_HEADER_BYTES).strip():
        raise UnusableRecord(_WRONG_LENGTH)
    yield from results


_WRONG_LENGTH = "damaged: its stated length is wrong"


def _check_end(stream: IO[bytes], length: int) -> None:
    start = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    try:
        if start + length > size:
            raise UnusableRecord(
                f"incomplete: {start + length - size:,} of its {length:,} bytes are missing"
            )
        stream.seek(start + length)
        if stream.readline(_MAX_HEADER_BYTES).strip():
            raise UnusableRecord(_WRONG_LENGTH)
    finally:
        stream.seek(start)


# --- pages ------------------------------------------------------------------------------------


def _read_block(
    name: str, uri: str | None, record: StatusAndHeaders, block: LimitReader
) -> Iterable[ReadResult]:
    """What a record gives. JSON of several records is read lazily: it may hold millions."""
    is_response = record.get_header("WARC-Type") == "response"
    is_page = is_response or record.get_header("WARC-Type") == "resource"
    url = web_address(uri)
    if not is_page or not url or _path(url) == _ROBOTS:
        return (Skipped(name),)
    headers, head = record, b""
    if is_response:
        head = _read_head(block, _MAX_HEADER_BYTES)
        if not head.strip():
            raise UnusableRecord("a response without headers")
        headers = _http_parser.parse(io.BytesIO(head))
        if headers.get_statuscode() != "200":
            return (Skipped(name),)
    stated = headers.get_header("Content-Type") or ""
    kind = stated.partition(";")[0].strip().lower()
    if kind not in _PAGE_TYPES and kind not in _TEXT_TYPES:
        return (Skipped(name),)
    if reason := record.get_header("WARC-Truncated"):
        raise UnusableRecord(f"cut short by the crawler ({reason})")
    if record.get_header("WARC-Segment-Number"):
        raise UnusableRecord("split into segments, which this archive does not join")
    body = block.read(limits.MAX_MEMBER_BYTES + 1)
    if len(body) > limits.MAX_MEMBER_BYTES:
        return (too_large(name, limits.MAX_MEMBER_BYTES),)
    if block.limit:  # the record is truncated: the caller reports it
        return ()
    _check_digest(record.get_header("WARC-Block-Digest"), head + body)
    if is_response:
        body = decode_body(headers, body)
    charset = _CHARSET.search(stated)
    captured = read_warc_date(record.get_header("WARC-Date"))
    page = Source(name, body, url, charset[1] if charset else None, captured=captured)
    if kind in _PAGE_TYPES or not is_json(body):
        return (page,)
    # The address is that of the whole list, so a single record of several does not get it.
    return dated(
        (page if result == Source(name, body) else result for result in read_json(name, body)),
        captured,
    )


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def _check_digest(stated: str | None, block: bytes) -> None:
    """Check a digest such as `sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A`, in base 32 or 16.

    A digest of an unknown algorithm is ignored. Raises UnusableRecord.
    """
    algorithm, _, value = (stated or "").partition(":")
    if algorithm not in ("md5", "sha1", "sha256"):
        return
    digest = hashlib.new(algorithm, block, usedforsecurity=False)
    in_base_32 = base64.b32encode(digest.digest()).decode()
    if value.lower() not in (in_base_32.lower(), digest.hexdigest()):
        raise UnusableRecord("damaged: its checksum does not match")
