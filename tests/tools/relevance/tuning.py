"""Weights tried on the tuned half, one at a time, until none can be improved.

For every trial the index is built anew: it makes no difference whether a weight counts when a
decision is indexed or when it is searched for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from unittest import mock

from decisions import search
from decisions.search.index.schema import WEIGHTS
from tests.tools.relevance.judging import Query
from tests.tools.relevance.queries import HELD_OUT, TUNED
from tests.tools.relevance.systems import mean_score, ours

STEPS = (0, 1, 2, 3, 5, 8)

Weights = dict[str, float]


def ascend(
    start: Mapping[str, float], measure: Callable[[Weights], float], steps: Sequence[float] = STEPS
) -> Iterator[tuple[Weights, float]]:
    """Every combination tried with its measure; each is the best so far with one weight changed.

    Ends when no single change to one of `steps` is better than the best.
    """
    best = dict(start)
    highest = measure(best)
    yield best, highest
    tried = {tuple(best.values())}
    improved = True
    while improved:
        improved = False
        for name in start:
            for step in steps:
                trial = {**best, name: step}
                if tuple(trial.values()) in tried:
                    continue
                tried.add(tuple(trial.values()))
                reached = measure(trial)
                yield trial, reached
                if reached > highest:
                    best, highest, improved = trial, reached, True


def measure_on(queries: Sequence[Query]) -> Callable[[Weights], float]:
    """Weights to the mean NDCG over these queries, searched in an index built with them."""

    def measure(weights: Weights) -> float:
        with mock.patch.dict(WEIGHTS, weights):
            search.rebuild()
            return mean_score(ours, queries)

    return measure


def tune() -> None:
    """Print every trial, then the best on both halves."""
    print("".join(f"{name:>16}" for name in WEIGHTS) + "   NDCG@10 on the tuned half")
    trials = []
    for weights, reached in ascend(dict(WEIGHTS), measure_on(TUNED)):
        trials.append((reached, weights))
        mark = " *" if reached == max(trials, key=lambda trial: trial[0])[0] else ""
        print("".join(f"{weight:16}" for weight in weights.values()) + f"   {reached:.4f}{mark}")
    reached, best = max(trials, key=lambda trial: trial[0])
    for name, weights in (("now", dict(WEIGHTS)), ("best", best)):
        halves = [measure_on(queries)(weights) for queries in (TUNED, HELD_OUT)]
        print(f"{name:5} {weights}: tuned {halves[0]:.4f}, held out {halves[1]:.4f}")
    search.rebuild()
