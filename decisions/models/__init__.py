"""The tables, and the queries that several rooms share. PostgreSQL is the source of truth.

In: documents and findings as ingest writes them, mistakes that readers report, alerts that they ask
for, and what staff enter in the admin.
Out: rows, typed querysets, and the names and addresses of the pages that show them.
May touch: PostgreSQL, `documents` and `references`; no file, no search index, no request.
Triggers (migration 0002) write change numbers, tombstones and counts of wording, also for SQL typed
by hand; those of migration 0011 keep the audit log as it is. A decision's text is JSON in its row,
since pages read it whole; `Paragraph` gives rows.
"""

from decisions.documents import NOT_STATED
from decisions.models.acts import Erasure, ErasureRequest, Redaction
from decisions.models.addresses import page_address
from decisions.models.alerts import (
    Alert,
    AlertMessage,
    AlertMessageQuerySet,
    AlertQuerySet,
    Publication,
    delete_expired_alerts,
)
from decisions.models.audit import AuditEntry, Reason
from decisions.models.bodies import (
    Council,
    CouncilAlias,
    CouncilSuccession,
    current_council_slugs,
    slug_of,
)
from decisions.models.capture_log import CaptureLogEntry, CaptureLogHead
from decisions.models.captures import Capture, IngestFailure
from decisions.models.changes import ChangeSequence, Tombstone, database_time
from decisions.models.decisions import Decision
from decisions.models.law import Provision
from decisions.models.mistake_reports import (
    MistakeReport,
    MistakeReportQuerySet,
    ReportCount,
    delete_expired_reports,
)
from decisions.models.paragraphs import Paragraph
from decisions.models.prepared import PreparedQuery, PreparedValues, fetch_together
from decisions.models.querysets import DecisionQuerySet
from decisions.models.taxonomy import Category, Outcome
from decisions.models.uploads import (
    CHUNK_BYTES,
    ReviewedFile,
    Upload,
    UploadedChunk,
    UploadedFile,
    UploadQuerySet,
    UploadResult,
)
from decisions.models.wording import StandardWording, StandardWordingQuerySet

__all__ = [
    "CHUNK_BYTES",
    "NOT_STATED",
    "Alert",
    "AlertMessage",
    "AlertMessageQuerySet",
    "AlertQuerySet",
    "AuditEntry",
    "Capture",
    "CaptureLogEntry",
    "CaptureLogHead",
    "Category",
    "ChangeSequence",
    "Council",
    "CouncilAlias",
    "CouncilSuccession",
    "Decision",
    "DecisionQuerySet",
    "Erasure",
    "ErasureRequest",
    "IngestFailure",
    "MistakeReport",
    "MistakeReportQuerySet",
    "Outcome",
    "Paragraph",
    "PreparedQuery",
    "PreparedValues",
    "Provision",
    "Publication",
    "Reason",
    "Redaction",
    "ReportCount",
    "ReviewedFile",
    "StandardWording",
    "StandardWordingQuerySet",
    "Tombstone",
    "Upload",
    "UploadQuerySet",
    "UploadResult",
    "UploadedChunk",
    "UploadedFile",
    "current_council_slugs",
    "database_time",
    "delete_expired_alerts",
    "delete_expired_reports",
    "fetch_together",
    "page_address",
    "slug_of",
]
