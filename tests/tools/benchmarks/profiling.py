"""Where the time goes: a profile added up by room of the archive."""

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable

from tests.tools.benchmarks.figures import print_table

SHOWN = 14


def print_rooms(title: str, action: Callable[[], object]) -> None:
    """Runs it under the profiler, which makes Python look slower than it is, and the engine not."""
    profile = cProfile.Profile()
    profile.runcall(action)
    rooms: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():
        if file != "~":
            rooms[_room(file)] += own
        elif "Searcher" in name or "tantivy" in name:
            rooms["the engine (tantivy)"] += own
        else:  # written in C: counted to whoever called it
            for (caller, _, _), (_, _, part, _) in callers.items():
                rooms[_room(caller)] += part
    total = rooms.total()
    rows = [[room, f"{own / total:.1%}"] for room, own in rooms.most_common(SHOWN)]
    print_table(title, ["room", "share"], rows)


def _room(file: str) -> str:
    if "site-packages" in file:
        package, *parts = file.partition("site-packages/")[2].split("/")
        if package.startswith("psycopg"):
            return "psycopg, waiting for PostgreSQL included"
        return f"{package}.{parts[0].removesuffix('.py')}" if package == "django" else package
    for place in ("decisions/", "ombudsman/"):
        if place in file:
            return place + file.rpartition(place)[2]
    return "Python's own library"
