"""Decisions, each with its text and its findings in one row."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.functional import cached_property

from decisions.analysis import Findings
from decisions.documents import Paragraph as DocumentParagraph
from decisions.documents import Section, sections_from_json
from decisions.models.addresses import page_address
from decisions.models.bodies import Council
from decisions.models.querysets import DecisionManager
from decisions.models.taxonomy import Category, Outcome
from decisions.redaction import Redactor
from decisions.references import reference_slug

if TYPE_CHECKING:
    from decisions.models.acts import Redaction
    from decisions.models.captures import Capture


class Decision(models.Model):
    """A decision as its last file states it, with what analysis found in it.

    A column is null where the file does not state it. `sections` is the text, in the shape of
    `documents.sections_to_json`.
    """

    # The fields that staff can correct, and what each is called.
    CORRECTABLE = {
        "council": "council", "category": "category", "outcome": "outcome", "decided_on": "date",
    }  # fmt: skip

    class Kind(models.TextChoices):
        STATEMENT = "statement", "Statement"
        REPORT = "report", "Report"

    reference = models.CharField(
        max_length=11,
        validators=[RegexValidator(r"^\d\d \d{3} \d{3}[a-z]?$", "Write it as 21 019 030.")],
    )
    other_references = ArrayField(models.CharField(max_length=11), default=list, blank=True)
    council = models.ForeignKey(Council, models.PROTECT, null=True, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STATEMENT)
    summary = models.TextField(null=True, blank=True)  # noqa: DJ001
    sections = models.JSONField(default=list, blank=True)
    source_url = models.TextField(null=True, blank=True)  # noqa: DJ001
    warnings = ArrayField(models.TextField(), default=list, blank=True)
    is_sample = models.BooleanField(default=False)
    # `findings` holds everything that the rules of `rules_version` found, with its evidence
    # (`Findings.to_row`). The arrays and the payment repeat what filters need.
    findings = models.JSONField(default=dict, blank=True, editable=False)
    rules_version = models.SmallIntegerField(default=0, editable=False)
    reasons = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    provisions = ArrayField(models.TextField(), default=list, editable=False)
    remedies = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    payment = models.BigIntegerField(
        null=True,
        editable=False,
        help_text="Pence recommended or agreed; null where none is certain.",
    )
    fingerprints = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # What the file states for each of CORRECTABLE that staff corrected, which a later file may
    # change: a slug or path, a day, or null where it states nothing.
    stated = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        editable=False,
        help_text="What the file states for each field that staff corrected.",
    )
    is_redacted = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Whether words of it were replaced by “[redacted]”.",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    change = models.BigIntegerField(db_default=0, editable=False)

    objects = DecisionManager()

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("withdraw_decision", "Can withdraw and restore decisions"),
            ("correct_decision", "Can correct decisions"),
            ("redact_decision", "Can redact decisions"),
            ("unseal_decision", "Can read and restore the sealed words of redacted decisions"),
            ("erase_decision", "Can erase decisions, if another person confirms it"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="decision_reference_unique"),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^\d\d \d{3} \d{3}[a-z]?$"),
                name="decision_reference_canonical",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["statement", "report"]), name="decision_kind_known"
            ),
        ]
        indexes = [
            GinIndex(fields=["other_references"], name="decision_other_references"),
            models.Index(
                F("decided_on").desc(nulls_last=True), F("id").desc(), name="decision_newest"
            ),
            models.Index(fields=["council", "decided_on"], name="decision_council"),
            models.Index(fields=["category", "decided_on"], name="decision_category"),
            models.Index(fields=["outcome", "decided_on"], name="decision_outcome"),
            models.Index(fields=["change"], name="decision_change"),
            models.Index(fields=["id"], condition=Q(is_sample=True), name="decision_sample"),
        ]

    def __str__(self) -> str:
        return f"{self.council or 'Council not stated'} ({self.reference})"

    def get_absolute_url(self) -> str:
        return page_address("decisions:decision", self.slug)

    @property
    def slug(self) -> str:
        """The reference as it is written in addresses: `21-019-030`."""
        return reference_slug(self.reference)

    def standard_places(self, standard: Set[int]) -> set[tuple[int, int]]:
        """Section and paragraph, counted from 0, of each paragraph that is standard wording.

        `standard` has the fingerprints of all standard wording.
        """
        return {
            (section, paragraph)
            for section, paragraph, fingerprint in self.wording_places or ()
            if fingerprint in standard
        }

    @cached_property
    def typed_findings(self) -> Findings:
        """What the rules found in this decision; empty if it was never analysed."""
        return Findings.from_json(self.findings, is_closed=bool(self.reasons))

    @cached_property
    def wording_places(self) -> list[tuple[int, int, int]] | None:
        """Section, paragraph and fingerprint of every paragraph that may be standard wording.

        None if the decision was never analysed. `for_excerpts` reads it without the other findings.
        """
        places: list[tuple[int, int, int]] | None = self.findings.get("standard")
        return places

    @property
    def corrections(self) -> list[tuple[str, str | None]]:
        """The name of each corrected field, and what the file states, in the order of fields."""
        return [(name, self.stated[name]) for name in self.CORRECTABLE if name in self.stated]

    @property
    def sealed(self) -> Redaction | None:
        """Its redaction; None also where a public dump brought the redacted text alone."""
        return getattr(self, "redaction", None) if self.is_redacted else None

    def law_name(self, key: str, name: str) -> str:
        """The name of a law that the decision cites, with the mark where it has redacted words.

        The row of the law has the name that other decisions use. Where the words are not known,
        the law is called as this decision calls it.
        """
        if not self.is_redacted:
            return name
        if self.sealed:
            return self.redactor().text(name)
        own = self.typed_findings.provisions().get(key)
        return own.label if own else key

    def redactor(self) -> Redactor:
        """What replaces the redacted words in the decision's files; none where nothing is."""
        return Redactor(self.sealed.words if self.sealed else ())

    @cached_property
    def received_captures(self) -> list[Capture]:
        """Its captures without their bytes, the latest first; `for_documents` loads them ahead."""
        return [*self.captures.defer("content")]

    @property
    def document_paragraphs(self) -> list[DocumentParagraph]:
        """All paragraphs in reading order, with their items; needs no further query."""
        return [paragraph for section in self.document_sections for paragraph in section.paragraphs]

    @property
    def document_sections(self) -> tuple[Section, ...]:
        """The text as the parser returned it."""
        return sections_from_json(self.sections)
