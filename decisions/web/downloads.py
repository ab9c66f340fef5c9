"""Sends a large file: in parts that a client asks for (RFC 9110, Range), or as a whole."""

import base64
import datetime
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

# Bytes that are read and sent at a time.
BLOCK_BYTES = 256 * 1024

# Most downloads at a time in one process. Each occupies a thread, of which gunicorn.py gives a
# process four: the others are for readers of pages.
MAX_DOWNLOADS = 2

# Seconds between two checks, during a download, whether the file may still be offered.
CHECK_INTERVAL = 20.0

# Seconds after which a client may try again, while there are MAX_DOWNLOADS.
RETRY_AFTER = 30

_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})-(\d{0,18})", re.IGNORECASE)

_places = threading.BoundedSemaphore(MAX_DOWNLOADS)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to send. `may_continue` is asked again and again while it is sent."""

    path: Path
    size: int
    sha256: str
    changed_at: datetime.datetime
    content_type: str
    may_continue: Callable[[], bool]


class _NotSatisfiable(Exception):
    """The client asks for bytes after the end of the file."""


def send(request: HttpRequest, download: Download) -> HttpResponseBase:
    """The file, or the one range of it that the request asks for, or 304, 412, 416 or 503.

    Of several ranges in one request, none is sent, but the whole file: RFC 9110 allows it.
    """
    etag = f'"{download.sha256}"'
    changed = int(download.changed_at.timestamp())
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": http_date(changed),
        "Cache-Control": "no-cache",  # a cache asks here each time, where a withdrawal is known
        "Content-Type": download.content_type,
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(download.sha256)).decode()}:",
    }
    conditional = get_conditional_response(request, etag, changed)
    if conditional is not None:
        return _with_headers(conditional, headers)
    try:
        span = _range_of(request, etag, changed, download.size)
    except _NotSatisfiable:
        headers["Content-Range"] = f"bytes */{download.size}"
        return HttpResponse(status=416, headers=headers)
    start, end = span or (0, download.size - 1)
    headers["Content-Length"] = str(end - start + 1)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end}/{download.size}"
    status = 206 if span else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    if not _places.acquire(blocking=False):
        return HttpResponse(
            "Too many downloads at the moment. Try again in half a minute.\n",
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": str(RETRY_AFTER)},
        )
    blocks = _Blocks(download, start, end - start + 1)
    return StreamingHttpResponse(blocks, status=status, headers=headers)


def _with_headers(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name in ("Accept-Ranges", "ETag", "Cache-Control"):
        response.headers[name] = headers[name]
    return response


def _range_of(request: HttpRequest, etag: str, changed: int, size: int) -> tuple[int, int] | None:
    """The first and last byte that the request asks for; None for the whole file."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range")
    if condition and condition != etag and parse_http_date_safe(condition) != changed:
        return None
    if not match or match[0].endswith("=-"):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size - 1), size - 1)
        if last and int(last) < start:
            return None
    if start >= size:
        raise _NotSatisfiable
    return start, end


class _Blocks:
    """The bytes of a download. It gives its place back when the response is closed."""

    def __init__(self, download: Download, start: int, length: int) -> None:
        try:
            self._file = download.path.open("rb")
        except OSError:
            _places.release()
            raise
        self._file.seek(start)
        self._left = length
        self._may_continue = download.may_continue

    def __iter__(self) -> Iterator[bytes]:
        checked = time.monotonic()
        while self._left and (block := self._file.read(min(BLOCK_BYTES, self._left))):
            if time.monotonic() - checked > CHECK_INTERVAL:
                checked = time.monotonic()
                if not self._check():
                    return  # the client sees that bytes are missing, and asks again
            self._left -= len(block)
            yield block

    def close(self) -> None:
        """Close the file, once."""
        if not self._file.closed:
            self._file.close()
            _places.release()

    def _check(self) -> bool:
        """Ask the database, and do not keep its connection for as long as the download takes."""
        try:
            return self._may_continue()
        finally:
            connection.close()
