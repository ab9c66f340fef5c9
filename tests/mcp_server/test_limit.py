"""Calls of assistants over HTTP count with the requests to the API."""

import json
from concurrent.futures import ThreadPoolExecutor

import anyio

from decisions.mcp_server.limit import limited


def test_a_network_that_calls_too_often_is_told_to_wait(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.API_REQUESTS_PER_MINUTE = 2
    settings.TRUSTED_PROXIES = 1

    async def answers() -> list[int | tuple[int, int]]:
        found: list[int | tuple[int, int]] = []

        async def app(scope, receive, send) -> None:
            found.append(200)

        async def send(message) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                assert headers[b"content-type"] == b"application/problem+json"
                found.append((message["status"], int(headers[b"retry-after"])))
            else:
                assert json.loads(message["body"])["status"] == 429

        for number in range(4):
            forwarded = f"198.51.100.{number}, 203.0.113.{5 if number < 3 else 6}".encode()
            headers = [(b"x-forwarded-for", forwarded)]
            scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": headers}
            await limited(app)(scope, None, send)
        return found

    with ThreadPoolExecutor() as pool:
        found = pool.submit(anyio.run, answers).result()
    assert found == [200, 200, (429, 30), 200]
