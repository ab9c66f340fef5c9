"""What `make relevance` prints: every system on each set and kind, and where ours loses.

Of the queries that are never looked at, and of the fresh ones, only means over a kind or all of
them are printed.
"""

from collections.abc import Mapping, Sequence
from statistics import mean

from tests.tools.relevance.archive import cases
from tests.tools.relevance.judging import Query
from tests.tools.relevance.measure import DEPTH
from tests.tools.relevance.queries import (
    ALL_FRESH,
    FRESH,
    HELD_OUT,
    NEVER_LOOKED_AT,
    SEEN,
    TUNED,
    UNSEEN,
    in_half_a,
)
from tests.tools.relevance.systems import System, score

LOSSES = 20


def print_half_a(ours: System) -> None:
    """The single scores of the fresh queries that causes may be looked for in, worst first."""
    scores = {query: score(ours, query) for query in ALL_FRESH if in_half_a(query)}
    for query in sorted(scores, key=lambda query: scores[query]):
        print(f"{scores[query]:.2f}  {query.text}")


def print_report(ours: System, baselines: dict[str, System]) -> None:
    systems = {"ours": ours, **baselines}
    queries = [*TUNED, *HELD_OUT]
    scores = {
        name: {query: score(system, query) for query in [*queries, *NEVER_LOOKED_AT, *ALL_FRESH]}
        for name, system in systems.items()
    }
    print(f"NDCG@{DEPTH} over {len(cases()):,} decisions")
    sets = {"tuned half": TUNED, "held-out half": HELD_OUT, "both": queries}
    _table(scores, {**sets, "never looked at": NEVER_LOOKED_AT, "fresh": ALL_FRESH})
    print()
    _table(scores, SEEN)
    print()
    _table(scores, _by_set())
    print("\nWhere ours loses most against a baseline")
    for name in baselines:
        lost = {query: scores[name][query] - scores["ours"][query] for query in queries}
        worst = sorted((query for query in queries if lost[query] > 0.005), key=lost.get)
        print(f"  {name}: {len(worst)} of {len(queries)} queries")
        for query in reversed(worst[-LOSSES:]):
            half = "tuned" if query in TUNED else "held out"
            before, after = scores[name][query], scores["ours"][query]
            print(f"    {before:.2f} → {after:.2f}  {query.text}  ({half})")


def _by_set() -> dict[str, Sequence[Query]]:
    """The kinds that have all sets, each set apart."""
    return {
        f"{kind}, {name}": queries
        for kind, unseen in UNSEEN.items()
        for name, queries in (
            ("tuned", SEEN[kind][::2]),
            ("held out", SEEN[kind][1::2]),
            ("unseen", unseen),
            ("fresh a", [query for query in FRESH[kind] if in_half_a(query)]),
            ("fresh b", [query for query in FRESH[kind] if not in_half_a(query)]),
        )
    }


def _table(scores: dict[str, dict[Query, float]], groups: Mapping[str, Sequence[Query]]) -> None:
    print(f"{'':30}{'queries':>8}" + "".join(f"{name:>17}" for name in scores))
    for group, queries in groups.items():
        means = (mean(of_system[query] for query in queries) for of_system in scores.values())
        print(f"{group:30}{len(queries):8}" + "".join(f"{value:17.3f}" for value in means))
