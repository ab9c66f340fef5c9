"""Re-analysis reads from rows what an import reads from files, and says what has changed."""

from dataclasses import replace

import pytest

from decisions.analysis import RULES_VERSION
from decisions.ingest import ingest_all
from decisions.ingest.reanalysis import document_of, reanalyse
from decisions.models import Decision
from decisions.parsing import parse
from decisions.sources import Source
from tests.ingest.test_findings import statement

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "https://www.lgo.org.uk/decisions/education/school-transport/20-000-001"
PAID = {
    "outcome": "Upheld",
    "summary": "There was fault. The Council has agreed to apologise and pay Mr X £500.",
    "powers": "We investigate complaints of fault.",
    "found": "There was fault.",
    "action": "The Council will apologise to Mr X and pay him £500 for distress.",
    "final": "I have completed my investigation and uphold the complaint.",
}


@pytest.mark.parametrize(
    "data",
    [
        statement(),
        statement(category="Education"),
        statement(category=None, outcome=None, date=None),
        statement(**PAID),
        statement().replace(b"(20 000 001)", b"(20 000 001, 20 000 002)"),
    ],
)
def test_a_row_holds_the_document_that_it_was_made_from(data: bytes) -> None:
    ingest_all([Source("a.txt", data, ADDRESS)])
    read = replace(parse(data, "a.txt", ADDRESS), warnings=(), captured=None)
    assert document_of(Decision.objects.get()) == read


def test_decisions_that_gain_and_lose_findings_and_payments_are_counted() -> None:
    ingest_all(Source(f"{n}.txt", statement(f"20 000 00{n}", **PAID)) for n in range(1, 7))
    before = {
        "20 000 001": {"payment": None, "remedies": ["apology"]},
        "20 000 002": {"payment": 10_000},
        "20 000 003": {"payment": 60_000},
        "20 000 004": {"remedies": ["apology", "payment", "training"]},
        "20 000 005": {"provisions": ["lga-1974"]},
    }
    Decision.objects.update(rules_version=RULES_VERSION - 1)
    for reference, fields in before.items():
        assert Decision.objects.filter(reference=reference).update(**fields) == 1
    done: list[int] = []
    summary = reanalyse(done.append)
    assert (summary.analysed, summary.changed, done) == (6, 5, [6])
    assert list(summary.lines()) == [
        "law lga-1974: 0 more, 1 fewer",
        "payment total: 2 more, 1 fewer",
        "remedy payment: 1 more, 0 fewer",
        "remedy training: 0 more, 1 fewer",
    ]
    assert set(Decision.objects.values_list("payment", flat=True)) == {50_000}
    assert not Decision.objects.exclude(rules_version=RULES_VERSION).exists()
