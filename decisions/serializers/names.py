"""The labels of codes that a decision's row holds, and the laws that a batch of decisions cites."""

from collections.abc import Iterable, Mapping

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import NOT_STATED, Decision, Provision

REASON_NOT_STATED = "Reason for closing not stated"


def reason_label(code: str) -> str:
    """The name of a reason for closing; a code of other rules stands for itself."""
    if code == NOT_STATED:
        return REASON_NOT_STATED
    return REASONS[code].label if code in REASONS else code


def remedy_label(code: str) -> str:
    """The name of a kind of remedy; a code of other rules stands for itself."""
    return REMEDIES.get(code, code)


def law_label(decision: Decision, key: str, labels: Mapping[str, str]) -> str:
    """The label of a law that the decision cites; `labels` are those of `provision_labels`."""
    return decision.law_name(key, labels.get(key, key))


def provision_labels(decisions: Iterable[Decision]) -> dict[str, str]:
    """The label of each law that these decisions cite, by its key, in one query."""
    keys = {key for decision in decisions for key in decision.provisions}
    return dict(Provision.objects.filter(key__in=keys).values_list("key", "label"))
