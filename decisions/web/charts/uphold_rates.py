"""The share upheld of those investigated, in all and year by year."""

from dataclasses import replace

from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.parts import Cell, Chart, Mark, Row, Table, count_cell, in_year, with_term
from decisions.web.charts.uphold_rate import NOT_UPHELD, UPHELD, UpholdRate, percent
from decisions.web.charts.years import without_gaps
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import to_querydict
from decisions.web.text_format import decisions


def draw_uphold_rates(
    aggregations: Aggregations, search_query: SearchQuery, names: FacetLabels
) -> Chart | None:
    """None where nothing was investigated, or where the search itself chooses by the result."""
    overall = UpholdRate.of(aggregations.outcomes)
    if overall is None or chooses_by_result(search_query):
        return None
    years = [(year, UpholdRate.of(counts)) for year, counts in without_gaps(aggregations.years)]
    rows = [_share_row("All", overall, search_query)]
    if len(years) > 1:
        rows += [_share_row(str(year), share, in_year(search_query, year)) for year, share in years]
    undated = UpholdRate.of(aggregations.years.get(None, {}))
    return Chart(
        "uphold-rate",
        "Share upheld of those investigated",
        uphold_rate_in_words(overall),
        tuple(rows),
        Table(
            (
                "Year",
                "Upheld",
                "Not upheld",
                "Investigated",
                "Upheld in %",
                "At least in % (95%)",
                "At most in % (95%)",
            ),
            (
                *(_share_cells(str(y), share, in_year(search_query, y)) for y, share in years),
                *([_share_cells("Not stated", undated, None)] if undated else []),
                _share_cells("All", overall, search_query),
            ),
        ),
        to_querydict(search_query),
        reference=100 * overall.fraction if len(rows) > 1 else None,
    )


def uphold_rate_in_words(share: UpholdRate) -> str:
    least, most = share.interval
    return (
        f"{percent(share.fraction)} of {share.investigated:,} investigated"
        f" {'was' if share.investigated == 1 else 'were'} upheld"
        f" (95% interval: {percent(least)} to {percent(most)})."
    )


def chooses_by_result(search_query: SearchQuery) -> bool:
    """Whether a share of what it finds would only say what was asked for."""
    by_term = any(search_query.terms.get(name) for name in ("outcome", "reason", "remedy"))
    return by_term or (search_query.payment_min, search_query.payment_max) != (None, None)


def _share_row(label: str, share: UpholdRate | None, asked: SearchQuery) -> Row:
    if share is None:
        return Row(label, "", None, remark="none")
    least, most = share.interval
    return Row(
        label,
        percent(share.fraction),
        to_querydict(_investigated(asked)),
        mark=Mark(
            f"{label}: {percent(share.fraction)} of {share.investigated:,} upheld,"
            f" {decisions(share.upheld)}",
            100 * share.fraction,
            100 * least,
            100 * most,
            to_querydict(with_term(asked, "outcome", UPHELD)),
        ),
        remark=f"of {share.investigated:,}",
    )


def _investigated(asked: SearchQuery) -> SearchQuery:
    return replace(asked, terms={**asked.terms, "outcome": (UPHELD, NOT_UPHELD)})


def _share_cells(
    label: str, share: UpholdRate | None, asked: SearchQuery | None
) -> tuple[Cell, ...]:
    """A year without any investigated has its noughts, and no share."""
    upheld = share.upheld if share else 0
    investigated = share.investigated if share else 0
    fractions = (share.fraction, *share.interval) if share else (None, None, None)
    return (
        Cell(label),
        count_cell(upheld, asked and with_term(asked, "outcome", UPHELD)),
        count_cell(investigated - upheld, asked and with_term(asked, "outcome", NOT_UPHELD)),
        count_cell(investigated, asked and _investigated(asked)),
        *(Cell(None if part is None else round(100 * part, 1)) for part in fractions),
    )
