"""Ingest from end to end, in a process and an archive of its own."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.tools.benchmarks import archive
from tests.tools.benchmarks.figures import Times, Verdicts, ms, print_table, timed

MOST = 5_000
PROFILED = 500


def measure(verdicts: Verdicts, size: int) -> None:
    """Prints the rates of `size` samples, MOST at most, and where parsing's time goes."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        rate = pool.submit(_measure_here, min(size, MOST)).result()
    verdicts.note("ingest", rate)


def _measure_here(count: int) -> float:
    with archive.opened():
        from decisions.sample import generate
        from decisions.sources import Source

        sources = [Source(name, data) for name, data in generate(count, seed=2)]
        _understanding(sources)
        return _ingest(sources)


def _understanding(sources: Sequence) -> None:
    from decisions.analysis import analyse
    from decisions.parsing import parse
    from tests.tools.benchmarks import profiling

    def parse_file(source):
        return analyse(parse(source.data, source.name)).to_json()

    def times(action) -> Times:
        return Times(tuple(timed(lambda source=source: action(source)) for source in sources))

    rows = [
        ["parse", *times(lambda source: parse(source.data, source.name)).cells()],
        ["parse and analyse", *times(parse_file).cells()],
    ]
    title = f"Understanding one decision (ms, {len(sources):,} decisions)"
    print_table(title, ["", "median", "p95", "max"], rows)
    profiling.print_rooms(
        f"Where the time to parse and analyse goes, {PROFILED} decisions",
        lambda: [parse_file(source) for source in sources[:PROFILED]],
    )


def _ingest(sources: Sequence) -> float:
    """Prints the rates; returns ingest's, in decisions a second."""
    from decisions.ingest import ingest_all

    count = len(sources)
    outcomes = []
    floor = timed(lambda: _keep(sources))
    created = timed(lambda: outcomes.append(ingest_all(sources)))
    again = timed(lambda: outcomes.append(ingest_all(sources)))
    assert outcomes[0].counts["created"] == outcomes[1].counts["unchanged"] == count, outcomes
    rows = [
        [name, f"{count / seconds:,.0f}", ms(seconds / count), f"{seconds / floor:.1f}"]
        for name, seconds in (
            ("keep the bytes only, a transaction each", floor),
            ("ingest: parse, analyse, PostgreSQL, index", created),
            ("the same again: unchanged", again),
        )
    ]
    size = sum(len(source.data) for source in sources) / count
    print_table(
        f"Ingest ({count:,} decisions of {size:,.0f} bytes into an empty archive)",
        ["", "a second", "ms each", "× the floor"],
        rows,
    )
    return count / created


def _keep(sources: Sequence) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (name text, content bytea)")
        cursor.execute("SET synchronous_commit = off")
        for source in sources:
            cursor.execute("INSERT INTO bench_floor VALUES (%s, %s)", [source.name, source.data])
        cursor.execute("RESET synchronous_commit")
        cursor.execute("DROP TABLE bench_floor")
