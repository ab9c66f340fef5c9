"""The lines below a decision in a list, from the columns of its row."""

import pytest

from decisions.documents import NOT_STATED
from decisions.models import Decision
from decisions.web.presenters.result_summary import SummaryLine, summary_lines


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        ({}, []),
        # A payment alone, with and without the kind that belongs to it.
        ({"payment": 50_000}, [SummaryLine("Remedy", "£500", "")]),
        ({"payment": 50_000, "remedies": ["payment"]}, [SummaryLine("Remedy", "£500", "")]),
        ({"remedies": ["payment"]}, [SummaryLine("Remedy", "", "Payment")]),
        (
            {"payment": 150_050, "remedies": ["training", "apology", "payment"]},
            [SummaryLine("Remedy", "£1,500.50", "apology, staff training")],
        ),
        (
            {"reasons": ["late", "no-consent"]},
            [SummaryLine("Why", "", "Late, no consent or not a suitable representative")],
        ),
        ({"reasons": [NOT_STATED]}, [SummaryLine("Why", "", "Reason not stated")]),
        (
            {"reasons": ["late"], "payment": 100},
            [SummaryLine("Why", "", "Late"), SummaryLine("Remedy", "£1", "")],
        ),
    ],
)
def test_lines(columns, lines):
    assert summary_lines(Decision(**columns)) == lines
