"""A verdict as JSON types, for the API and for assistants."""

from typing import Any

from decisions.quotations.verdicts import Place, Verdict

Json = dict[str, Any]


def verdict_json(verdict: Verdict, base_url: str) -> Json:
    """The verdict with the addresses of paragraphs; `base_url` is scheme and host, or ""."""
    return {
        "quotation": verdict.quotation,
        "status": verdict.status.value,
        "reference": verdict.reference,
        "named_paragraph": verdict.named_paragraph,
        "is_in_named_paragraph": verdict.is_in_named_paragraph if verdict.places else None,
        "withdrawn_on": verdict.withdrawn_on,
        "erased_on": verdict.erased_on,
        "is_closed": verdict.is_closed,
        "has_brackets": verdict.has_brackets,
        "has_gaps": verdict.has_gaps,
        "is_out_of_order": verdict.is_out_of_order,
        "places": [_place(place, base_url) for place in verdict.places],
        "elsewhere": None
        if verdict.elsewhere is None
        else [_place(place, base_url) for place in verdict.elsewhere],
        "differences": [
            {"quotation": difference.quotation, "decision": difference.decision}
            for difference in verdict.differences
        ],
        "segments": [
            {"kind": segment.kind.value, "text": segment.text} for segment in verdict.segments
        ],
        "decisions_compared": verdict.compared,
        "decisions_that_may_hold_the_words": verdict.holding,
    }


def _place(place: Place, base_url: str) -> Json:
    return {
        "reference": place.reference,
        "council": place.council,
        "is_sample": place.is_sample,
        "where": place.where,
        "paragraph": place.paragraph,
        "address": base_url + place.address,
    }
