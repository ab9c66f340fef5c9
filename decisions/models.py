"""The tables. PostgreSQL is the truth; the search index and every page are made from here.

A decision keeps its text as JSON in one row (`sections`, the shape of
`documents.sections_to_json`): pages, excerpts and re-analysis read a decision whole, and one row a
decision instead of forty keeps ingest and a million decisions cheap.

`Decision.change` and the `Removal` rows are written by database triggers (migration 0002), so that
every way of writing, the admin and SQL by hand included, is seen by the search index.
"""

from collections.abc import Iterable, Set

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify

from decisions.documents import NOT_STATED, Paragraph, Section, sections_from_json
from decisions.references import reference_slug


def slug_of(name: str) -> str:
    """The identity of a named thing: names that differ in case, accents, marks or "&" are one.

    >>> slug_of("Bath & North East Somerset Council")
    'bath-and-north-east-somerset-council'
    """
    slug = slugify(name.replace("&", " and "))
    return f"{slug}-" if slug in ("", NOT_STATED) else slug


class Council(models.Model):
    """A body complained about: mostly councils; `kind` tells the others apart."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        CARE_PROVIDER = "care-provider", "Care provider"
        NHS = "nhs", "NHS body"
        PARK = "park", "National park authority"
        FIRE = "fire", "Fire authority"
        TRANSPORT = "transport", "Transport authority"
        PARISH = "parish", "Parish or town council"

    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind, null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="council_slug_unique")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("decisions:council", args=[self.slug])


class Category(models.Model):
    """What a complaint is about, in two levels; `path` is `education/school-transport`."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subcategories"
    )
    name = models.CharField(max_length=300)
    path = models.CharField(max_length=600)

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["path"], name="category_path_unique")]

    def __str__(self):
        return self.in_full(self.name, self.parent and self.parent.name)

    def get_absolute_url(self):
        return reverse("decisions:category", args=[self.path])

    @staticmethod
    def in_full(name, parent):
        """`Education › School transport`, from the names of a category and of the one above it."""
        return f"{parent} › {name}" if parent else name


class Outcome(models.Model):
    """How a decision ended, in the Ombudsman's words. The list is open."""

    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="outcome_slug_unique")]

    def __str__(self):
        return self.name


def _any_of(name: str, values) -> Q:
    """Decisions with one of these values of a filter; NOT_STATED stands for none at all."""
    if name in ("reason", "remedy", "provision"):  # arrays, which name "not stated" themselves
        plural = {"remedy": "remedies"}.get(name, f"{name}s")
        return Q(**{f"{plural}__overlap": list(values)})
    if name == "category":
        condition = Q(category__path__in=values) | Q(category__parent__path__in=values)
    else:
        condition = Q(**{f"{name}__slug__in": values})
    return condition | Q(**{name: None}) if NOT_STATED in values else condition


_NOT_IN_A_LINE = (
    "other_references", "source_url", "warnings", "rules_version", "withdrawn_reason",
    "created_at", "updated_at", "change",
)  # fmt: skip


class DecisionQuerySet(models.QuerySet):
    def published(self):
        """All that may be shown: everything but the withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_list(self):
        """What a line in a list needs, in one query, without the long texts."""
        lines = self.select_related("council", "category__parent", "outcome")
        return lines.defer("sections", "findings", *_NOT_IN_A_LINE)

    def for_excerpts(self):
        """What a line needs with paragraphs of the decision below it.

        Of the findings only where standard wording stands: they are as long as half the text, and
        to read them whole took a tenth of a page's time.
        """
        lines = self.for_list().defer(None).defer("findings", *_NOT_IN_A_LINE)
        return lines.annotate(wording_places=F("findings__standard"))

    def matching(self, terms, date_from=None, date_to=None, payment_min=None, payment_max=None):
        """What holds under all these filters, which are as in `search.Question`."""
        found = self
        if payment_min is not None:
            found = found.filter(payment__gte=payment_min * 100)
        if payment_max is not None:
            found = found.filter(payment__lt=(payment_max + 1) * 100)
        for name, values in terms.items():
            if values:
                found = found.filter(_any_of(name, values))
        if date_from:
            found = found.filter(decided_on__gte=date_from)
        if date_to:
            found = found.filter(decided_on__lte=date_to)
        return found

    def newest_first(self):
        return self.order_by(F("decided_on").desc(nulls_last=True), "-id")

    def oldest_first(self):
        return self.order_by(F("decided_on").asc(nulls_last=True), "id")

    def in_order(self, sort: str):
        """As `search.Question.sort` says; anything but "oldest" and "payment" is newest first."""
        if sort == "oldest":
            return self.oldest_first()
        if sort == "payment":
            return self.order_by(F("payment").desc(nulls_last=True), "-id")
        return self.newest_first()

    def with_reference(self, reference: str):
        """The decision of that canonical reference, also when it is one of several it carries."""
        return self.filter(Q(reference=reference) | Q(other_references__contains=[reference]))

    def find(self, reference: str) -> "Decision | None":
        """The decision of that canonical reference, with all that it names.

        One that only carries it beside its own comes second.
        """
        found = self.with_reference(reference)
        found = found.select_related("council", "category__parent", "outcome")
        return min(found, key=lambda decision: decision.reference != reference, default=None)

    def by_ids(self, ids: list[int]) -> list["Decision"]:
        """The decisions of these ids in this order; missing ones are passed over."""
        found = {decision.pk: decision for decision in self.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]


class Decision(models.Model):
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
    # What analysis found, by rules of the version named; the arrays and the payment are what
    # filters need of `findings`, which holds all with its evidence (`Findings.to_json`).
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
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    change = models.BigIntegerField(db_default=0, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
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

    def __str__(self):
        return f"{self.council or 'Council not stated'} ({self.reference})"

    def get_absolute_url(self):
        return reverse("decisions:decision", args=[self.slug])

    @property
    def slug(self) -> str:
        return reference_slug(self.reference)

    def standard_places(self, standard: Set[int]) -> set[tuple[int, int]]:
        """Where its standard wording stands: section and paragraph, counted from 0.

        `standard` holds the fingerprints of the wording that counts as standard.
        """
        return {
            (section, paragraph)
            for section, paragraph, fingerprint in self.wording_places or ()
            if fingerprint in standard
        }

    @cached_property
    def wording_places(self) -> list[tuple[int, int, int]] | None:
        """Section, paragraph and fingerprint of every paragraph that may be standard wording.

        `for_excerpts` reads it by itself, without the other findings.
        """
        return self.findings.get("standard")

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [paragraph for section in self.document_sections for paragraph in section.paragraphs]

    @property
    def document_sections(self) -> tuple[Section, ...]:
        return sections_from_json(self.sections)


class Capture(models.Model):
    """One received copy of a source file, byte for byte. Never changed, never deleted."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64)
    name = models.TextField(help_text="The file's name as received.")
    url = models.TextField(blank=True, default="", help_text="Where the file came from.")
    charset = models.TextField(
        blank=True, default="", help_text="What the server that sent it said its encoding was."
    )
    content = models.BinaryField()
    size = models.GeneratedField(
        expression=models.Func("content", function="octet_length"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["sha256"], name="capture_sha256_unique")]

    def __str__(self):
        return self.name


