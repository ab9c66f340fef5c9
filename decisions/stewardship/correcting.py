"""Corrects a decision's council, category, outcome and date by hand, and takes corrections back.

A corrected field keeps its value when later files state another one; `Decision.stated` has what the
file states.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Now

from decisions.ingest.staff_changes import analyse_again
from decisions.models import (
    AuditEntry,
    Category,
    Council,
    Decision,
    Outcome,
    current_council_slugs,
)
from decisions.stewardship.acting import act_on

# The model of each field that refers to one, and the column that names its rows for good.
_TARGETS: dict[str, tuple[type[models.Model], str]] = {
    "council": (Council, "slug"),
    "category": (Category, "path"),
    "outcome": (Outcome, "slug"),
}


class CorrectionError(Exception):
    """Nothing can be corrected; the message says why."""


def correct(decision: Decision, values: dict[str, Any], user: Any, note: str) -> tuple[str, ...]:
    """Give the decision these values, by the names of `Decision.CORRECTABLE`.

    A value that the decision has already changes nothing. Returns the names of the fields that
    were corrected; raises CorrectionError if there are none.
    """
    with act_on(decision) as row:
        changed = {name: value for name, value in values.items() if value != getattr(row, name)}
        if not changed:
            raise CorrectionError("The decision has these values already.")
        before = {name: key_of(getattr(row, name)) for name in changed}
        after = {name: key_of(value) for name, value in changed.items()}
        for name, value in changed.items():
            stated = row.stated.setdefault(name, before[name])
            setattr(row, name, value)
            if stated == after[name]:
                del row.stated[name]  # corrected back to what the file states
        _save(row)
        AuditEntry.objects.record(
            AuditEntry.Act.CORRECTED, user, kind="decision", key=row.reference, note=note,
            before=before, after=after,
        )  # fmt: skip
    return tuple(changed)


def remove_corrections(decision: Decision, names: Iterable[str], user: Any, note: str) -> None:
    """Give the decision the values again that its file states. Raises CorrectionError."""
    with act_on(decision) as row:
        removed = [name for name in names if name in row.stated]
        if not removed:
            raise CorrectionError("The decision has no such correction.")
        before = {name: key_of(getattr(row, name)) for name in removed}
        after = {name: row.stated.pop(name) for name in removed}
        for name, key in after.items():
            setattr(row, name, value_of(name, key))
        _save(row)
        AuditEntry.objects.record(
            AuditEntry.Act.CORRECTION_REMOVED, user, kind="decision", key=row.reference, note=note,
            before=before, after=after,
        )  # fmt: skip


def key_of(value: Any) -> str | None:
    """A value of a field as `Decision.stated` has it."""
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()
    key: str = getattr(value, "path" if isinstance(value, Category) else "slug")
    return key


def value_of(name: str, key: str | None) -> Any:
    """The inverse of `key_of`. Raises CorrectionError if the row that it names is gone."""
    if key is None:
        return None
    if name not in _TARGETS:
        return datetime.date.fromisoformat(key)
    model, column = _TARGETS[name]
    if name == "council":
        key = current_council_slugs([key]).get(key, key)
    found = model._default_manager.filter(**{column: key}).first()
    if found is None:
        raise CorrectionError(f"The {name} “{key}”, which the file states, is not here any more.")
    return found


def _save(decision: Decision) -> None:
    analyse_again(decision)
    decision.updated_at = Now()
    decision.save(force_update=True)
