"""Tallies as pictures: rows of bars, each with the search for exactly its decisions, and a table.

Every picture has a title, a sentence that says in numbers what it shows, and a table of the same.
Rows and not columns, because words beside a bar can be read on a phone. No engine, no database:
names come with the call.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from decisions.filters import Names, address_of
from decisions.glance import pounds
from decisions.models import NOT_STATED
from decisions.search import Payments, Question, Tallies
from decisions.shares import NOT_UPHELD, UPHELD, Share, percent

# The order in which outcomes stand in a bar, other ones after them.
OUTCOMES = (UPHELD, NOT_UPHELD, "closed-after-initial-enquiries")

# Years without any decision have a row of their own, unless one date far off is more likely a slip.
_LONGEST_GAP = 10

# Bars of one picture; beyond, nobody compares them.
_MOST_ROWS = 10

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Bar:
    """`start` and `width` are in hundredths of the picture; `kind` is how it is filled."""

    kind: str
    name: str
    start: float
    width: float
    query: QueryDict


@dataclass(frozen=True)
class Mark:
    """A share and its interval, in hundredths."""

    name: str
    at: float
    least: float
    most: float
    query: QueryDict

    @property
    def width(self) -> float:
        return self.most - self.least


@dataclass(frozen=True)
class Row:
    """`value` is what stands at its end, `remark` what stands there more quietly."""

    label: str
    value: str
    query: QueryDict | None
    bars: tuple[Bar, ...] = ()
    mark: Mark | None = None
    remark: str = ""


@dataclass(frozen=True)
class Key:
    """What a kind of bar means, in all its rows together."""

    kind: str
    name: str
    count: int
    share: str
    query: QueryDict


@dataclass(frozen=True)
class Cell:
    """`query` asks for the decisions that were counted; None where there are none, or no such
    search."""

    value: str | int | float | None
    query: QueryDict | None = None

    @property
    def text(self) -> str:
        if self.value is None:
            return "–"
        if isinstance(self.value, float):
            return f"{self.value:.1f}"
        return f"{self.value:,}" if isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """`name` is its table's in the address of the CSV file; `ways` lead on, by their names.

    `reference` is a line through all rows, to compare them with, in hundredths.
    """

    name: str
    title: str
    sentence: str
    rows: tuple[Row, ...]
    table: Table
    query: QueryDict
    keys: tuple[Key, ...] = ()
    reference: float | None = None
    ways: tuple[tuple[str, QueryDict], ...] = ()


TABLES = ("years", "share", "reasons", "payments", "remedies")


def pictures(
    tallies: Tallies, question: Question, names: Names, only: Iterable[str] = TABLES
) -> list[Picture]:
    """Those of the pictures in `only` for which there is something to show."""
    if not tallies.total:
        return []
    question = replace(question, sort="relevance", page=1)
    drawn = (_DRAWN[name](tallies, question, names) for name in only)
    return [picture for picture in drawn if picture]


def as_csv(table: Table) -> str:
    """As RFC 4180 says, names first; no cell that a spreadsheet would run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_harmless(head) for head in table.heads])
    writer.writerows([_harmless(cell.value) for cell in row] for row in table.rows)
    return file.getvalue()


def _harmless(value: str | int | float | None) -> str | int | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


# Over time by outcome ---------------------------------------------------------------------------


def _years(tallies: Tallies, question: Question, names: Names) -> Picture:
    outcomes = _in_order(tallies.outcomes)
    called = {outcome: names["outcome"].get(outcome, outcome) for outcome in outcomes}
    by_year = dict(_without_gaps(tallies.years))
    fullest = max((sum(counts.values()) for counts in by_year.values()), default=1)
    rows = []
    for year, counts in by_year.items():
        asked = in_year(question, year)
        bars, start = [], 0.0
        for outcome in (outcome for outcome in outcomes if outcome in counts):
            width = 100 * counts[outcome] / fullest
            name = f"{year}, {called[outcome]}: {_decisions(counts[outcome])}"
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
            _cell(counts.get(outcome, 0), with_term(asked, "outcome", outcome))
            for outcome in outcomes
        )
        yield Cell(str(year)), *cells, _cell(sum(counts.values()), asked)
    if None in tallies.years:
        undated = tallies.years[None]
        numbers = (Cell(undated.get(outcome, 0)) for outcome in outcomes)
        yield Cell("Not stated"), *numbers, Cell(sum(undated.values()))


