"""`python -m tests.tools.fuzz --runs 200000`: mutated inputs, with counts by format.

With atheris installed (`pip install atheris`) the mutations are guided by the branches they reach;
without it they are random, the same for the same `--seed`. Inputs that fail are kept in
`.fuzz/`, one of each kind; `python -m tests.tools.fuzz --again .fuzz/FILE` checks one again.
"""

import argparse
import importlib.util
import json
import math
import multiprocessing
import sys
import time
from pathlib import Path

from tests.tools.fuzz.running import KEPT, run_guided, run_random
from tests.tools.fuzz.seeds import FORMATS, SHARES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=200_000, help="inputs in all")
    parser.add_argument("--minutes", type=float, default=math.inf, help="at most, in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=FORMATS, action="append", help="only this one")
    parser.add_argument("--again", type=Path, metavar="FILE", help="check an input that was kept")
    options = parser.parse_args()
    if options.again:
        from tests.tools.fuzz.target import check

        print(dict(check(options.again.read_bytes(), options.again.name.partition("-")[0])))
        return 0

    is_guided = importlib.util.find_spec("atheris") is not None
    print("Guided by coverage (atheris)." if is_guided else "Random; no atheris here.", flush=True)
    KEPT.mkdir(exist_ok=True)
    formats = options.format or FORMATS
    shares = sum(SHARES[format] for format in formats)
    spawn = multiprocessing.get_context("spawn")
    total, failures = 0, 0
    for format in formats:
        share = SHARES[format] / shares
        deadline = time.monotonic() + options.minutes * 60 * share
        arguments = (format, math.ceil(options.runs * share), options.seed, deadline)
        (KEPT / f"{format}.json").unlink(missing_ok=True)
        process = spawn.Process(target=run_guided if is_guided else run_random, args=arguments)
        process.start()
        process.join()
        try:
            result = json.loads((KEPT / f"{format}.json").read_text())
        except OSError:
            print(f"{format:10} ended without a result, exit code {process.exitcode}")
            failures += 1
            continue
        total += result["count"]
        failures += len(result["failures"])
        outcomes = ", ".join(f"{count:,} {name}" for name, count in result["outcomes"].items())
        print(
            f"{format:10} {result['count']:9,} inputs; slowest {result['slowest']:.2f} s;"
            f" {outcomes}"
        )
        for kind, path in result["failures"].items():
            print(f"           {path}: {kind}")
        sys.stdout.flush()
    print(f"{total:,} inputs, {failures} kinds of failure")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
