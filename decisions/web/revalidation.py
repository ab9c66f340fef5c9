"""Lets browsers and caches keep answers, if they ask each time whether these still hold.

ETag, Last-Modified, 304 and Cache-Control. A 304 is decided before the view runs, by one query.
docs/performance.md says why no answer may be used without asking: a decision that is withdrawn or
corrected has to be gone from every cache at once.
"""

import hashlib
import json
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from decisions.web.archive_version import ArchiveVersion, version_of

# The header that names the archive's version, for the proxy that keeps answers by it. An answer
# without it is not kept there.
VERSION_HEADER = "Archive-Version"

# Statuses that depend on nothing but the version and the address. The others pass.
_LASTING = {200, 301, 302, 404, 410}

ALWAYS_ASK = "no-cache"
NEVER_KEEP = "private, no-store"

# Headers of htmx that decide which parts of a page a request gets.
_HTMX_HEADERS = ("HX-Request", "HX-Current-URL", "HX-History-Restore-Request")

_P = ParamSpec("_P")
View = Callable[Concatenate[Any, _P], HttpResponseBase]


class Validators(NamedTuple):
    """The ETag and Last-Modified of one address; `last_modified` is in seconds, or None.

    `shared` is the version's name if one copy of the answer serves all readers, or None.
    """

    etag: str
    last_modified: int | None
    shared: str | None = None

    def not_modified(self, request: HttpRequest) -> HttpResponseBase | None:
        """304 Not Modified if the client has this version, or 412 if it asked for another.

        Only the very date that we gave says so: after a clock was set back, a later version can
        have an earlier one.
        """
        since = request.headers.get("If-Modified-Since")
        is_ours = since is None or parse_http_date_safe(since) == self.last_modified
        response = get_conditional_response(
            request, self.etag, self.last_modified if is_ours else None
        )
        if response is not None:
            self.set_on(response)
        return response

    def set_on(self, response: HttpResponseBase) -> None:
        """Set the headers: caches may keep the response, but must ask whether it still holds.

        A withdrawn decision therefore is gone from them at once.
        """
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = ALWAYS_ASK
        if self.last_modified is not None:
            response.headers["Last-Modified"] = http_date(self.last_modified)
        if self.shared is not None and response.status_code == 200:
            response.headers[VERSION_HEADER] = self.shared


def validators(request: HttpRequest, *, changes_daily: bool = False) -> Validators:
    """The validators of what this request asks for; call it before the answer is made.

    The ETag is weak, because compression changes the bytes. It depends on the address and on what
    htmx says, so that no answer passes for another one.
    """
    now = time.time()
    version = version_of(request)
    from_htmx = "HX-Request" in request.headers
    parts = [
        version,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        [request.headers.get(name) for name in _HTMX_HEADERS] if from_htmx else None,
        str(timezone.localdate()) if changes_daily else None,
    ]
    etag = f'W/"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]}"'
    modified = _first_seen(version)
    is_settled = version.is_settled and modified <= now
    is_shared = not (from_htmx or changes_daily)
    return Validators(etag, modified if is_settled else None, version.key if is_shared else None)


def revalidated(view: View[_P]) -> View[_P]:
    """Give the view's answers validators, and answer 304 before the view runs.

    For a view whose answer depends on the archive, the address and htmx alone. Answers other than
    200 have no validators.
    """
    return _revalidated(view, changes_daily=False)


def revalidated_daily(view: View[_P]) -> View[_P]:
    """The same for a view whose answer names today's date."""
    return _revalidated(view, changes_daily=True)


def _revalidated(view: View[_P], *, changes_daily: bool) -> View[_P]:
    @wraps(view)
    def answer(request: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        # With DEBUG, templates are read again for each request, and the version does not tell.
        if is_personal(request) or settings.DEBUG:
            return view(request, *args, **kwargs)
        # By the ETag alone: to an address with nothing at it, 304 would say that nothing changed
        # since any time that a program names.
        current = validators(request, changes_daily=changes_daily)._replace(last_modified=None)
        request.shared_version = current.shared  # for `cache_rules`: errors do not return here
        response = current.not_modified(request)
        if response is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                current.set_on(response)
        if "HX-Request" in request.headers:
            patch_vary_headers(response, _HTMX_HEADERS)
        return response

    return answer


def is_personal(request: HttpRequest) -> bool:
    """Whether someone who has signed in may be asking."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def cache_rules(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set Cache-Control on every response that has none, and the version; a middleware.

    Nothing that is sent to someone who has signed in, or that sets a cookie, is kept anywhere.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_personal(request) or response.cookies:
            response.headers["Cache-Control"] = NEVER_KEEP
            del response.headers["ETag"]
            del response.headers[VERSION_HEADER]
            return response
        response.headers.setdefault("Cache-Control", ALWAYS_ASK)
        version: str | None = getattr(request, "shared_version", None)
        if version is not None and response.status_code in _LASTING:
            response.headers[VERSION_HEADER] = version
        return response

    return middleware


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
