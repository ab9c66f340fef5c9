"""The chart of the uphold rate: for all decisions found, and year by year."""

from dataclasses import replace

from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.chart import (
    Cell,
    Chart,
    Interval,
    Row,
    Table,
    count_cell,
    in_year,
    svg_number,
    with_term,
)
from decisions.web.charts.uphold_rate import NOT_UPHELD, UPHELD, UpholdRate, percent
from decisions.web.charts.years_chart import without_gaps
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import search_parameters, search_url, urls_by_value
from decisions.web.text_format import decision_count


def draw_uphold_rate(
    aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels
) -> Chart | None:
    """The chart; None if nothing was investigated, or if the search filters by the result."""
    overall = UpholdRate.of(aggregations.outcomes)
    if overall is None or filters_by_result(search_query):
        return None
    years = [(year, UpholdRate.of(counts)) for year, counts in without_gaps(aggregations.years)]
    rows = [_row("All", overall, search_query)]
    if len(years) > 1:
        rows += [_row(str(year), rate, in_year(search_query, year)) for year, rate in years]
    undated = UpholdRate.of(aggregations.years.get(None, {}))
    return Chart(
        "uphold-rate",
        "Uphold rate of complaints investigated",
        uphold_rate_in_words(overall),
        tuple(rows),
        Table(
            (
                "Year",
                "Upheld",
                "Not upheld",
                "Investigated",
                "Upheld in %",
                "95% interval from, in %",
                "95% interval to, in %",
            ),
            (
                *(_cells(str(year), rate, in_year(search_query, year)) for year, rate in years),
                *([_cells("Not stated", undated, None)] if undated else []),
                _cells("All", overall, search_query),
            ),
        ),
        search_parameters(search_query),
        term="uphold-rate",
        reference_rate=svg_number(100 * overall.fraction) if len(rows) > 1 else None,
    )


def uphold_rate_in_words(rate: UpholdRate) -> str:
    """`61% of 1,200 investigated were upheld (95% interval: 58% to 64%).`"""
    lower, upper = rate.interval
    return (
        f"{percent(rate.fraction)} of {rate.investigated:,} investigated"
        f" {'was' if rate.investigated == 1 else 'were'} upheld"
        f" (95% interval: {percent(lower)} to {percent(upper)})."
    )


def filters_by_result(search_query: SearchQuery) -> bool:
    """Whether the search filters by how decisions ended, which makes an uphold rate meaningless."""
    by_term = any(search_query.terms.get(name) for name in ("outcome", "reason", "remedy"))
    return by_term or (search_query.payment_min, search_query.payment_max) != (None, None)


def _row(label: str, rate: UpholdRate | None, search_query: SearchQuery) -> Row:
    if rate is None:
        return Row(label, "", None, remark="none")
    lower, upper = rate.interval
    return Row(
        label,
        percent(rate.fraction),
        search_url(_investigated(search_query)),
        interval=Interval(
            f"{label}: {percent(rate.fraction)} of {rate.investigated:,} upheld,"
            f" {decision_count(rate.upheld)}",
            svg_number(100 * rate.fraction),
            svg_number(100 * lower),
            svg_number(100 * upper),
            svg_number(100 * (upper - lower)),
            search_url(with_term(search_query, "outcome", UPHELD)),
        ),
        remark=f"of {rate.investigated:,}",
    )


def _investigated(search_query: SearchQuery) -> SearchQuery:
    return replace(search_query, terms={**search_query.terms, "outcome": (UPHELD, NOT_UPHELD)})


def _cells(
    label: str, rate: UpholdRate | None, search_query: SearchQuery | None
) -> tuple[Cell, ...]:
    """A row of the table; a year without investigated complaints has counts of 0 and no rate."""
    upheld = rate.upheld if rate else 0
    investigated = rate.investigated if rate else 0
    fractions = (rate.fraction, *rate.interval) if rate else (None, None, None)
    urls, investigated_url = {}, None
    if search_query and investigated:
        urls = urls_by_value(search_query, "outcome", (UPHELD, NOT_UPHELD))
        investigated_url = search_url(_investigated(search_query))
    return (
        Cell(label),
        count_cell(upheld, urls.get(UPHELD)),
        count_cell(investigated - upheld, urls.get(NOT_UPHELD)),
        count_cell(investigated, investigated_url),
        *(Cell(None if part is None else round(100 * part, 1)) for part in fractions),
    )
