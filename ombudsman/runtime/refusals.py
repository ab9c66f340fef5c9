"""The answers to requests that never reach Django, as bytes: malformed, too long or too slow."""

import functools

from django.conf import settings
from gunicorn.http import errors

from decisions.web.failures import failure

_STATUSES: dict[type[Exception], int] = {
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
}


def status_of(error: Exception) -> int:
    """The status for an error of gunicorn's parser; 500 for any other error."""
    failed_to_answer = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
    if isinstance(error, failed_to_answer) or not isinstance(error, errors.ParseException):
        return 500
    return _STATUSES.get(type(error), 400)


@functools.lru_cache(maxsize=32)
def _response(status: int, is_for_program: bool) -> bytes:
    answer = failure(None, status, "/api/" if is_for_program else "/")
    answer.headers["Content-Length"] = str(len(answer.content))
    answer.headers["Connection"] = "close"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex"
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(" ".join([name, *map(str, values)]) for name, values in directives.items())
    answer.headers["Content-Security-Policy"] = policy
    lines = [f"HTTP/1.1 {status} {answer.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in answer.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.content


def response(status: int, path: str) -> bytes:
    """The whole answer with this status to a request for `path`, after which we close."""
    return _response(status, path.startswith("/api/"))
