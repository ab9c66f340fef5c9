"""What `make relevance` prints: every system on both halves and each kind, and where ours loses."""

from collections.abc import Sequence
from statistics import mean

from tests.tools.relevance.archive import cases
from tests.tools.relevance.judging import Query
from tests.tools.relevance.measure import DEPTH
from tests.tools.relevance.queries import HELD_OUT, QUERIES, TUNED
from tests.tools.relevance.systems import System, score

LOSSES = 20


def print_report(ours: System, baselines: dict[str, System]) -> None:
    systems = {"ours": ours, **baselines}
    queries = [*TUNED, *HELD_OUT]
    scores = {
        name: {query: score(system, query) for query in queries} for name, system in systems.items()
    }
    print(f"NDCG@{DEPTH} over {len(cases()):,} decisions")
    _table(scores, {"tuned half": TUNED, "held-out half": HELD_OUT, "both": queries})
    print()
    _table(scores, QUERIES)
    print("\nWhere ours loses most against a baseline")
    for name in baselines:
        lost = {query: scores[name][query] - scores["ours"][query] for query in queries}
        worst = sorted((query for query in queries if lost[query] > 0.005), key=lost.get)
        print(f"  {name}: {len(worst)} of {len(queries)} queries")
        for query in reversed(worst[-LOSSES:]):
            half = "tuned" if query in TUNED else "held out"
            before, after = scores[name][query], scores["ours"][query]
            print(f"    {before:.2f} → {after:.2f}  {query.text}  ({half})")


def _table(scores: dict[str, dict[Query, float]], groups: dict[str, Sequence[Query]]) -> None:
    print(f"{'':24}{'queries':>8}" + "".join(f"{name:>17}" for name in scores))
    for group, queries in groups.items():
        means = (mean(of_system[query] for query in queries) for of_system in scores.values())
        print(f"{group:24}{len(queries):8}" + "".join(f"{value:17.3f}" for value in means))
