"""Over time, by outcome."""

from collections.abc import Iterator, Mapping

from decisions.filters import Names, address_of
from decisions.models import NOT_STATED
from decisions.phrasing import decisions
from decisions.pictures.parts import (
    Bar,
    Cell,
    Key,
    Picture,
    Row,
    Table,
    count_cell,
    in_year,
    with_term,
)
from decisions.search import Question, Tallies
from decisions.shares import NOT_UPHELD, UPHELD, percent

# The order in which outcomes stand in a bar, other ones after them.
OUTCOMES = (UPHELD, NOT_UPHELD, "closed-after-initial-enquiries")

# Years without any decision have a row of their own, unless one date far off is more likely a slip.
_LONGEST_GAP = 10


def draw_years(tallies: Tallies, question: Question, names: Names) -> Picture:
    outcomes = _in_order(tallies.outcomes)
    called = {outcome: names["outcome"].get(outcome, outcome) for outcome in outcomes}
    by_year = dict(without_gaps(tallies.years))
    fullest = max((sum(counts.values()) for counts in by_year.values()), default=1)
    rows = []
    for year, counts in by_year.items():
        asked = in_year(question, year)
        bars, start = [], 0.0
        for outcome in (outcome for outcome in outcomes if outcome in counts):
            width = 100 * counts[outcome] / fullest
            name = f"{year}, {called[outcome]}: {decisions(counts[outcome])}"
            query = address_of(with_term(asked, "outcome", outcome))
            bars.append(Bar(_kind(outcome), name, start, width, query))
            start += width
        total = sum(counts.values())
        rows.append(Row(str(year), f"{total:,}", address_of(asked) if total else None, tuple(bars)))
    keys = [
        Key(
            _kind(outcome),
            called[outcome],
            count,
            percent(count / tallies.total),
            address_of(with_term(question, "outcome", outcome)),
        )
        for outcome, count in ((outcome, tallies.outcomes[outcome]) for outcome in outcomes)
    ]
    return Picture(
        "years",
        "Decisions by year and outcome",
        _years_in_words(tallies, by_year),
        tuple(rows),
        Table(
            ("Year", *called.values(), "All"),
            tuple(_years_table(tallies, question, by_year, outcomes)),
        ),
        address_of(question),
        tuple(keys),
    )


def _years_table(
    tallies: Tallies,
    question: Question,
    by_year: Mapping[int, Mapping[str, int]],
    outcomes: list[str],
) -> Iterator[tuple[Cell, ...]]:
    for year, counts in by_year.items():
        asked = in_year(question, year)
        cells = (
            count_cell(counts.get(outcome, 0), with_term(asked, "outcome", outcome))
            for outcome in outcomes
        )
        yield Cell(str(year)), *cells, count_cell(sum(counts.values()), asked)
    if None in tallies.years:
        undated = tallies.years[None]
        numbers = (Cell(undated.get(outcome, 0)) for outcome in outcomes)
        yield Cell("Not stated"), *numbers, Cell(sum(undated.values()))


def _years_in_words(tallies: Tallies, by_year: Mapping[int, Mapping[str, int]]) -> str:
    said = decisions(tallies.total)
    if by_year:
        first, last = min(by_year), max(by_year)
        said += f" in {first}" if first == last else f" from {first} to {last}"
    if len(by_year) > 1:
        totals = {year: sum(counts.values()) for year, counts in by_year.items()}
        busiest = max(totals, key=lambda year: totals[year])
        said += f", the most in {busiest}: {totals[busiest]:,}"
    undated = sum(tallies.years.get(None, {}).values())
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
