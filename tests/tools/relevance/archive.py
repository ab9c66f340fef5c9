"""The judged archive: invented decisions of a fixed seed, and the real files beside the checkout.

The real files stay where they are, in ../shared; nothing of them is copied here.
"""

from collections.abc import Iterator
from functools import cache

from decisions.parsing import parse
from decisions.sample import generate
from decisions.sample.planning import plan
from decisions.sources import Source
from tests.real_files import DECISIONS
from tests.tools.relevance.judging import Case, Query

COUNT, SEED = 1_500, 4

# Why the real decisions were closed, as a person reads them (DECISIONS / "README.md").
REAL_REASONS = {
    "20 009 466": ("late", "no-worthwhile-outcome", "better-placed-body"),
    "21 019 030": (
        "nothing-to-add",
        "insufficient-evidence-of-fault",
        "better-placed-body",
        "court-proceedings",
    ),
}


def sources() -> Iterator[Source]:
    """What is ingested, as bytes; raises FileNotFoundError without the real files."""
    real = sorted([*DECISIONS.glob("*-*.txt"), *DECISIONS.glob("records/*.json")])
    if not real:
        raise FileNotFoundError(f"No real decisions in {DECISIONS}: the judged set needs them.")
    for name, data in generate(COUNT, seed=SEED):
        yield Source(name, data)
    for path in real:
        yield Source(path.name, path.read_bytes())


@cache
def cases() -> dict[str, Case]:
    """Every decision of the archive by its reference, as the judge sees it."""
    reasons = dict(REAL_REASONS)
    for number in range(COUNT):
        planned = plan(SEED, number)
        reasons[planned.reference] = tuple(reason.code for reason in planned.reasons)
    documents = [parse(source.data, source.name) for source in sources()]
    return {
        document.reference: Case(document, reasons.get(document.reference, ()))
        for document in documents
    }


@cache
def grades(query: Query) -> dict[str, int]:
    """The grade of every decision for a query, by reference."""
    return {reference: query.grade(case) for reference, case in cases().items()}
