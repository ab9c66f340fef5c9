"""What a list says of a decision, as JSON types: its header, codes with names, and its address."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from decisions.models import Category, Decision, page_address
from decisions.serializers.names import law_label, provision_labels, reason_label, remedy_label

Json = dict[str, Any]


def decision_summaries_json(decisions: Sequence[Decision], base_url: str) -> Iterator[Json]:
    """`decision_summary_json` of each decision; the names of their laws take one query."""
    labels = provision_labels(decisions)
    for decision in decisions:
        yield decision_summary_json(decision, base_url, labels)


def decision_summary_json(
    decision: Decision, base_url: str, provision_labels: Mapping[str, str]
) -> Json:
    """One decision without its text; null for what the file does not state.

    `provision_labels` names the laws by their keys. Load decisions with `for_export`.
    """
    council, outcome = decision.council, decision.outcome
    return {
        "reference": decision.reference,
        "other_references": decision.other_references,
        "address": base_url + decision.get_absolute_url(),
        "source_address": decision.source_url,
        "kind": decision.kind,
        "is_sample": decision.is_sample,
        "council": council
        and {
            "slug": council.slug,
            "name": council.name,
            "kind": council.kind,
            "address": base_url + council.get_absolute_url(),
        },
        "category": decision.category and _category(decision.category, base_url),
        "outcome": outcome and {"slug": outcome.slug, "name": outcome.name},
        "date": decision.decided_on.isoformat() if decision.decided_on else None,
        "summary": decision.summary,
        "reasons": [{"code": code, "label": reason_label(code)} for code in decision.reasons],
        "remedies": [{"code": code, "label": remedy_label(code)} for code in decision.remedies],
        "payment_pence": decision.payment,
        "provisions": [
            {
                "key": key,
                "label": law_label(decision, key, provision_labels),
                "address": base_url + page_address("decisions:law", key),
            }
            for key in decision.provisions
        ],
        "updated_at": decision.updated_at.isoformat(),
    }


def _category(category: Category, base_url: str) -> Json:
    return {
        "path": category.path,
        "name": category.name,
        "address": base_url + category.get_absolute_url(),
        "parent": category.parent and _category(category.parent, base_url),
    }
