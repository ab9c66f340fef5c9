"""Says whether a client already has the newest version of an answer: ETag, Last-Modified and 304.

An answer that is made from decisions has the version of the whole archive: the number of its last
change, the change that this host's search index has reached, and the code. To read the version
takes one short query, and no search.
"""

import hashlib
import json
import threading
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from decisions import search
from decisions.models import Capture, ChangeSequence

# The directory of the app `decisions`.
_CODE = Path(__file__).parent.parent

# Settings that answers contain.
_SETTINGS = ("SITE_URL", "ARCHIVE_NAME", "OPERATOR", "CONTACT")


class ArchiveVersion(NamedTuple):
    """What the answers to all requests depend on; `indexed` is None without a search index."""

    archive: str
    change: int
    newest_capture: int | None
    indexed: int | None
    code: str


class Validators(NamedTuple):
    """The ETag and Last-Modified of one address; `last_modified` is in seconds, or None."""

    etag: str
    last_modified: int | None

    def not_modified(self, request: HttpRequest) -> HttpResponseBase | None:
        """304 Not Modified if the client has this version, or 412 if it asked for another."""
        response = get_conditional_response(request, self.etag, self.last_modified)
        if response is not None:
            self.set_on(response)
        return response

    def set_on(self, response: HttpResponseBase) -> None:
        """Set the headers: caches may keep the response, but must ask whether it still holds.

        A withdrawn decision therefore is gone from them at once.
        """
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = "no-cache"
        if self.last_modified is not None:
            response.headers["Last-Modified"] = http_date(self.last_modified)


def current_version() -> ArchiveVersion:
    """The archive's version now. Answers that are made afterwards are of this version or later."""
    newest = Capture.objects.order_by("-pk").values("pk")[:1]
    rows = ChangeSequence.objects.annotate(newest_capture=Subquery(newest))
    archive, change, capture = rows.values_list("archive", "value", "newest_capture").get()
    return ArchiveVersion(str(archive), change, capture, search.indexed_change(), code_version())


def validators(request: HttpRequest) -> Validators:
    """The validators of what this request asks for; call it before the answer is made.

    The ETag is weak, because compression changes the bytes.
    """
    now = time.time()
    version = current_version()
    key = json.dumps([version, request.scheme, request.get_host(), request.get_full_path()])
    etag = f'W/"{hashlib.sha256(key.encode()).hexdigest()[:20]}"'
    modified = _first_seen(version)
    is_settled = version.indexed == version.change and modified <= now
    return Validators(etag, modified if is_settled else None)


@cache
def code_version() -> str:
    """A hash of the code that makes answers and of the settings that they contain."""
    digest = hashlib.sha256(repr([getattr(settings, name) for name in _SETTINGS]).encode())
    for path in sorted(_CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


_seen: tuple[ArchiveVersion, int] | None = None
_seen_lock = threading.Lock()


def _first_seen(version: ArchiveVersion) -> int:
    """The full second after this process first saw the version, as seconds since 1970.

    Last-Modified counts in seconds, and an archive can change twice within one. The version has
    this date only from that second on: earlier versions then are not answered any more.
    """
    global _seen
    with _seen_lock:
        if _seen is None or _seen[0] != version:
            _seen = (version, int(time.time()) + 1)
        return _seen[1]