def _years_in_words(tallies: Tallies, by_year: Mapping[int, Mapping[str, int]]) -> str:
    said = _decisions(tallies.total)
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


def _without_gaps(
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


# The share upheld -------------------------------------------------------------------------------


def _share(tallies: Tallies, question: Question, names: Names) -> Picture | None:
    """None where nothing was investigated, or where the search itself chooses by the result."""
    overall = Share.of(tallies.outcomes)
    if overall is None or chooses_by_result(question):
        return None
    years = [(year, Share.of(counts)) for year, counts in _without_gaps(tallies.years)]
    rows = [_share_row("All", overall, question)]
    if len(years) > 1:
        rows += [_share_row(str(year), share, in_year(question, year)) for year, share in years]
    undated = Share.of(tallies.years.get(None, {}))
    return Picture(
        "share",
        "Share upheld of those investigated",
        share_in_words(overall),
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
                *(_share_cells(str(y), share, in_year(question, y)) for y, share in years),
                *([_share_cells("Not stated", undated, None)] if undated else []),
                _share_cells("All", overall, question),
            ),
        ),
        address_of(question),
        reference=100 * overall.fraction if len(rows) > 1 else None,
    )


def share_in_words(share: Share) -> str:
    least, most = share.interval
    return (
        f"{percent(share.fraction)} of {share.investigated:,} investigated"
        f" {'was' if share.investigated == 1 else 'were'} upheld"
        f" (95% interval: {percent(least)} to {percent(most)})."
    )


def chooses_by_result(question: Question) -> bool:
    """Whether a share of what it finds would only say what was asked for."""
    by_term = any(question.terms.get(name) for name in ("outcome", "reason", "remedy"))
    return by_term or (question.payment_min, question.payment_max) != (None, None)


def _share_row(label: str, share: Share | None, asked: Question) -> Row:
    if share is None:
        return Row(label, "", None, remark="none")
    least, most = share.interval
    return Row(
        label,
        percent(share.fraction),
        address_of(_investigated(asked)),
        mark=Mark(
            f"{label}: {percent(share.fraction)} of {share.investigated:,} upheld,"
            f" {_decisions(share.upheld)}",
            100 * share.fraction,
            100 * least,
            100 * most,
            address_of(with_term(asked, "outcome", UPHELD)),
        ),
        remark=f"of {share.investigated:,}",
    )


def _investigated(asked: Question) -> Question:
    return replace(asked, terms={**asked.terms, "outcome": (UPHELD, NOT_UPHELD)})


def _share_cells(label: str, share: Share | None, asked: Question | None) -> tuple[Cell, ...]:
    """A year without any investigated has its noughts, and no share."""
    upheld = share.upheld if share else 0
    investigated = share.investigated if share else 0
    fractions = (share.fraction, *share.interval) if share else (None, None, None)
    return (
        Cell(label),
        _cell(upheld, asked and with_term(asked, "outcome", UPHELD)),
        _cell(investigated - upheld, asked and with_term(asked, "outcome", NOT_UPHELD)),
        _cell(investigated, asked and _investigated(asked)),
        *(Cell(None if part is None else round(100 * part, 1)) for part in fractions),
    )


# Reasons, remedies, payments ---------------------------------------------------------------------


def _reasons(tallies: Tallies, question: Question, names: Names) -> Picture | None:
    counts = _countable(tallies.reasons, question, "reason")
    if not counts:
        return None
    stated = [code for code in counts if code != NOT_STATED]
    sentence = f"{tallies.closed:,} closed, and none says why in words this archive knows."
    if stated:
        most = stated[0]
        sentence = (
            f"“{names['reason'][most]}” is given most often: in {counts[most]:,} of"
            f" {tallies.closed:,} closed, {percent(counts[most] / tallies.closed)}."
            " A decision may give several."
        )
    return _simple(
        "reasons",
        "Why complaints were closed",
        sentence,
        "Reason",
        "reason",
        counts,
        question,
        names,
        tallies.closed,
    )


def _remedies(tallies: Tallies, question: Question, names: Names) -> Picture | None:
    counts = _countable(tallies.remedies, question, "remedy")
    if not counts:
        return None
    most = next(iter(counts))
    return _simple(
        "remedies",
        "What was to be put right",
        f"“{names['remedy'].get(most, most)}” most often: in {_decisions(counts[most])}."
        " A decision may ask for several.",
        "Remedy",
        "remedy",
        counts,
        question,
        names,
    )


