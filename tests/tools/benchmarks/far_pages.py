"""Compares what a far page of a list, of the API and of a feed costs with what the first costs.

    python -m tests.tools.benchmarks.far_pages DIR [PAGE] [--keep all|counts|nothing]

DIR is an archive that `KEEP=DIR make bench` has left; PAGE is 5,000, or the last one if there are
fewer. Each page is answered in this process through all middleware, RUNS times each in turn, and
the benchmark takes its processor time. The archive keeps the counts of a search and the ids around
a page from one time to the next, as for a reader who turns the pages. With `--keep counts` it keeps
no ids, as for a reader who goes from one page straight to a far one; with `--keep nothing` it keeps
nothing, as for the first reader after a change.
"""

import argparse
import base64
import math
import time
from collections.abc import Iterator
from pathlib import Path
from random import randrange
from urllib.parse import urlencode

from tests.tools.benchmarks import archive
from tests.tools.benchmarks.figures import Times, print_table

RUNS = 15
SIZE = 20  # decisions on a page, here of all kinds
FEED_SIZE = 50
WORD = "council"  # in nearly all decisions

SORTS = ("newest", "relevance", "payment")
KEPT = ("all", "counts", "nothing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("page", type=int, nargs="?", default=5_000)
    parser.add_argument("--keep", choices=KEPT, default=KEPT[0])
    options = parser.parse_args()
    with archive.opened(options.directory.resolve()):
        measure(options.page, options.keep)


def measure(page: int, kept: str) -> None:
    """Prints a row for each kind of page: the first, the far one, and their ratio."""
    from decisions import search

    search.catch_up()
    rows = []
    for name, found, number, first, far in _addresses(page):
        near_times, far_times = _in_turn(first, far, kept)
        rows.append(
            [
                name,
                f"{found:,}",
                f"{number:,}",
                *near_times.cells()[:2],
                *far_times.cells()[:2],
                f"{far_times.median / near_times.median:.2f}",
            ]
        )
    columns = ["kind", "found", "page", "first", "p95", "far", "p95", "ratio"]
    title = f"Far pages, kept: {kept} (processor time in ms; median and p95 of {RUNS})"
    print_table(title, columns, rows)


def _addresses(page: int) -> Iterator[tuple[str, int, int, str, str]]:
    """Name, decisions found, number of the far page, and both addresses."""
    from decisions import search
    from decisions.search import SearchQuery
    from decisions.web.filters import DecisionFilterSet

    for sort in SORTS:
        parameters = {"q": WORD, "sort": sort}
        query = DecisionFilterSet(parameters).search_query
        [found] = search.count([query])
        number = min(page, math.ceil(found / SIZE))
        list_address = f"/decisions/?{urlencode(parameters)}"
        yield f"list by {sort}", found, number, list_address, f"{list_address}&page={number}"
        cursor = _cursor(query, (number - 1) * SIZE)
        api_address = f"/api/decisions/?{urlencode({**parameters, 'size': SIZE})}"
        yield f"API by {sort}", found, number, api_address, f"{api_address}&after={cursor}"
    everything = SearchQuery(sort="imported", exact=True)
    [found] = search.count([everything])
    number = min(page, math.ceil(found / FEED_SIZE))
    batch = search.batch_of_ids(everything, "", (number - 1) * FEED_SIZE)
    for kind in ("atom", "json"):
        feed = f"/decisions/feed.{kind}"
        yield f"feed ({kind})", found, number, feed, f"{feed}?after={batch.after}"


def _cursor(query: object, rank: int) -> str:
    """The API's cursor behind so many decisions."""
    from decisions import search

    after = search.batch_of_ids(query, "", rank).after
    return base64.urlsafe_b64encode(after.encode()).decode().rstrip("=")


def _in_turn(first: str, far: str, kept: str) -> tuple[Times, Times]:
    from django.core.cache import caches
    from django.test import Client

    from tests.tools.benchmarks import engine

    # Each time another client, so that none reaches the limit of the API.
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"10.{randrange(256)}.{randrange(256)}.1")

    def visit(address: str) -> float:
        if kept == "nothing":
            engine.start_afresh()
            caches["template_fragments"].clear()
        elif kept == "counts":
            engine.forget_ids()
        started = time.process_time()
        response = client.get(address)
        seconds = time.process_time() - started
        assert response.status_code == 200, (address, response.status_code)
        return seconds

    visit(first)
    visit(far)
    pairs = [(visit(first), visit(far)) for _ in range(RUNS)]
    near_seconds, far_seconds = zip(*pairs, strict=True)
    return Times(near_seconds), Times(far_seconds)


if __name__ == "__main__":
    main()
