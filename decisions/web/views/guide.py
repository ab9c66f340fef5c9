"""The guide for someone about to complain, and the glossary."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.analysis.closure_rules import REASONS
from decisions.search import SearchQuery
from decisions.web.complaint_guide import COMPLAIN_URL, QUESTIONS, shown_statements
from decisions.web.glossary import TERMS
from decisions.web.responses import render
from decisions.web.results import aggregate
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata


@require_safe
@revalidated
def can_i_complain(request: HttpRequest) -> HttpResponse:
    """Under each question the reasons for which complaints were closed, with what they mean."""
    counts = aggregate(SearchQuery()).reasons
    questions = {
        question: [
            {
                "code": code,
                "reason": REASONS[code],
                "count": counts[code],
                "statements": shown_statements(code),
            }
            for code in codes
            if counts.get(code)
        ]
        for question, codes in QUESTIONS.items()
    }
    return render(
        request,
        "decisions/can_i_complain.html",
        {
            "questions": {question: entries for question, entries in questions.items() if entries},
            "complain_url": COMPLAIN_URL,
        },
        PageMetadata(
            "Can I complain to the Ombudsman?",
            "What the decisions say about when the Ombudsman looks at a complaint about a council:"
            " the 12 months, telling the council first, courts and tribunals.",
            (Breadcrumb("Why complaints are closed", reverse("decisions:reasons")),),
            indexable=True,
        ),
    )


@require_safe
@revalidated
def glossary(request: HttpRequest) -> HttpResponse:
    """The Ombudsman's terms and this archive's own, explained."""
    return render(
        request,
        "decisions/glossary.html",
        {"terms": TERMS},
        PageMetadata(
            "Glossary",
            "Fault, injustice, upheld, closed after initial enquiries, uphold rate: the terms in"
            " the Ombudsman’s decisions in plain English.",
            indexable=True,
        ),
    )
