"""Checks thousands of quotations from an archive, half of them changed, and times each.

    DATA_DIR=… python -m tests.tools.quotations [--count 2000] [--decisions 500] [--seed 1]

`--decisions` of the archive are quoted, chosen by the seed; all of it is searched. Times are of the
clock, and of the processor without PostgreSQL's. Exits with 1 if a verdict is wrong.
"""

import argparse
import random
import time
from collections import Counter


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    import django

    django.setup()
    from decisions.models import Decision
    from decisions.quotations import check
    from tests.quotations.quoting import make, problem

    ids = list(Decision.objects.published().order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(options.seed).sample(ids, min(options.decisions, len(ids)))
    decisions = list(Decision.objects.filter(pk__in=chosen).order_by("pk"))
    times: dict[str, list[tuple[float, float]]] = {}
    wrong = 0
    statuses: Counter[str] = Counter()
    for made in make(decisions, options.count, options.seed):
        start, cpu = time.perf_counter(), time.process_time()
        verdicts = check(made.text)
        taken = (1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu))
        kind = f"{'with' if made.reference else 'without'} reference, "
        kind += "changed" if made.changed else "true"
        times.setdefault(kind, []).append(taken)
        statuses.update(f"{kind}: {verdict.status.value}" for verdict in verdicts)
        if found := problem(made, verdicts):
            wrong += 1
            print("WRONG", found, made)
    print(f"{options.count} quotations against {len(ids):,} decisions: {wrong} wrong verdicts")
    for kind, taken in sorted(times.items()):
        clock, cpu = (sorted(values) for values in zip(*taken, strict=True))
        last = len(taken) - 1
        print(
            f"{kind:28} {len(taken):5}: clock median {clock[last // 2]:.1f} ms,"
            f" 95th {clock[int(last * 0.95)]:.1f} ms, most {clock[-1]:.1f} ms;"
            f" processor median {cpu[last // 2]:.1f} ms, 95th {cpu[int(last * 0.95)]:.1f} ms"
        )
    for status, count in sorted(statuses.items()):
        print(f"{count:6} {status}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
