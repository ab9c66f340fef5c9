"""The chart of decisions by year and outcome."""

from collections.abc import Iterator, Mapping

from decisions.models import NOT_STATED
from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.chart import (
    Bar,
    Cell,
    Chart,
    LegendEntry,
    Row,
    Table,
    count_cell,
    in_year,
    svg_number,
)
from decisions.web.charts.uphold_rate import NOT_UPHELD, UPHELD, percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import search_parameters, search_url, urls_by_value
from decisions.web.text_format import decision_count

# The outcomes that have their own fill, in their order within a bar; all others follow.
OUTCOMES = (UPHELD, NOT_UPHELD, "closed-after-initial-enquiries")

# Most consecutive years without decisions that get empty rows. A longer gap gets none: a date far
# from all others is probably a mistake.
MAX_EMPTY_YEARS = 9


def draw_years(aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels) -> Chart:
    """A row for each year, with a part of its bar for each outcome."""
    outcomes = _in_order(aggregations.outcomes)
    outcome_labels = {outcome: labels["outcome"].get(outcome, outcome) for outcome in outcomes}
    by_year = dict(without_gaps(aggregations.years))
    largest = max((sum(counts.values()) for counts in by_year.values()), default=1)
    rows: list[Row] = []
    cells: list[tuple[Cell, ...]] = []
    for year, counts in by_year.items():
        year_query = in_year(search_query, year)
        urls = urls_by_value(year_query, "outcome", counts)
        bars, start = [], 0.0
        for outcome in (outcome for outcome in outcomes if outcome in counts):
            width = 100 * counts[outcome] / largest
            name = f"{year}, {outcome_labels[outcome]}: {decision_count(counts[outcome])}"
            bars.append(
                Bar(_fill(outcome), name, svg_number(start), svg_number(width), urls[outcome])
            )
            start += width
        total, url = sum(counts.values()), search_url(year_query)
        rows.append(Row(str(year), f"{total:,}", url if total else None, tuple(bars)))
        by_outcome = (count_cell(counts.get(one, 0), urls.get(one)) for one in outcomes)
        cells.append((Cell(str(year)), *by_outcome, count_cell(total, url)))
    if None in aggregations.years:
        undated = aggregations.years[None]
        numbers = (Cell(undated.get(outcome, 0)) for outcome in outcomes)
        cells.append((Cell("Not stated"), *numbers, Cell(sum(undated.values()))))
    urls = urls_by_value(search_query, "outcome", outcomes)
    legend = [
        LegendEntry(
            _fill(outcome),
            outcome_labels[outcome],
            aggregations.outcomes[outcome],
            percent(aggregations.outcomes[outcome] / aggregations.total),
            urls[outcome],
        )
        for outcome in outcomes
    ]
    return Chart(
        "years",
        "Decisions by year and outcome",
        _years_in_words(aggregations, by_year),
        tuple(rows),
        Table(("Year", *outcome_labels.values(), "All"), tuple(cells)),
        search_parameters(search_query),
        tuple(legend),
    )


def _years_in_words(aggregations: Aggregations, by_year: Mapping[int, Mapping[str, int]]) -> str:
    words = decision_count(aggregations.total)
    if by_year:
        first, last = min(by_year), max(by_year)
        words += f" in {first}" if first == last else f" from {first} to {last}"
    if len(by_year) > 1:
        totals = {year: sum(counts.values()) for year, counts in by_year.items()}
        busiest = max(totals, key=lambda year: totals[year])
        words += f", the most in {busiest} ({totals[busiest]:,})"
    undated = sum(aggregations.years.get(None, {}).values())
    if undated:
        words += f". {undated:,} {'does' if undated == 1 else 'do'} not state a date"
    return f"{words}."


def without_gaps(
    years: Mapping[int | None, Mapping[str, int]],
) -> Iterator[tuple[int, Mapping[str, int]]]:
    """The dated years in order, with an empty one for each year missing in a short gap."""
    previous: int | None = None
    for year, counts in years.items():
        if year is None:
            continue
        if previous is not None and year - previous <= MAX_EMPTY_YEARS + 1:
            yield from ((empty, {}) for empty in range(previous + 1, year))
        yield year, counts
        previous = year


def _in_order(outcomes: Mapping[str, int]) -> list[str]:
    """The known outcomes first, the others by count, not stated last."""
    known = [outcome for outcome in OUTCOMES if outcome in outcomes]
    others = sorted(
        (outcome for outcome in outcomes if outcome not in OUTCOMES),
        key=lambda outcome: (outcome == NOT_STATED, -outcomes[outcome], outcome),
    )
    return known + others


def _fill(outcome: str) -> str:
    return outcome if outcome in OUTCOMES else "other"
