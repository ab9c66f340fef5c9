"""A visitor: asks a site over HTTP from a process of its own, on connections kept alive."""

import http.client
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 600  # seconds


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function of this module returns, run in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(function, *arguments).result()


def one_by_one(site: str, addresses: Sequence[str], rounds: int) -> list[tuple[float, ...]]:
    """Seconds of every request, a tuple for each address: one client asks all, again and again."""
    connection = _connect(site)
    seconds: list[list[float]] = [[] for _ in addresses]
    for _ in range(rounds):
        for address, measured in zip(addresses, seconds, strict=True):
            measured.append(_get(connection, address))
    return [tuple(measured) for measured in seconds]


def together(site: str, addresses: Sequence[str], clients: int) -> float:
    """Requests a second while so many clients ask for all these, each address once."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for address in addresses:
        waiting.put(address)
    failures: list[Exception] = []

    def visit() -> None:
        connection = _connect(site)
        try:
            while True:
                _get(connection, waiting.get_nowait())
        except queue.Empty:
            pass
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=visit) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    if failures:
        raise failures[0]
    return len(addresses) / elapsed


def read(site: str, address: str) -> bytes:
    """The body found there."""
    connection = _connect(site)
    connection.request("GET", address)
    return connection.getresponse().read()


def status_and_body(site: str, address: str) -> tuple[int, str]:
    """What is answered there, whatever it is."""
    connection = _connect(site)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    finally:
        connection.close()


def _connect(site: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(site).netloc, timeout=TIMEOUT)


def _get(connection: http.client.HTTPConnection, address: str) -> float:
    started = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise ValueError(f"{address} was answered by {response.status}")
    return time.perf_counter() - started