class Provision(models.Model):
    """A provision of law, a case or guidance that decisions cite; made by analysis."""

    key = models.TextField()
    label = models.TextField()
    short = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subdivisions"
    )
    url = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["key"], name="provision_key_unique")]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("decisions:law", args=[self.key])

    @property
    def beneath(self):
        """What it is called beneath its Act, whose own name is not said again: `s 24A`."""
        return (
            self.short.removeprefix(self.parent.short).lstrip(" ,") if self.parent else self.short
        )


# With one array for 80 parameters, which take a queryset twice as long.
_SHARED_WORDING = """
SELECT fingerprint, decisions FROM decisions_wording
WHERE fingerprint = ANY(%s::bigint[]) AND decisions >= %s
"""


class WordingQuerySet(models.QuerySet):
    def standard(self):
        """The fingerprints that enough decisions share."""
        return self.filter(decisions__gte=Wording.STANDARD_FROM)


class Wording(models.Model):
    """How many decisions share a paragraph's fingerprint; kept by triggers (migration 0005).

    From STANDARD_FROM decisions on it is standard wording. `holders` are the first to have it,
    whose entries in the search index change on the day it becomes standard.
    """

    STANDARD_FROM = 10  # the trigger says the same

    fingerprint = models.BigIntegerField(primary_key=True)
    decisions = models.IntegerField()
    holders = ArrayField(models.BigIntegerField())

    objects = WordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["decisions"], name="wording_decisions")]

    def __str__(self):
        return f"{self.fingerprint} in {self.decisions}"

    @classmethod
    def among(cls, decisions: Iterable["Decision"]) -> dict[int, int]:
        """How many decisions share each standard wording that these decisions hold."""
        held = {fingerprint for decision in decisions for fingerprint in decision.fingerprints}
        with connection.cursor() as cursor:
            cursor.execute(_SHARED_WORDING, [list(held), cls.STANDARD_FROM])
            return dict(cursor.fetchall())


class Failure(models.Model):
    """A received file that could not be taken in, by name and reason; gone once it can be."""

    name = models.TextField()
    reason = models.TextField()
    first_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-last_at"]
        constraints = [models.UniqueConstraint(fields=["name"], name="failure_name_unique")]

    def __str__(self):
        return self.name


class Upload(models.Model):
    """What a member of staff sent in one go: reviewed first, then confirmed, then taken in.

    `results` has one entry a decision file, as `uploads.result_to_json` makes it: before the
    decisions are taken in what would be done, afterwards what was done; None before the review.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    taken_in_at = models.DateTimeField(null=True, editable=False)
    results = models.JSONField(null=True, editable=False)

    # The review or the taking in that was begun and has not come to its end.
    begun_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(null=True, editable=False)  # None until it is counted
    failure = models.TextField(default="", editable=False)  # why it ended early

    # Taking in was interrupted and begun anew: what was in by then is in the results as unchanged.
    taken_in_anew = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return f"Upload {self.pk}"


class UploadedFile(models.Model):
    """One file of an upload as the browser sent it; a zip stays a zip."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.TextField()
    content = models.BinaryField()

    def __str__(self):
        return self.name


class ChangeCounter(models.Model):
    """One row: the number of the last change, and which archive this is.

    Advanced by the trigger function `decisions_advance_change`, once a transaction; its row lock
    makes change numbers become visible in their own order, so that whoever has seen number N has
    seen all before it.
    """

    value = models.BigIntegerField()
    archive = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="change_counter_one_row")]

    def __str__(self):
        return f"Change {self.value}"


class Removal(models.Model):
    """A decision that was deleted from the table, for the search index to follow."""

    decision_id = models.BigIntegerField(primary_key=True)
    change = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["change"], name="removal_change")]

    def __str__(self):
        return f"Decision {self.decision_id}"
