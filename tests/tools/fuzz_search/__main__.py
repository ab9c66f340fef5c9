"""`make fuzz-search`: random questions to an archive of sample decisions, with the slowest.

RUNS=100000, SIZE=57500; KEEP=/dir keeps the archive, or uses one that `make bench` kept.
"""

import heapq
import os
import sys
import time
from itertools import islice
from pathlib import Path

from tests.tools.benchmarks.archive import opened

RUNS = int(os.environ.get("RUNS", "100000"))
SIZE = int(os.environ.get("SIZE", "57500"))
SEED = int(os.environ.get("SEED", "1"))
KEEP = os.environ.get("KEEP")
SLOWEST_ALLOWED = 0.5  # seconds


def main() -> int:
    with opened(Path(KEEP) if KEEP else None):
        from decisions import search
        from tests.tools.benchmarks import loading
        from tests.tools.fuzz_search.checking import check, questions

        loading.load(SIZE)
        search.catch_up()
        times, slowest, failures = [], [], 0
        started = time.monotonic()
        for number, question in enumerate(islice(questions(SEED), RUNS), 1):
            try:
                seconds = check(question)
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                failures += 1
                print(f"{type(error).__name__}: {error}\n  {question}", flush=True)
                continue
            times.append(seconds)
            heapq.heappush(slowest, (seconds, number, question))
            if len(slowest) > 10:
                heapq.heappop(slowest)
            if number % 5_000 == 0:
                print(f"{number:,} asked in {time.monotonic() - started:,.0f} s", flush=True)
    times.sort()
    median, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{len(times):,} answered, {failures} failed")
    print(f"median {median * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms; the slowest:")
    for seconds, _, question in sorted(slowest, reverse=True):
        print(f"{seconds * 1e3:8.1f} ms  {question}")
    return 1 if failures or times[-1] > SLOWEST_ALLOWED else 0


if __name__ == "__main__":
    sys.exit(main())
