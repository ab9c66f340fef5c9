"""Bar charts of reasons, remedies and payments: one bar for each value or band of payments."""

from collections.abc import Mapping
from dataclasses import replace

from decisions.models import NOT_STATED
from decisions.search import Aggregations, Payments, SearchQuery
from decisions.web.charts.chart import Cell, Chart, Table, bar_row, count_cell
from decisions.web.charts.uphold_rate import percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.querystring import search_parameters, search_url, urls_by_value
from decisions.web.text_format import decision_count, pounds

# Most bars in one chart; the rarest values are in the table only, unless there is just one more.
MAX_BARS = 10


def draw_reasons(
    aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels
) -> Chart | None:
    """The chart of reasons for closing; None if no complaint was closed."""
    counts = _searchable_counts(aggregations.reasons, search_query, "reason")
    if not counts:
        return None
    stated = [code for code in counts if code != NOT_STATED]
    sentence = f"{aggregations.closed:,} closed. None states a reason that this archive recognises."
    if stated:
        most = stated[0]
        sentence = (
            f"“{labels['reason'][most]}” is the most common reason, in {counts[most]:,} of"
            f" {aggregations.closed:,} closed ({percent(counts[most] / aggregations.closed)})."
            " A decision may give several reasons."
        )
    return _facet_chart(
        "reasons",
        "Why complaints were closed",
        sentence,
        "Reason",
        "reason",
        counts,
        search_query,
        labels,
        aggregations.closed,
        term="closure-reason",
    )


def draw_remedies(
    aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels
) -> Chart | None:
    """The chart of remedies recommended or agreed; None if there are none."""
    counts = _searchable_counts(aggregations.remedies, search_query, "remedy")
    if not counts:
        return None
    most = next(iter(counts))
    return _facet_chart(
        "remedies",
        "Remedies",
        f"“{labels['remedy'].get(most, most)}” is the most common remedy,"
        f" in {decision_count(counts[most])}. A decision may recommend several.",
        "Remedy",
        "remedy",
        counts,
        search_query,
        labels,
        term="remedy",
    )


def _searchable_counts(
    counts: Mapping[str, int], search_query: SearchQuery, name: str
) -> dict[str, int]:
    """The counts that a search can link to, the most frequent first and not stated last.

    If the search filters by values of this kind, only these are kept: values of one filter are
    alternatives, so no search finds decisions that have a chosen value and another one.
    """
    chosen = search_query.terms.get(name)
    kept = {value: count for value, count in counts.items() if not chosen or value in chosen}
    return dict(sorted(kept.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1])))


def _facet_chart(
    table: str,
    title: str,
    sentence: str,
    header: str,
    name: str,
    counts: Mapping[str, int],
    search_query: SearchQuery,
    labels: FacetLabels,
    total: int | None = None,
    *,
    term: str,
) -> Chart:
    """A bar for each value of a filter, with its share of `total` where that is given."""
    largest = max(counts.values())
    rows, cells = [], []
    urls = urls_by_value(search_query, name, counts)
    for value, count in counts.items():
        label, url = labels[name].get(value, value), urls[value]
        share = percent(count / total) if total else ""
        rows.append(bar_row(label, count, largest, url, share))
        shares = (Cell(round(100 * count / total, 1)),) if total else ()
        cells.append((Cell(label), count_cell(count, url), *shares))
    share_headers = (f"In % of {total:,} closed",) if total else ()
    headers = (header, "Decisions", *share_headers)
    if len(rows) > MAX_BARS + 1:
        sentence += f" The {len(rows) - MAX_BARS} least common are only in the table."
        rows = rows[:MAX_BARS]
    query = search_parameters(search_query)
    return Chart(
        table, title, sentence, tuple(rows), Table(headers, tuple(cells)), query, term=term
    )


def draw_payments(
    aggregations: Aggregations, search_query: SearchQuery, labels: FacetLabels
) -> Chart | None:
    """The chart of payments recommended, in bands of whole pounds; None if there are none."""
    payments = aggregations.payments
    if not payments.number:
        return None
    rows, cells = [], []
    largest = max(payments.bands.values())
    starts = list(payments.bands)
    for start, end in zip(starts, [*(start - 1 for start in starts[1:]), None], strict=True):
        count = payments.bands[start]
        band_query = replace(
            search_query,
            payment_min=max(start, search_query.payment_min or 0) or None,
            payment_max=_minimum(end, search_query.payment_max),
        )
        label, url = _band_label(start, end), search_url(band_query)
        rows.append(bar_row(label, count, largest, url, percent(count / payments.number)))
        cells.append((Cell(label), count_cell(count, url)))
    return Chart(
        "payments",
        "Payments recommended",
        payments_in_words(payments),
        tuple(rows),
        Table(("Payment", "Decisions"), tuple(cells)),
        search_parameters(search_query),
        term="payment",
        links=(("The largest payments first", search_url(_largest_payment_first(search_query))),),
    )


def _largest_payment_first(search_query: SearchQuery) -> SearchQuery:
    return replace(search_query, payment_min=search_query.payment_min or 0, sort="payment")


def payments_in_words(payments: Payments) -> str:
    """Number, median, range and sum of the payments, as a sentence; for one payment its sum."""
    if payments.least is None or payments.median is None or payments.most is None:
        return "No payment was recommended or agreed."
    if payments.number == 1:
        return f"One decision has a payment, of {pounds(payments.total)}."
    return (
        f"{decision_count(payments.number)} have a payment. Median {pounds(payments.median)},"
        f" from {pounds(payments.least)} to {pounds(payments.most)},"
        f" {pounds(payments.total)} in total."
    )


def _band_label(start: int, end: int | None) -> str:
    if end is None:
        return f"£{start:,} or more"
    return f"£{start:,} to £{end:,}" if start else f"Under £{end + 1:,}"


def _minimum(*values: int | None) -> int | None:
    return min((value for value in values if value is not None), default=None)
