"""Keeps what readers wrote out of the logs: searches, forms, addresses of pages, headers.

Django's messages about requests quote paths, hosts and headers, and the messages of exceptions can
quote anything. What stays says what happened and where in the code.
"""

import logging
import traceback
from types import TracebackType

from django.db import InterfaceError, OperationalError

# Loggers whose messages quote the request.
_ABOUT_REQUESTS = ("django.request", "django.security", "django.server")

# Loggers of the code that runs within requests: their exceptions' messages can quote a reader.
_WITHIN_REQUESTS = (*_ABOUT_REQUESTS, "decisions.api", "decisions.web", "gunicorn", "mcp")

# Methods that are named; a client may invent others.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

# Exceptions whose messages come from PostgreSQL's server about itself.
_HARMLESS = (OperationalError, InterfaceError)


class WithoutReadersWords(logging.Filter):
    """Rewrites each record so that it says nothing that a reader wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record, and let it through."""
        error = record.exc_info[1] if record.exc_info else None
        if _is_from(record, _ABOUT_REQUESTS):
            record.msg, record.args = _summary(record, error), ()
        if error and _is_from(record, _WITHIN_REQUESTS):
            is_away = getattr(record, "status_code", 500) in {503, 504}
            record.exc_text = None if is_away else _where(error)
            record.exc_info = None
        return True


def _is_from(record: logging.LogRecord, names: tuple[str, ...]) -> bool:
    return any(record.name == name or record.name.startswith(f"{name}.") for name in names)


def _summary(record: logging.LogRecord, error: BaseException | None) -> str:
    """The method, the pattern of the address, the status and the kind of error."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    method = getattr(request, "method", None)
    parts = [
        method if method in _METHODS else "A request",
        f"/{match.route}" if match else "(no page)",
        f"answered {getattr(record, 'status_code', 400)}",
    ]
    if error:
        parts.append(_kind(error))
    return " ".join(parts)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name}: {error}".strip() if isinstance(error, _HARMLESS) else name


def _where(error: BaseException | None) -> str:
    """The traceback of the error and its causes, without their messages."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames: TracebackType | None = error.__traceback__
        lines.append("".join(traceback.format_tb(frames)) + _kind(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  which came from:\n".join(lines)
