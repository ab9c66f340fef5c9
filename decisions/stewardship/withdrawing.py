"""Takes decisions down, and brings them back; nothing is deleted."""

from typing import Any

from django.db.models.functions import Now

from decisions.ingest.law_names import follow_shared_law_names
from decisions.models import AuditEntry, DecisionQuerySet
from decisions.stewardship.acting import act


def withdraw(decisions: DecisionQuerySet, user: Any, reason: str, note: str) -> int:
    """Withdraw those of the decisions that are published; returns how many."""
    with act():
        rows = _lock(decisions.published())
        values = {"withdrawn_at": Now(), "withdrawn_reason": reason}
        _update(decisions, rows, values)
        follow_shared_law_names(_cited(decisions, rows))
        _record(AuditEntry.Act.WITHDRAWN, rows, user, reason=reason, note=note)
    return len(rows)


def restore(decisions: DecisionQuerySet, user: Any, note: str) -> int:
    """Show those of the decisions again that are withdrawn; returns how many."""
    with act():
        rows = _lock(decisions.exclude(withdrawn_at=None))
        _update(decisions, rows, {"withdrawn_at": None, "withdrawn_reason": ""})
        follow_shared_law_names(_cited(decisions, rows))
        _record(AuditEntry.Act.RESTORED, rows, user, note=note)
    return len(rows)


# The id of each decision, and its reference.
_Rows = dict[int, str]


def _lock(decisions: DecisionQuerySet) -> _Rows:
    rows = decisions.order_by("pk").select_for_update(of=("self",))
    return dict(rows.values_list("pk", "reference"))


def _update(decisions: DecisionQuerySet, rows: _Rows, values: dict[str, Any]) -> None:
    decisions.model.objects.filter(pk__in=rows).update(**values)


def _cited(decisions: DecisionQuerySet, rows: _Rows) -> set[str]:
    """The keys of the laws that these decisions cite."""
    cited = decisions.model.objects.filter(pk__in=rows).values_list("provisions", flat=True)
    return {key for keys in cited for key in keys}


def _record(act_: AuditEntry.Act, rows: _Rows, user: Any, **fields: Any) -> None:
    for reference in rows.values():
        AuditEntry.objects.record(act_, user, kind="decision", key=reference, **fields)
