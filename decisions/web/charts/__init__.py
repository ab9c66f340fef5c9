"""Tallies as charts: rows of bars, each with the search for exactly its decisions, and a table.

Every chart has a title, a sentence that says in numbers what it shows, and a table of the same.
Rows and not columns, because words beside a bar can be read on a phone. No engine, no database:
names come with the call.
"""

from collections.abc import Iterable
from dataclasses import replace

from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.parts import Chart, Table, as_csv
from decisions.web.charts.uphold_rates import (
    chooses_by_result,
    draw_uphold_rates,
    uphold_rate_in_words,
)
from decisions.web.charts.values import draw_payments, draw_reasons, draw_remedies
from decisions.web.charts.years import draw_years
from decisions.web.facet_labels import FacetLabels

__all__ = [
    "TABLES",
    "Chart",
    "Table",
    "as_csv",
    "charts",
    "chooses_by_result",
    "uphold_rate_in_words",
]

# By their names in addresses, in the order in which they stand.
_DRAWN = {
    "years": draw_years,
    "uphold-rate": draw_uphold_rates,
    "reasons": draw_reasons,
    "payments": draw_payments,
    "remedies": draw_remedies,
}
TABLES = tuple(_DRAWN)


def charts(
    aggregations: Aggregations,
    search_query: SearchQuery,
    names: FacetLabels,
    only: Iterable[str] = TABLES,
) -> list[Chart]:
    """Those of the charts in `only` for which there is something to show."""
    if not aggregations.total:
        return []
    search_query = replace(search_query, sort="relevance", page=1)
    drawn = (_DRAWN[name](aggregations, search_query, names) for name in only)
    return [chart for chart in drawn if chart]
