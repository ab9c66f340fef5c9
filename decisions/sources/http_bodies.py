"""The body of an HTTP response as a browser would have it: chunks put together, packing undone.

Crawlers differ: some keep the bytes as they were sent, some undo chunks and packing and still keep
the headers that announce them. So the bytes decide, where they can.
"""

import re
import zlib
from collections.abc import Callable

from warcio.statusandheaders import StatusAndHeaders

from decisions.sources import gzips, limits
from decisions.sources.reads import too_large

# What `Content-Length` may be: at most 15 digits, so that no number is too large to work with.
LENGTH = re.compile(r"[0-9]{1,15}")
# The line before a chunk: its length in hexadecimal, and extensions: "1a0;name=value"
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class UnusableRecord(Exception):
    """A record that cannot be read, for the reason given. The records after it can."""


def decode_body(headers: StatusAndHeaders, body: bytes) -> bytes:
    """The page in the body of a response with these headers. Raises UnusableRecord."""
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        body = _dechunked(body)
    else:
        length = headers.get_header("Content-Length") or ""
        if LENGTH.fullmatch(length) and len(body) < int(length):
            raise UnusableRecord(f"breaks off after {len(body):,} of {int(length):,} bytes")
    encodings = (headers.get_header("Content-Encoding") or "").lower().split(",")
    for encoding in reversed([encoding.strip() for encoding in encodings]):
        if encoding in ("", "identity"):
            continue
        if encoding not in _UNPACKERS:
            raise UnusableRecord(f"packed by a method that is not read here ({encoding[:20]})")
        body = _UNPACKERS[encoding](body)
    return body


def _dechunked(body: bytes) -> bytes:
    chunk = _CHUNK.match(body)
    if not chunk:  # the crawler put the chunks together and kept the header
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
    raise UnusableRecord("breaks off between its chunks")


def _gunzipped(body: bytes) -> bytes:
    # The crawler may have unpacked the page and kept the header.
    return _inflated(body, 16 + zlib.MAX_WBITS) if body.startswith(gzips.MAGIC) else body


def _deflated(body: bytes) -> bytes:
    """Unpack zlib's format, as the standard has it, or bare deflate, as many servers send it."""
    is_zlib = len(body) >= 2 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflated(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _inflated(body: bytes, bits: int) -> bytes:
    inflate = zlib.decompressobj(bits)
    try:
        data = inflate.decompress(body, limits.MAX_MEMBER_BYTES + 1)
    except zlib.error as error:
        raise UnusableRecord(f"damaged: {error}") from None
    return _checked(body, data, inflate.eof)


def _unbrotlied(body: bytes) -> bytes:
    # Brotli has no mark of its own. The crawler may have unpacked the page and kept the header.
    if body.lstrip()[:1] in (b"<", b"{", b"["):
        return body
    import brotli  # only pages that are packed so need it

    decoder = brotli.Decompressor()
    try:
        data: bytes = decoder.process(body, output_buffer_limit=limits.MAX_MEMBER_BYTES + 1)
    except brotli.error:
        raise UnusableRecord("damaged: no brotli") from None
    return _checked(body, data, decoder.is_finished())


def _checked(packed: bytes, data: bytes, is_complete: bool) -> bytes:
    """What was unpacked. Raises UnusableRecord if it is too much, or not all of the page."""
    if limits.expands_too_much(len(packed), len(data)):
        raise UnusableRecord(f"unpacks to more than {limits.MAX_RATIO} times its size")
    if len(data) > limits.MAX_MEMBER_BYTES:
        raise UnusableRecord(too_large("", limits.MAX_MEMBER_BYTES).reason)
    if not is_complete:
        raise UnusableRecord("its packed page breaks off")
    return data


_UNPACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
}
