"""WARC: what `wget --warc-file` and archive crawlers write, each page with what the server said.

A page is a `response` or `resource` record with status 200 and a text in it. Requests, metadata,
pictures, redirects, errors and revisits (the note that a page was the same as before) are passed
over. One record is in memory at a time. The headers are read by warcio; where records begin and
end is found here, because warcio takes a damaged record for the end of the file.
"""

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from decisions.sources import endings, gzips, limits
from decisions.sources.json_records import is_json, read_json
from decisions.sources.reads import Ignored, Read, Source, Unreadable, too_large

_FIRST_LINE = re.compile(rb"WARC/\d\.\d+\s*$")
_MAX_HEAD = 64 * 1024
_PIECE = 64 * 1024

_PAGES = ("text/html", "application/xhtml+xml")
# Some crawlers write no type where the server said none.
_TEXTS = ("text/plain", "application/json", "text/json", "application/x-ndjson", "")
# A page links to its address, so nothing else will do.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,15}")
_LONGEST_URI = 2000
_ROBOTS = "/robots.txt"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# 1a0;name=value
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")

_warc = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
_http = StatusAndHeadersParser([], verify=False)


class _Unusable(Exception):
    """This record cannot be read, for the reason given; the next ones can."""


class _TooMany(Exception):
    """No more records are read."""


def is_warc(name: str, start: bytes) -> bool:
    """`start` is the beginning of the file, unpacked."""
    return endings.archive(name) == "WARC" or start.startswith(b"WARC/")


def read_warc(name: str, file: IO[bytes]) -> Iterator[Read]:
    """The pages of a WARC, plain or packed with gzip, whole or each record by itself."""
    warc = _Warc(name)
    start = file.read(len(gzips.MAGIC))
    file.seek(0)
    try:
        if start == gzips.MAGIC:
            yield from warc.read_packed(file)
        else:
            yield from warc.read(file)
    except _TooMany:
        yield Unreadable(
            name, f"holds more than {limits.MAX_RECORDS:,} records; nothing after them was read"
        )
    else:
        if not warc.count:
            yield Unreadable(name, "no WARC records in it")


class _Warc:
    def __init__(self, name: str) -> None:
        self._name = name
        self.count = 0
        self._current: str | None = None  # the name of the record being read

    def read_packed(self, file: IO[bytes]) -> Iterator[Read]:
        gunzip = gzips.Gunzip(file)
        going_on = True
        while going_on:
            try:
                if going_on := gunzip.next_member():
                    yield from self.read(io.BufferedReader(gunzip))
            except gzips.Damaged as error:
                yield Unreadable(self._current or self._begin(), f"damaged: {error}")
                self._current = None
                going_on = gunzip.resume(b"WARC/")

    def read(self, stream: IO[bytes]) -> Iterator[Read]:
        """The records in a stream; after one that is damaged, from the next that begins."""
        line = _next_line(stream)
        while line:
            self._current = self._begin()
            try:
                headers = _read_headers(line, stream)
                if uri := _uri(headers):
                    self._current = f"{self._name}/{uri}"
                yield from _read_record(self._current, uri, headers, stream)
                line = _next_line(stream)
            except _Unusable as error:
                yield Unreadable(self._current, str(error))
                line = _skip_to_record(stream)
            self._current = None

    def _begin(self) -> str:
        """The next record by its place, from 0."""
        if self.count >= limits.MAX_RECORDS:
            raise _TooMany
        self.count += 1
        return f"{self._name}[{self.count - 1}]"


# --- records ----------------------------------------------------------------------------------


def _next_line(stream: IO[bytes]) -> bytes:
    while (line := stream.readline(_MAX_HEAD)) and not line.strip():
        pass
    return line


def _skip_to_record(stream: IO[bytes]) -> bytes:
    while (line := stream.readline(_MAX_HEAD)) and not _FIRST_LINE.match(line):
        pass
    return line


def _read_headers(line: bytes, stream: IO[bytes]) -> StatusAndHeaders:
    """The headers that begin with `line`; the stream then stands at the record's block."""
    if not _FIRST_LINE.match(line):
        raise _Unusable("no WARC record begins here; passed over to the next")
    head = _head(stream, _MAX_HEAD, line)
    try:
        headers = _warc.parse(io.BytesIO(head))
    except StatusAndHeadersParserException as error:
        raise _Unusable(f"not a WARC record: {error}") from None
    if not _LENGTH.fullmatch(headers.get_header("Content-Length") or ""):
        raise _Unusable("a record that does not state its length")
    return headers


def _uri(record: StatusAndHeaders) -> str | None:
    """What the record is of: an address, mostly; None where there is none, or nonsense."""
    # wget 1.19 writes <https://…>; some crawlers leave spaces in
    uri = (record.get_header("WARC-Target-URI") or "").strip("<> ").replace(" ", "%20")
    return uri if 0 < len(uri) <= _LONGEST_URI else None


def _head(stream: IO[bytes], limit: int, line: bytes = b"") -> bytes:
    """Headers up to the blank line that ends them."""
    lines = [line]
    size = len(line)
    while line := stream.readline(_MAX_HEAD):
        lines.append(line)
        size += len(line)
        if not line.strip():
            break
        if size > limit:
            raise _Unusable("headers longer than 64 kB")
    return b"".join(lines)


def _read_record(
    name: str, uri: str | None, record: StatusAndHeaders, stream: IO[bytes]
) -> Iterator[Read]:
    """What a record gives, told only when it was seen to end where it should.

    Otherwise its length is wrong, and the stream is left where a next record may be found.
    """
    length = int(record["Content-Length"])
    if stream.seekable():
        _check_end(stream, length)
    block = LimitReader(stream, length)
    try:
        read = list(_read_block(name, uri, record, block))
    except _Unusable as error:
        read = [Unreadable(name, str(error))]
    while block.read(_PIECE):
        pass
    if block.limit:
        raise _Unusable(f"breaks off: {block.limit:,} of its {length:,} bytes are missing")
    if stream.readline(_MAX_HEAD).strip():
        raise _Unusable(_WRONG_LENGTH)
    yield from read


