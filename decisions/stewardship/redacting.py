"""Replaces named words of a decision by a mark, in its text and in every file of it; and back."""

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Now

from decisions.documents import sections_from_json
from decisions.ingest.law_names import follow_law_names, redact_law_names
from decisions.ingest.staff_changes import analyse_again, seal, unseal
from decisions.models import AuditEntry, Decision, Redaction
from decisions.redaction import MARK, Redactor, count_marks, has_letters
from decisions.stewardship.acting import act_on


class RedactionError(Exception):
    """The words cannot be redacted; the message says why."""


def redact(decision: Decision, words: Iterable[str], user: Any, reason: str, note: str) -> int:
    """Replace the words, beside those that are redacted already; returns how many marks there are.

    The audit log does not have the words. Raises RedactionError if one of them is not in the text.
    """
    phrases = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in words if phrase.strip()))
    _check(phrases)
    with act_on(decision) as row:
        redaction = row.sealed or Redaction(decision=row, words=[])
        cited = [*row.provisions]
        unseal(row)
        texts = texts_of(row)
        for phrase in phrases:
            redactor = Redactor([phrase])
            if not any(redactor.text(text) != text for text in texts):
                raise RedactionError(f"“{phrase}” is not in this decision.")
        redaction.words = list(dict.fromkeys((*redaction.words, *phrases)))
        seal(row, redaction)
        _save(row)
        redact_law_names({*cited, *row.provisions}, row.redactor())
        marks = count_marks(texts_of(row))
        AuditEntry.objects.record(
            AuditEntry.Act.REDACTED, user, kind="decision", key=row.reference, reason=reason,
            note=note, after={"marks": marks},
        )  # fmt: skip
    return marks


def remove_redaction(decision: Decision, user: Any, note: str) -> None:
    """Show all words of the decision again. Raises RedactionError."""
    with act_on(decision) as row:
        if row.sealed is None:
            raise RedactionError("This archive does not have the words that were redacted.")
        unseal(row)
        row.sealed.delete()
        row.is_redacted = False
        cited = [*row.provisions]
        _save(row)
        follow_law_names({*cited, *row.provisions})
        act = AuditEntry.Act.REDACTION_REMOVED
        AuditEntry.objects.record(act, user, kind="decision", key=row.reference, note=note)


def texts_of(decision: Decision) -> list[str]:
    """Every text of the row that a redaction changes, apart from its address."""
    texts = [decision.summary or "", *decision.warnings]
    for section in sections_from_json(decision.sections):
        texts.append(section.heading or "")
        texts += (text for paragraph in section.paragraphs for text in paragraph.texts())
    return texts


def _check(phrases: tuple[str, ...]) -> None:
    if not phrases:
        raise RedactionError("Name the words, one name or phrase a line.")
    for phrase in phrases:
        if not has_letters(phrase):
            raise RedactionError(f"“{phrase}” has no letter and no digit.")
        if Redactor([phrase]).text(MARK) != MARK:
            raise RedactionError(f"“{phrase}” is a word of the mark {MARK} itself.")


def _save(decision: Decision) -> None:
    analyse_again(decision)
    decision.updated_at = Now()
    decision.save(force_update=True)
