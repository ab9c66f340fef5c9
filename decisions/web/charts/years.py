"""Over time, by outcome."""

from collections.abc import Iterator, Mapping

from decisions.models import NOT_STATED
from decisions.search import Aggregations, SearchQuery
from decisions.web.charts.parts import (
    Bar,
    Cell,
    Chart,
    Key,
    Row,
    Table,
    count_cell,
    in_year,
    with_term,
)
from decisions.web.charts.uphold_rate import NOT_UPHELD, UPHELD, percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import to_querydict
from decisions.web.text_format import decisions

# The order in which outcomes stand in a bar, other ones after them.
OUTCOMES = (UPHELD, NOT_UPHELD, "closed-after-initial-enquiries")

# Years without any decision have a row of their own, unless one date far off is more likely a slip.
_LONGEST_GAP = 10


def draw_years(aggregations: Aggregations, search_query: SearchQuery, names: FacetLabels) -> Chart:
    outcomes = _in_order(aggregations.outcomes)
    called = {outcome: names["outcome"].get(outcome, outcome) for outcome in outcomes}
    by_year = dict(without_gaps(aggregations.years))
    fullest = max((sum(counts.values()) for counts in by_year.values()), default=1)
    rows = []
    for year, counts in by_year.items():
        asked = in_year(search_query, year)
        bars, start = [], 0.0
        for outcome in (outcome for outcome in outcomes if outcome in counts):
            width = 100 * counts[outcome] / fullest
            name = f"{year}, {called[outcome]}: {decisions(counts[outcome])}"
            query = to_querydict(with_term(asked, "outcome", outcome))
            bars.append(Bar(_kind(outcome), name, start, width, query))
            start += width
        total = sum(counts.values())
        rows.append(
            Row(str(year), f"{total:,}", to_querydict(asked) if total else None, tuple(bars))
        )
    keys = [
        Key(
            _kind(outcome),
            called[outcome],
            count,
            percent(count / aggregations.total),
            to_querydict(with_term(search_query, "outcome", outcome)),
        )
        for outcome, count in ((outcome, aggregations.outcomes[outcome]) for outcome in outcomes)
    ]
    return Chart(
        "years",
        "Decisions by year and outcome",
        _years_in_words(aggregations, by_year),
        tuple(rows),
        Table(
            ("Year", *called.values(), "All"),
            tuple(_years_table(aggregations, search_query, by_year, outcomes)),
        ),
        to_querydict(search_query),
        tuple(keys),
    )


def _years_table(
    aggregations: Aggregations,
    search_query: SearchQuery,
    by_year: Mapping[int, Mapping[str, int]],
    outcomes: list[str],
) -> Iterator[tuple[Cell, ...]]:
    for year, counts in by_year.items():
        asked = in_year(search_query, year)
        cells = (
            count_cell(counts.get(outcome, 0), with_term(asked, "outcome", outcome))
            for outcome in outcomes
        )
        yield Cell(str(year)), *cells, count_cell(sum(counts.values()), asked)
    if None in aggregations.years:
        undated = aggregations.years[None]
        numbers = (Cell(undated.get(outcome, 0)) for outcome in outcomes)
        yield Cell("Not stated"), *numbers, Cell(sum(undated.values()))


def _years_in_words(aggregations: Aggregations, by_year: Mapping[int, Mapping[str, int]]) -> str:
    said = decisions(aggregations.total)
    if by_year:
        first, last = min(by_year), max(by_year)
        said += f" in {first}" if first == last else f" from {first} to {last}"
    if len(by_year) > 1:
        totals = {year: sum(counts.values()) for year, counts in by_year.items()}
        busiest = max(totals, key=lambda year: totals[year])
        said += f", the most in {busiest}: {totals[busiest]:,}"
    undated = sum(aggregations.years.get(None, {}).values())
    if undated:
        said += f"; {undated:,} {'gives' if undated == 1 else 'give'} no date"
    return f"{said}."


def without_gaps(
    years: Mapping[int | None, Mapping[str, int]],
) -> Iterator[tuple[int, Mapping[str, int]]]:
    before: int | None = None
    for year, counts in years.items():
        if year is None:
            continue
        if before is not None and year - before <= _LONGEST_GAP:
            yield from ((empty, {}) for empty in range(before + 1, year))
        yield year, counts
        before = year


def _in_order(outcomes: Mapping[str, int]) -> list[str]:
    """Known ones first, others by their number, not stated last."""
    known = [outcome for outcome in OUTCOMES if outcome in outcomes]
    others = sorted(
        (outcome for outcome in outcomes if outcome not in OUTCOMES),
        key=lambda outcome: (outcome == NOT_STATED, -outcomes[outcome], outcome),
    )
    return known + others


def _kind(outcome: str) -> str:
    return outcome if outcome in OUTCOMES else "other"
