"""Limits how many requests of assistants one network sends, together with those to the API."""

from collections.abc import Awaitable, Callable
from math import ceil
from typing import Any

from django.conf import settings
from django.http import JsonResponse

from decisions.web.client_network import network_hash
from decisions.web.limits import request_limit

Scope = dict[str, Any]
App = Callable[
    [Scope, Callable[..., Awaitable[Any]], Callable[..., Awaitable[Any]]], Awaitable[Any]
]


def limited(app: App) -> App:
    """The ASGI application, which answers 429 to a network that has used its allowance."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        wait = _count(scope) if scope["type"] == "http" else 0
        if not wait:
            await app(scope, receive, send)
            return
        seconds = str(ceil(wait))
        answer = JsonResponse(
            {
                "type": "about:blank",
                "title": "Too Many Requests",
                "status": 429,
                "detail": f"This network has sent too many requests. Ask again in {seconds} s.",
            }
        )
        headers = {"Content-Type": "application/problem+json", "Retry-After": seconds}
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 429, "headers": pairs})
        await send({"type": "http.response.body", "body": answer.content})

    return application


def _count(scope: Scope) -> float:
    allowance = settings.API_REQUESTS_PER_MINUTE
    if not allowance:
        return 0
    peer = (scope.get("client") or ("",))[0]
    named = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    network = network_hash(peer, b",".join(named).decode("latin-1"))
    return request_limit(settings.DATA_DIR / "api-requests").count(network, allowance)
