"""The share upheld of those investigated, in all and year by year."""

from dataclasses import replace

from decisions.filters import Names, address_of
from decisions.phrasing import decisions
from decisions.pictures.parts import Cell, Mark, Picture, Row, Table, count_cell, in_year, with_term
from decisions.pictures.years import without_gaps
from decisions.search import Question, Tallies
from decisions.shares import NOT_UPHELD, UPHELD, Share, percent


def draw_share(tallies: Tallies, question: Question, names: Names) -> Picture | None:
    """None where nothing was investigated, or where the search itself chooses by the result."""
    overall = Share.of(tallies.outcomes)
    if overall is None or chooses_by_result(question):
        return None
    years = [(year, Share.of(counts)) for year, counts in without_gaps(tallies.years)]
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
            f" {decisions(share.upheld)}",
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
        count_cell(upheld, asked and with_term(asked, "outcome", UPHELD)),
        count_cell(investigated - upheld, asked and with_term(asked, "outcome", NOT_UPHELD)),
        count_cell(investigated, asked and _investigated(asked)),
        *(Cell(None if part is None else round(100 * part, 1)) for part in fractions),
    )
