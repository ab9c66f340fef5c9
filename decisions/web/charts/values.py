"""Reasons, remedies and payments: a bar for each value of a filter, or each band of sums."""

from collections.abc import Mapping
from dataclasses import replace

from decisions.models import NOT_STATED
from decisions.search import Aggregations, Payments, SearchQuery
from decisions.web.charts.parts import Cell, Chart, Table, bar_row, count_cell, with_term
from decisions.web.charts.uphold_rate import percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import to_querydict
from decisions.web.text_format import decisions, pounds

# Bars of one chart; beyond, nobody compares them.
_MOST_ROWS = 10


def draw_reasons(
    aggregations: Aggregations, search_query: SearchQuery, names: FacetLabels
) -> Chart | None:
    counts = _countable(aggregations.reasons, search_query, "reason")
    if not counts:
        return None
    stated = [code for code in counts if code != NOT_STATED]
    sentence = f"{aggregations.closed:,} closed, and none says why in words this archive knows."
    if stated:
        most = stated[0]
        sentence = (
            f"“{names['reason'][most]}” is given most often: in {counts[most]:,} of"
            f" {aggregations.closed:,} closed, {percent(counts[most] / aggregations.closed)}."
            " A decision may give several."
        )
    return _simple(
        "reasons",
        "Why complaints were closed",
        sentence,
        "Reason",
        "reason",
        counts,
        search_query,
        names,
        aggregations.closed,
    )


def draw_remedies(
    aggregations: Aggregations, search_query: SearchQuery, names: FacetLabels
) -> Chart | None:
    counts = _countable(aggregations.remedies, search_query, "remedy")
    if not counts:
        return None
    most = next(iter(counts))
    return _simple(
        "remedies",
        "What was to be put right",
        f"“{names['remedy'].get(most, most)}” most often: in {decisions(counts[most])}."
        " A decision may ask for several.",
        "Remedy",
        "remedy",
        counts,
        search_query,
        names,
    )


def _countable(counts: Mapping[str, int], search_query: SearchQuery, name: str) -> dict[str, int]:
    """The most frequent first, not stated last. What is chosen from already is counted alone:
    no search asks for what has the chosen and another as well."""
    chosen = search_query.terms.get(name)
    kept = {value: count for value, count in counts.items() if not chosen or value in chosen}
    return dict(sorted(kept.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1])))


def _simple(
    table: str,
    title: str,
    sentence: str,
    head: str,
    name: str,
    counts: Mapping[str, int],
    search_query: SearchQuery,
    names: FacetLabels,
    of: int | None = None,
) -> Chart:
    """A bar for each value of a filter, and its share `of` so many where that is given."""
    fullest = max(counts.values())
    rows, cells = [], []
    for value, count in counts.items():
        label = names[name].get(value, value)
        asked = with_term(search_query, name, value)
        share = percent(count / of) if of else ""
        rows.append(bar_row(label, count, fullest, asked, share))
        shares = (Cell(round(100 * count / of, 1)),) if of else ()
        cells.append((Cell(label), count_cell(count, asked), *shares))
    heads = (head, "Decisions", f"In % of {of:,} closed") if of else (head, "Decisions")
    if len(rows) > _MOST_ROWS + 1:
        sentence += f" The {len(rows) - _MOST_ROWS} rarest are in the table alone."
        rows = rows[:_MOST_ROWS]
    return Chart(
        table, title, sentence, tuple(rows), Table(heads, tuple(cells)), to_querydict(search_query)
    )


def draw_payments(
    aggregations: Aggregations, search_query: SearchQuery, names: FacetLabels
) -> Chart | None:
    payments = aggregations.payments
    if not payments.number:
        return None
    rows, cells = [], []
    fullest = max(payments.bands.values())
    bands = list(payments.bands)
    for band, end in zip(bands, [*(band - 1 for band in bands[1:]), None], strict=True):
        count = payments.bands[band]
        asked = replace(
            search_query,
            payment_min=max(band, search_query.payment_min or 0) or None,
            payment_max=_least_of(end, search_query.payment_max),
        )
        label = _band(band, end)
        rows.append(bar_row(label, count, fullest, asked, percent(count / payments.number)))
        cells.append((Cell(label), count_cell(count, asked)))
    return Chart(
        "payments",
        "What was paid",
        payments_in_words(payments),
        tuple(rows),
        Table(("Payment", "Decisions"), tuple(cells)),
        to_querydict(search_query),
        ways=(("The largest first", to_querydict(_with_payment(search_query))),),
    )


def _with_payment(search_query: SearchQuery) -> SearchQuery:
    return replace(search_query, payment_min=search_query.payment_min or 0, sort="payment")


def payments_in_words(payments: Payments) -> str:
    """In how many decisions, their median, range and sum; of one payment just that."""
    if payments.least is None or payments.median is None or payments.most is None:
        return "No payment was recommended or agreed."
    if payments.number == 1:
        return f"One decision with a payment, of {pounds(payments.total)}."
    return (
        f"{decisions(payments.number)} with a payment, half of them of {pounds(payments.median)}"
        f" or less: from {pounds(payments.least)} to {pounds(payments.most)},"
        f" {pounds(payments.total)} in all."
    )


def _band(begin: int, end: int | None) -> str:
    if end is None:
        return f"£{begin:,} or more"
    return f"£{begin:,} to £{end:,}" if begin else f"Under £{end + 1:,}"


def _least_of(*several: int | None) -> int | None:
    return min((one for one in several if one is not None), default=None)
