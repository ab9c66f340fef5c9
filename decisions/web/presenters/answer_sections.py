"""What stands above the results, as HTML: pages that answer what was asked, what usually happens.

These are not templates, because they have forty parts: as templates, those took a thirtieth of the
time of a list.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from decisions.web.presenters.answers import OfferedPage
from decisions.web.presenters.usual_outcomes import (
    CountLink,
    PaymentStatement,
    UpheldStatement,
    UsualOutcomes,
)
from decisions.web.querystring import Parameters, list_url
from decisions.web.text_format import decision_count


def answer_sections(pages: Sequence[OfferedPage], usual: UsualOutcomes | None) -> SafeString:
    """The pages that are offered, and the numbers of what usually happens; each only if any."""
    offered = [_offered(pages)] if pages else []
    return mark_safe("\n".join([*offered, *([_usual_outcomes(usual)] if usual else [])]))  # noqa: S308


def _offered(pages: Iterable[OfferedPage]) -> str:
    items = "\n".join(map(_offered_page, pages))
    return (
        '<nav class="answers" aria-label="Pages that may answer your question">\n'
        f"<ul>\n{items}\n</ul>\n</nav>"
    )


def _offered_page(page: OfferedPage) -> str:
    kind = f'<span class="label">{page.kind}<span class="visually-hidden">: </span></span> '
    count = f' <span class="n">{decision_count(page.count)}</span>' if page.count else ""
    about = f"<p>{escape(page.about)}</p>" if page.about else ""
    link = f'<a href="{escape(page.address)}">{escape(page.label)}</a>'
    return f"<li>{kind if page.kind else ''}{link}{count}{about}</li>"


def _usual_outcomes(usual: UsualOutcomes) -> str:
    statements = []
    if usual.upheld:
        statements.append(_upheld(usual.total, usual.upheld))
    if usual.payments:
        statements.append(_payments(usual.payments))
    if usual.reasons:
        statements.append(_reasons(usual.reasons))
    items = "\n".join([f"<li>{statement}</li>" for statement in statements])
    about = ""
    if usual.category:
        link = f'<a href="{escape(usual.category.address)}">{escape(usual.category.label)}</a>'
        about = (
            "<p>Too few decisions contain all your words to say so. These numbers are about all"
            f" decisions on {link}.</p>\n"
        )
    return (
        '<section class="usual-outcomes" aria-labelledby="usual-outcomes">\n'
        '<h2 id="usual-outcomes">What usually happens</h2>\n'
        f"{about}<ul>\n{items}\n</ul>\n</section>"
    )


def _upheld(total: int, statement: UpheldStatement) -> str:
    investigated, upheld = statement.investigated, statement.upheld
    link = _link(investigated.query, f"{investigated.count:,} were investigated")
    beginning = f"Of {total:,} decisions, {link}. "
    if not upheld.count:
        return f"{beginning}None of these was upheld."
    link = _link(upheld.query, f"{upheld.count:,} {'was' if upheld.count == 1 else 'were'} upheld")
    return f"{beginning}Of these, {link} ({statement.percentage})."


def _payments(statement: PaymentStatement) -> str:
    number = _link(statement.number.query, f"{statement.number.count:,} decisions")
    middle = statement.middle_half
    half = f", middle half {_link(middle.query, middle.label)}" if middle else ""
    return (
        f"A payment was recommended or agreed in {number}: median"
        f" <strong>{statement.median}</strong>{half}."
    )


def _reasons(reasons: Sequence[CountLink]) -> str:
    named = ", ".join(
        [f"{_link(reason.query, reason.label)} ({reason.count:,})" for reason in reasons]
    )
    return f"Most common reason{'' if len(reasons) == 1 else 's'} for closing: {named}."


def _link(query: Parameters, label: str) -> str:
    return f'<a href="{escape(list_url(query))}">{escape(label)}</a>'
