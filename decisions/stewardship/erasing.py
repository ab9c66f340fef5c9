"""Erases a decision for good: one person asks, another confirms.

What goes: the row with its text and findings, its captures, what uploads hold of it, and its entry
in the search index. What remains: `Erasure` (its references, when and why) and the audit log.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from decisions import search
from decisions.ingest.erased_files import ERASED, await_stored_fields
from decisions.ingest.law_names import follow_law_names
from decisions.models import (
    AuditEntry,
    Capture,
    Decision,
    Erasure,
    ErasureRequest,
    ReviewedFile,
    UploadedFile,
    UploadResult,
)
from decisions.stewardship.acting import act_on


class ErasureError(Exception):
    """The decision cannot be erased; the message says why."""


def request_erasure(decision: Decision, user: Any, reason: str, note: str) -> None:
    """Ask to erase the decision; nothing is erased yet. Raises ErasureError."""
    with transaction.atomic():
        request, is_new = ErasureRequest.objects.get_or_create(
            decision=decision, defaults={"requested_by": user, "reason": reason, "note": note}
        )
        if not is_new:
            raise ErasureError(f"{request.requested_by} has asked for this already.")
        _record(AuditEntry.Act.ERASURE_REQUESTED, decision, user, reason, note)


def cancel_erasure(request: ErasureRequest, user: Any, note: str) -> None:
    """Drop the request; anyone who may confirm it may do so."""
    with transaction.atomic():
        act = AuditEntry.Act.ERASURE_CANCELLED
        _record(act, request.decision, user, request.reason, note)
        request.delete()


def confirm_erasure(request: ErasureRequest, user: Any, note: str) -> Erasure:
    """Erase the decision. Raises ErasureError if the user is the one who asked for it."""
    with act_on(request.decision) as decision:
        await_stored_fields()
        # As it is now: somebody may have dropped it and asked for it anew.
        request = ErasureRequest.objects.select_for_update().get(decision=decision)
        if request.requested_by_id == user.pk:
            raise ErasureError("You asked for this erasure: another person has to confirm it.")
        erasure = Erasure.objects.create(
            reference=decision.reference,
            other_references=decision.other_references,
            reason=request.reason,
        )
        _record(AuditEntry.Act.ERASED, decision, user, request.reason, note)
        _erase_from_uploads([decision.reference, *decision.other_references])
        Capture.objects.filter(decision=decision).delete()
        decision.delete()
        follow_law_names(decision.provisions)
        # The index has forgotten the entry; its files have the words until they are written anew.
        transaction.on_commit(search.purge)
    return erasure


def _erase_from_uploads(references: list[str]) -> None:
    """Delete the bytes and the fields that uploads hold of files with these references.

    A zip that holds such a file goes as a whole: it cannot be written again without it.
    """
    results = UploadResult.objects.filter(
        Q(reference__in=references) | Q(document__reference__in=references)
    )
    for result in results:
        for file in UploadedFile.objects.filter(upload=result.upload_id):
            if result.name == file.name or result.name.startswith(f"{file.name}/"):
                file.delete()
    ReviewedFile.objects.filter(upload__in=results.values("upload")).delete()
    results.update(document=None, changed=[], reason=ERASED)


def _record(act: AuditEntry.Act, decision: Decision, user: Any, reason: str, note: str) -> None:
    AuditEntry.objects.record(
        act, user, kind="decision", key=decision.reference, reason=reason, note=note
    )
