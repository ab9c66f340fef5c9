"""Bounds how long a query of a request may take in PostgreSQL, by the kind of request."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

# Seconds that one query may take, by how the path starts: the first that fits. An export asks for
# its rows in parts, each of which is a query.
SECONDS = (("/admin/", 120), ("/decisions/export", 60), ("/api/", 20), ("/", 10))

# Seconds that one query of an assistant's tool may take.
TOOL_SECONDS = 20

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# The bound that each of PostgreSQL's sessions has now, in seconds.
_bounds: WeakKeyDictionary[Any, float] = WeakKeyDictionary()


class Bound:
    """Wraps the execution of queries (`connection.execute_wrapper`).

    A session is told its bound before its first query, and again when it changes.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._in_transaction: Any = None  # the session that was told so in a transaction

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Execute the query under the bound."""
        wrapper = context["connection"]
        session = wrapper.connection
        if self._in_transaction is not session and _bounds.get(session) != self._seconds:
            _bounds.pop(session, None)
            session.execute(f"SET statement_timeout = {int(self._seconds * 1000)}")
            # A transaction that is rolled back takes the setting back with it.
            if wrapper.in_atomic_block:
                self._in_transaction = session
            else:
                _bounds[session] = self._seconds
        return execute(sql, params, many, context)


def bound_query_time(get_response: GetResponse) -> GetResponse:
    """Bound the queries of each request by SECONDS."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        seconds = next((bound for start, bound in SECONDS if path.startswith(start)), 10)
        with connection.execute_wrapper(Bound(seconds)):
            return get_response(request)

    return middleware
