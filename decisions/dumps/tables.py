"""Which tables a dump has, which columns, in which order; and which models it leaves out, and why.

A line refers to a row of another table by that row's key, never by its id.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import Q

from decisions.dumps.contents import Contents
from decisions.models import (
    Capture,
    CaptureLogEntry,
    CaptureLogHead,
    Category,
    Council,
    CouncilAlias,
    CouncilSuccession,
    Decision,
    Erasure,
    IngestFailure,
    Outcome,
    Provision,
    Redaction,
)

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

# The column that identifies a row of each model, in every archive that holds it.
KEYS: dict[type[models.Model], str] = {
    Council: "slug",
    CouncilAlias: "slug",
    CouncilSuccession: "predecessor",
    Category: "path",
    Outcome: "slug",
    Provision: "key",
    Decision: "reference",
    Redaction: "decision",
    Erasure: "reference",
    CaptureLogEntry: "position",
    CaptureLogHead: "size",
    Capture: "sha256",
    IngestFailure: "name",
}

# Columns that no line has, and why.
COLUMNS_LEFT_OUT = {
    "id": "each archive numbers its own rows; lines are in the order of the ids",
    "change": "the position of the search index, which each archive has for itself",
    "content": "the bytes of a capture are a record of the WARC files",
}

# Models that no dump has, and why.
MODELS_LEFT_OUT = {
    "admin.LogEntry": "names users",
    "auth.Group": "belongs to users",
    "auth.Group_permissions": "belongs to users",
    "auth.Permission": "belongs to users; every archive makes its own",
    "auth.User": "users, and secrets",
    "auth.User_groups": "belongs to users",
    "auth.User_user_permissions": "belongs to users",
    "axes.AccessAttempt": "belongs to users",
    "axes.AccessAttemptExpiration": "belongs to users",
    "axes.AccessFailureLog": "belongs to users",
    "axes.AccessLog": "belongs to users",
    "otp_static.StaticDevice": "belongs to users",
    "otp_static.StaticToken": "belongs to users, and secrets",
    "otp_totp.TOTPDevice": "belongs to users, and secrets",
    "contenttypes.ContentType": "every archive makes its own",
    "sessions.Session": "belongs to users",
    "decisions.AuditEntry": "names users",
    "decisions.ErasureRequest": "names users",
    "decisions.ChangeSequence": "the identity of one archive, for its search index",
    "decisions.Tombstone": "row ids of deleted decisions, for the search index of one archive",
    "decisions.StandardWording": "counted again by the database when decisions are restored",
    "decisions.Paragraph": "a view of `decisions.sections`",
    "decisions.MistakeReport": "personal data of readers",
    "decisions.ReportCount": "personal data of readers",
    "decisions.Alert": "personal data of readers",
    "decisions.AlertMessage": "personal data of readers",
    "decisions.Publication": "which decisions are new to the alerts of one archive",
    "decisions.Upload": "names users; an upload in progress",
    "decisions.UploadedFile": "an upload in progress",
    "decisions.UploadedChunk": "an upload in progress",
    "decisions.UploadResult": "an upload in progress",
    "decisions.ReviewedFile": "an upload in progress",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a dump. `only` names the one kind of dump that has it: public or complete.

    `columns` are names of the model's fields. `key_goes_on` are columns that identify a line
    together with its key. `public` selects the rows of a public dump.
    """

    name: str
    model: type[models.Model]
    about: str
    columns: tuple[str, ...]
    order: str = "id"
    key_goes_on: tuple[str, ...] = ()
    public: Q | None = None
    only: str | None = None

    @property
    def key(self) -> str:
        """The column that identifies a line."""
        return KEYS[self.model]

    def field(self, column: str) -> "Field":
        """The model's field of that name."""
        return cast("Field", self.model._meta.get_field(column))

    def may_lack(self, column: str) -> bool:
        """Whether a line without the column can be restored: the model says what it is then."""
        field = self.field(column)
        return field.has_default() or field.has_db_default() or field.null

    def target(self, column: str) -> type[models.Model] | None:
        """The model whose key the column holds; None if it refers to nothing."""
        return self.field(column).related_model

    def is_in(self, contents: Contents) -> bool:
        """Whether a dump with these contents has the table."""
        if self.name == "captures" and not contents.captures:
            return False
        return self.only in (None, "complete" if contents.complete else "public")

    def rows(self, contents: Contents) -> models.QuerySet[Any]:
        """The rows of a dump with these contents, in order."""
        rows = self.model._default_manager.order_by(self.order)
        if contents.complete or self.public is None:
            return rows
        return rows.filter(self.public).distinct()