_WRONG_LENGTH = "damaged: it does not end where it says"


def _check_end(stream: IO[bytes], length: int) -> None:
    start = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    try:
        if start + length > size:
            raise _Unusable(
                f"breaks off: {start + length - size:,} of its {length:,} bytes are missing"
            )
        stream.seek(start + length)
        if stream.readline(_MAX_HEAD).strip():
            raise _Unusable(_WRONG_LENGTH)
    finally:
        stream.seek(start)


# --- pages ------------------------------------------------------------------------------------


def _read_block(
    name: str, uri: str | None, record: StatusAndHeaders, block: LimitReader
) -> Iterator[Read]:
    is_response = record.get_header("WARC-Type") == "response"
    is_page = is_response or record.get_header("WARC-Type") == "resource"
    url = uri if uri and _WEB_ADDRESS.fullmatch(uri) else None
    if not is_page or not url or _path(url) == _ROBOTS:
        yield Ignored(name)
        return
    headers, head = record, b""
    if is_response:
        head = _head(block, _MAX_HEAD)
        if not head.strip():
            raise _Unusable("a response without headers")
        headers = _http.parse(io.BytesIO(head))
        if headers.get_statuscode() != "200":
            yield Ignored(name)
            return
    stated = headers.get_header("Content-Type") or ""
    kind = stated.partition(";")[0].strip().lower()
    if kind not in _PAGES and kind not in _TEXTS:
        yield Ignored(name)
        return
    if reason := record.get_header("WARC-Truncated"):
        raise _Unusable(f"cut short by the crawler ({reason})")
    if record.get_header("WARC-Segment-Number"):
        raise _Unusable("in segments, which are not put together")
    body = block.read(limits.MAX_MEMBER_BYTES + 1)
    if len(body) > limits.MAX_MEMBER_BYTES:
        yield too_large(name, limits.MAX_MEMBER_BYTES)
        return
    if block.limit:  # breaks off, which the caller tells
        return
    _check_digest(record.get_header("WARC-Block-Digest"), head + body)
    if is_response:
        body = _decoded(headers, body)
    charset = _CHARSET.search(stated)
    page = Source(name, body, url, charset[1] if charset else None)
    if kind in _PAGES or not is_json(body):
        yield page
    else:
        # One of several records is not what its address shows, and may name its own.
        yield from (page if read == Source(name, body) else read for read in read_json(name, body))


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def _check_digest(stated: str | None, block: bytes) -> None:
    """sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A, in base 32 or 16; an unknown kind proves nothing."""
    algorithm, _, value = (stated or "").partition(":")
    if algorithm not in ("md5", "sha1", "sha256"):
        return
    digest = hashlib.new(algorithm, block, usedforsecurity=False)
    in_base_32 = base64.b32encode(digest.digest()).decode()
    if value.lower() not in (in_base_32.lower(), digest.hexdigest()):
        raise _Unusable("damaged: its check sum is another")


def _decoded(headers: StatusAndHeaders, body: bytes) -> bytes:
    """The page as a browser would have it; what the crawler has decoded already stays as it is."""
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        body = _dechunked(body)
    else:
        length = headers.get_header("Content-Length") or ""
        if _LENGTH.fullmatch(length) and len(body) < int(length):
            raise _Unusable(f"breaks off after {len(body):,} of {int(length):,} bytes")
    encodings = (headers.get_header("Content-Encoding") or "").lower().split(",")
    for encoding in reversed([encoding.strip() for encoding in encodings]):
        if encoding in ("", "identity"):
            continue
        if encoding not in _UNPACKERS:
            raise _Unusable(f"packed by a method that is not read here ({encoding[:20]})")
        body = _UNPACKERS[encoding](body)
    return body


def _dechunked(body: bytes) -> bytes:
    chunk = _CHUNK.match(body)
    if not chunk:  # put together by the crawler, which kept the header
        return body
    pieces: list[bytes] = []
    while chunk:
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(pieces)
        end = chunk.end() + size
        pieces.append(body[chunk.end() : end])
        if len(body) < end:
            break
        end += len(b"\r\n") if body.startswith(b"\r\n", end) else 0
        chunk = _CHUNK.match(body, end)
    raise _Unusable("breaks off between its chunks")


def _gunzipped(body: bytes) -> bytes:
    # A page that was unpacked by the crawler, which kept the header, does not begin so.
    return _inflated(body, 16 + zlib.MAX_WBITS) if body.startswith(gzips.MAGIC) else body


def _deflated(body: bytes) -> bytes:
    """zlib's format by the standard, bare deflate by many servers."""
    is_zlib = len(body) >= 2 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflated(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _inflated(body: bytes, bits: int) -> bytes:
    inflate = zlib.decompressobj(bits)
    try:
        data = inflate.decompress(body, limits.MAX_MEMBER_BYTES + 1)
    except zlib.error as error:
        raise _Unusable(f"damaged: {error}") from None
    if limits.expands_too_much(len(body), len(data)):
        raise _Unusable(f"unpacks to more than {limits.MAX_RATIO} times its size")
    if len(data) > limits.MAX_MEMBER_BYTES:
        raise _Unusable(too_large("", limits.MAX_MEMBER_BYTES).reason)
    if not inflate.eof:
        raise _Unusable("its packed page breaks off")
    return data


_UNPACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
}
