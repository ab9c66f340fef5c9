"""Decodes the body of an HTTP response: joins its chunks and decompresses it.

Some crawlers store the bytes as they were sent. Others store the decoded body but keep the headers
that announce chunks or compression. So the bytes are checked, not only the headers.
"""

import re
import zlib
from collections.abc import Callable

from warcio.statusandheaders import StatusAndHeaders

from decisions.sources import gzips, limits
from decisions.sources.results import too_large

# Length of a `Content-Length`: at most 15 digits, so that its value is a sane file size.
LENGTH = re.compile(r"[0-9]{1,15}")
# The line before a chunk: the chunk's length in hexadecimal, then extensions: "1a0;name=value"
_CHUNK_HEADER = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
# Number of compressions of one page. Servers use one.
_MAX_ENCODINGS = 3


class UnusableRecord(Exception):
    """A record cannot be read; the message says why. The records after it can be read."""


def decode_body(headers: StatusAndHeaders, body: bytes) -> bytes:
    """Decode the body of a response with these headers. Raises UnusableRecord."""
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        body = _join_chunks(body)
    else:
        length = headers.get_header("Content-Length") or ""
        if LENGTH.fullmatch(length) and len(body) < int(length):
            raise UnusableRecord(
                f"incomplete: it ends after {len(body):,} of {int(length):,} bytes"
            )
    encodings = (headers.get_header("Content-Encoding") or "").lower().split(",")
    if len(encodings) > _MAX_ENCODINGS:
        raise UnusableRecord(f"compressed more than {_MAX_ENCODINGS} times")
    for encoding in reversed([encoding.strip() for encoding in encodings]):
        if encoding in ("", "identity"):
            continue
        if encoding not in _DECODERS:
            raise UnusableRecord(
                f"compressed with a method that this archive cannot read ({encoding[:20]})"
            )
        body = _DECODERS[encoding](body)
    return body


def _join_chunks(body: bytes) -> bytes:
    chunk_header = _CHUNK_HEADER.match(body)
    if not chunk_header:  # the crawler joined the chunks but kept the header
        return body
    pieces: list[bytes] = []
    while chunk_header:
        size = int(chunk_header[1], 16)
        if size == 0:
            return b"".join(pieces)
        end = chunk_header.end() + size
        pieces.append(body[chunk_header.end() : end])
        if len(body) < end:
            break
        end += len(b"\r\n") if body.startswith(b"\r\n", end) else 0
        chunk_header = _CHUNK_HEADER.match(body, end)
    raise UnusableRecord("incomplete: it ends between its chunks")


def _gunzip(body: bytes) -> bytes:
    # The crawler may have decompressed the page but kept the header.
    return _decompress(body, 16 + zlib.MAX_WBITS) if body.startswith(gzips.MAGIC) else body


def _decode_deflate(body: bytes) -> bytes:
    """Decompress zlib's format, which is the standard, or raw deflate, which many servers send."""
    is_zlib = len(body) >= 2 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _decompress(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _decompress(body: bytes, wbits: int) -> bytes:
    decompressor = zlib.decompressobj(wbits)
    try:
        data = decompressor.decompress(body, limits.MAX_MEMBER_BYTES + 1)
    except zlib.error as error:
        raise UnusableRecord(f"damaged: {error}") from None
    return _checked(body, data, decompressor.eof)


def _decode_brotli(body: bytes) -> bytes:
    # Brotli has no magic number. The crawler may have decompressed the page but kept the header.
    if body.lstrip()[:1] in (b"<", b"{", b"["):
        return body
    import brotli  # imported only where a page is compressed with it

    decoder = brotli.Decompressor()
    try:
        data: bytes = decoder.process(body, output_buffer_limit=limits.MAX_MEMBER_BYTES + 1)
    except brotli.error:
        raise UnusableRecord("damaged: not valid Brotli") from None
    return _checked(body, data, decoder.is_finished())


def _checked(packed: bytes, data: bytes, is_complete: bool) -> bytes:
    """The decompressed data. Raises UnusableRecord if it is too large or incomplete."""
    if limits.expands_too_much(len(packed), len(data)):
        raise UnusableRecord(f"unpacks to more than {limits.MAX_RATIO} times its size")
    if len(data) > limits.MAX_MEMBER_BYTES:
        raise UnusableRecord(too_large("", limits.MAX_MEMBER_BYTES).reason)
    if not is_complete:
        raise UnusableRecord("incomplete: its compressed page ends in the middle")
    return data


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _decode_deflate,
    "br": _decode_brotli,
}