def _countable(counts: Mapping[str, int], question: Question, name: str) -> dict[str, int]:
    """The most frequent first, not stated last. What is chosen from already is counted alone:
    no search asks for what has the chosen and another as well."""
    chosen = question.terms.get(name)
    kept = {value: count for value, count in counts.items() if not chosen or value in chosen}
    return dict(sorted(kept.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1])))


def _simple(
    table: str,
    title: str,
    sentence: str,
    head: str,
    name: str,
    counts: Mapping[str, int],
    question: Question,
    names: Names,
    of: int | None = None,
) -> Picture:
    """A bar for each value of a filter, and its share `of` so many where that is given."""
    fullest = max(counts.values())
    rows, cells = [], []
    for value, count in counts.items():
        label = names[name].get(value, value)
        asked = with_term(question, name, value)
        share = percent(count / of) if of else ""
        rows.append(_row(label, count, fullest, asked, share))
        shares = (Cell(round(100 * count / of, 1)),) if of else ()
        cells.append((Cell(label), _cell(count, asked), *shares))
    heads = (head, "Decisions", f"In % of {of:,} closed") if of else (head, "Decisions")
    if len(rows) > _MOST_ROWS + 1:
        sentence += f" The {len(rows) - _MOST_ROWS} rarest are in the table alone."
        rows = rows[:_MOST_ROWS]
    return Picture(
        table, title, sentence, tuple(rows), Table(heads, tuple(cells)), address_of(question)
    )


def _payments(tallies: Tallies, question: Question, names: Names) -> Picture | None:
    payments = tallies.payments
    if not payments.number:
        return None
    rows, cells = [], []
    fullest = max(payments.bands.values())
    bands = list(payments.bands)
    for band, end in zip(bands, [*(band - 1 for band in bands[1:]), None], strict=True):
        count = payments.bands[band]
        asked = replace(
            question,
            payment_min=max(band, question.payment_min or 0) or None,
            payment_max=_least_of(end, question.payment_max),
        )
        label = _band(band, end)
        rows.append(_row(label, count, fullest, asked, percent(count / payments.number)))
        cells.append((Cell(label), _cell(count, asked)))
    return Picture(
        "payments",
        "What was paid",
        payments_in_words(payments),
        tuple(rows),
        Table(("Payment", "Decisions"), tuple(cells)),
        address_of(question),
        ways=(("The largest first", address_of(_with_payment(question))),),
    )


def _with_payment(question: Question) -> Question:
    return replace(question, payment_min=question.payment_min or 0, sort="payment")


def payments_in_words(payments: Payments) -> str:
    """In how many decisions, their median, range and sum; of one payment just that."""
    if payments.least is None or payments.median is None or payments.most is None:
        return "No payment was recommended or agreed."
    if payments.number == 1:
        return f"One decision with a payment, of {pounds(payments.total)}."
    return (
        f"{_decisions(payments.number)} with a payment, half of them of {pounds(payments.median)}"
        f" or less: from {pounds(payments.least)} to {pounds(payments.most)},"
        f" {pounds(payments.total)} in all."
    )


def _band(begin: int, end: int | None) -> str:
    if end is None:
        return f"£{begin:,} or more"
    return f"£{begin:,} to £{end:,}" if begin else f"Under £{end + 1:,}"


def _least_of(*several: int | None) -> int | None:
    return min((one for one in several if one is not None), default=None)


# Common to all ----------------------------------------------------------------------------------


def with_term(question: Question, name: str, value: str) -> Question:
    return replace(question, terms={**question.terms, name: (value,)})


def in_year(question: Question, year: int) -> Question:
    """Only that year's, within the dates that the question has already."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return replace(
        question,
        date_from=max(first, question.date_from or first),
        date_to=min(last, question.date_to or last),
    )


def _row(label: str, count: int, fullest: int, asked: Question, share: str) -> Row:
    if not count:
        return Row(label, "0", None)
    query = address_of(asked)
    bar = Bar("plain", f"{label}: {_decisions(count)}", 0, 100 * count / fullest, query)
    return Row(label, f"{count:,}", query, (bar,), remark=share)


def _cell(count: int, asked: Question | None) -> Cell:
    return Cell(count, address_of(asked) if asked and count else None)


def _decisions(count: int) -> str:
    return f"{count:,} decision{'' if count == 1 else 's'}"


_DRAWN = {
    "years": _years,
    "share": _share,
    "reasons": _reasons,
    "remedies": _remedies,
    "payments": _payments,
}
