"""Questions that people ask, each as a link to what answers it, for the home page."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from decisions.models import page_address
from decisions.search import Aggregations
from decisions.web.charts.uphold_rate import NOT_UPHELD, UPHELD
from decisions.web.querystring import list_url

MAX_QUESTIONS = 5  # questions shown

# By the code of a closure reason: its page answers.
_REASON_QUESTIONS = {
    "late": "What if it happened more than 12 months ago?",
    "premature": "Must I complain to the council first?",
    "court-or-tribunal-remedy": "What if I could appeal to a tribunal?",
}
# By the code of a remedy: the decisions that recommend it answer.
_REMEDY_QUESTIONS = {
    "apology": "When should a council apologise?",
}
# By the slug of an outcome.
_OUTCOME_QUESTIONS = {
    UPHELD: "Which complaints were upheld?",
    NOT_UPHELD: "Which complaints were not upheld?",
}


@dataclass(frozen=True)
class SampleQuestion:
    """A question, and the address of the page that answers it."""

    text: str
    url: str


def sample_questions(aggregations: Aggregations) -> list[SampleQuestion]:
    """Questions that the decisions counted can answer; `aggregations` counts the whole archive."""
    return list(islice(_answerable(aggregations), MAX_QUESTIONS))


def _answerable(aggregations: Aggregations) -> Iterator[SampleQuestion]:
    for code, text in _REASON_QUESTIONS.items():
        if aggregations.reasons.get(code):
            yield SampleQuestion(text, page_address("decisions:reason", code))
    if aggregations.payments.number:
        yield SampleQuestion(
            "What payments does the Ombudsman recommend?", list_url(payment_min=0, sort="payment")
        )
    for code, text in _REMEDY_QUESTIONS.items():
        if aggregations.remedies.get(code):
            yield SampleQuestion(text, list_url(remedy=code))
    outcomes = aggregations.outcomes
    for slug, text in _OUTCOME_QUESTIONS.items():
        if outcomes.get(slug):
            yield SampleQuestion(text, list_url(outcome=slug))
