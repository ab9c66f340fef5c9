"""Keeps redacted words out of the names of laws and cases.

A row of `Provision` has the name that the first decision which cites it uses. Where only redacted
decisions are left that are published, its name has the mark.
"""

from collections.abc import Iterable

from decisions.models import Decision, Provision
from decisions.redaction import MARK, Redactor


def redact_law_names(keys: Iterable[str], redactor: Redactor) -> None:
    """Rename those of these laws whose name or key has the redactor's words."""

    def has_words(law: Provision) -> bool:
        texts = (law.key, law.label, law.short)
        return any(redactor.text(text) != text for text in texts)

    _rename(law for law in Provision.objects.filter(key__in=[*keys]) if has_words(law))


def follow_law_names(keys: Iterable[str]) -> None:
    """Rename these laws, after a decision that cites them was deleted or is redacted no more."""
    _rename(Provision.objects.filter(key__in=[*keys]))


def follow_shared_law_names(keys: Iterable[str]) -> None:
    """Rename those of these laws that redacted decisions cite, after others were withdrawn."""
    wanted = {*keys}
    redacted = Decision.objects.filter(is_redacted=True, provisions__overlap=[*wanted])
    cited = redacted.values_list("provisions", flat=True)
    follow_law_names(wanted & {key for keys in cited for key in keys})


def _rename(laws: Iterable[Provision]) -> None:
    """Give each law its name by the rule above; delete a law that no decision cites any more."""
    for law in laws:
        citing = Decision.objects.filter(provisions__contains=[law.key])
        readable = citing.filter(withdrawn_at=None)
        plain = readable.filter(is_redacted=False)
        if MARK not in law.label and plain.exists():
            continue
        if first := plain.first():
            named = first.typed_findings.provisions()[law.key]
            law.label, law.short = named.label, named.short
            law.save()
        elif first := readable.first() or citing.filter(is_redacted=True).first():
            law.label = first.law_name(law.key, law.label)
            law.short = first.law_name(law.key, law.short)
            law.save()
        elif not citing.exists():
            _rename(law.subdivisions.all())  # which no decision cites either
            law.delete()