def _columns(model: type[models.Model], *left_out: str) -> tuple[str, ...]:
    names = (field.name for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in {*COLUMNS_LEFT_OUT, *left_out})


# In this order, a line refers only to tables before its own, or to lines of its own table.
TABLES = (
    Table(
        "councils",
        Council,
        "Bodies that complaints are about: councils, care providers and others.",
        _columns(Council),
        order="slug",
        # Without those that only withdrawn decisions are about.
        public=Q(decision__withdrawn_at=None),
    ),
    Table(
        "aliases",
        CouncilAlias,
        "Other names of councils. Their addresses lead to the council.",
        _columns(CouncilAlias),
        order="slug",
        public=Q(council__decision__withdrawn_at=None),
    ),
    Table(
        "successions",
        CouncilSuccession,
        "Which councils follow which, and from when.",
        _columns(CouncilSuccession),
        key_goes_on=("successor",),
        public=Q(predecessor__decision__withdrawn_at=None)
        & Q(successor__decision__withdrawn_at=None),
    ),
    Table(
        "categories",
        Category,
        "What complaints are about, in two levels.",
        _columns(Category),
        order="path",
    ),
    Table(
        "outcomes",
        Outcome,
        "How decisions ended, in the Ombudsman's words.",
        _columns(Outcome),
        order="slug",
    ),
    Table(
        "provisions",
        Provision,
        "Provisions of law, cases and guidance that decisions cite.",
        _columns(Provision),
        order="key",
    ),
    Table(
        "decisions",
        Decision,
        "Decisions: text, and what the archive's rules found in it, with the evidence.",
        _columns(Decision),
        public=Q(withdrawn_at=None),
    ),
    Table(
        "withdrawn",
        Decision,
        "Decisions that were taken down. Delete them from your copy as well.",
        ("reference", "other_references", "is_sample", "withdrawn_at"),
        public=Q(withdrawn_at__isnull=False),
        only="public",
    ),
    # Before the captures: restored ones are in the log then, and no trigger adds them.
    Table(
        "log",
        CaptureLogEntry,
        "The log of received files, with those that were withdrawn or erased since: hashes only.",
        _columns(CaptureLogEntry),
        order="position",
    ),
    Table(
        "heads",
        CaptureLogHead,
        "Heads of the log, stamped by a time-stamping authority.",
        _columns(CaptureLogHead),
        order="size",
    ),
    Table(
        "captures",
        Capture,
        "Received copies of source files. Their bytes are the records of the WARC files, in the"
        " same order.",
        _columns(Capture),
        # The words of a redacted decision are in its files.
        public=Q(decision__withdrawn_at=None, decision__is_redacted=False),
    ),
    Table(
        "redactions",
        Redaction,
        "Words that were redacted, and the texts as the files state them. Sealed.",
        _columns(Redaction),
        only="complete",
    ),
    Table(
        "erased",
        Erasure,
        "Decisions that were erased for good. Delete them from your copy as well.",
        _columns(Erasure),
    ),
    Table(
        "failures",
        IngestFailure,
        "Files that could not be imported, and why.",
        _columns(IngestFailure),
        only="complete",
    ),
)

TABLES_BY_NAME = {table.name: table for table in TABLES}


def tables_of(contents: Contents) -> list[Table]:
    """The tables of a dump with these contents, in the order in which they are restored."""
    return [table for table in TABLES if table.is_in(contents)]
