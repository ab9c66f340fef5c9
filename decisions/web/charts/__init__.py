"""Charts: Aggregations and a search query go in, Chart values for a template or CSV come out.

Each chart has a title, a sentence that says in numbers what it shows, rows of bars that link to
exactly the decisions they count, and a table of the same numbers. Bars are horizontal, so that
their labels can be read on a phone. Nothing here queries the index or the database.
"""

from collections.abc import Iterable
from dataclasses import replace

from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.bar_charts import draw_payments, draw_reasons, draw_remedies
from decisions.web.charts.chart import Chart, Table, table_to_csv
from decisions.web.charts.uphold_rate_chart import (
    draw_uphold_rate,
    filters_by_result,
    uphold_rate_in_words,
)
from decisions.web.charts.years_chart import draw_years
from decisions.web.facet_labels import FacetLabels

__all__ = [
    "CHART_NAMES",
    "Chart",
    "Table",
    "draw_chart",
    "draw_charts",
    "filters_by_result",
    "table_to_csv",
    "uphold_rate_in_words",
]

# The charts by their names in addresses, in display order.
_DRAW = {
    "years": draw_years,
    "uphold-rate": draw_uphold_rate,
    "reasons": draw_reasons,
    "payments": draw_payments,
    "remedies": draw_remedies,
}
CHART_NAMES = tuple(_DRAW)


def draw_charts(
    aggregations: Aggregations,
    search_query: SearchQuery,
    labels: FacetLabels,
    names: Iterable[str] = CHART_NAMES,
) -> list[Chart]:
    """The charts with these names, for a page; one that compares nothing is omitted."""
    charts = (draw_chart(aggregations, search_query, labels, name) for name in names)
    return [chart for chart in charts if chart and chart.compares]


def draw_chart(
    aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels, name: str
) -> Chart | None:
    """One chart by its name, however little it shows; None if it has no numbers at all."""
    if not aggregations.total:
        return None
    return _DRAW[name](aggregations, replace(search_query, sort="relevance", page=1), labels)
