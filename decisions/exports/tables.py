"""The decisions of a list as CSV and JSON Lines, in chunks of bytes."""

import json
from collections.abc import Iterable, Iterator, Sequence

from decisions.models import Decision
from decisions.serializers import (
    BYTE_ORDER_MARK,
    COLUMNS,
    csv_lines,
    decision_rows,
    decision_summaries_json,
)

Batches = Iterable[Sequence[Decision]]


def csv_chunks(batches: Batches, base_url: str) -> Iterator[bytes]:
    """One line a decision, after a line with the names of the columns."""
    yield (BYTE_ORDER_MARK + csv_lines([COLUMNS])).encode()
    for decisions in batches:
        yield csv_lines(row.cells() for row in decision_rows(decisions, base_url)).encode()


def json_lines_chunks(batches: Batches, base_url: str) -> Iterator[bytes]:
    """One line of JSON a decision: its summary as lists of the API give it."""
    for decisions in batches:
        summaries = decision_summaries_json(decisions, base_url)
        lines = (json.dumps(summary, ensure_ascii=False) for summary in summaries)
        yield "".join(f"{line}\n" for line in lines).encode()
