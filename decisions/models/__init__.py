"""The tables. PostgreSQL is the truth; the search index and every page are made from here.

A decision keeps its text as JSON in one row (`sections`, the shape of
`documents.sections_to_json`): pages, excerpts and re-analysis read a decision whole, and one row a
decision instead of forty keeps ingest and a million decisions cheap.

`Decision.change` and the `Tombstone` rows are written by database triggers (migration 0002),
so that every way of writing, the admin and SQL by hand included, is seen by the search index.
"""

from decisions.documents import NOT_STATED
from decisions.models.bodies import Council, slug_of
from decisions.models.captures import Capture, IngestFailure
from decisions.models.changes import ChangeSequence, Tombstone
from decisions.models.decisions import Decision
from decisions.models.law import Provision
from decisions.models.paragraphs import Paragraph
from decisions.models.querysets import DecisionQuerySet
from decisions.models.taxonomy import Category, Outcome
from decisions.models.uploads import ReviewedFile, Upload, UploadedFile
from decisions.models.wording import StandardWording, StandardWordingQuerySet

__all__ = [
    "NOT_STATED",
    "Capture",
    "Category",
    "ChangeSequence",
    "Council",
    "Decision",
    "DecisionQuerySet",
    "IngestFailure",
    "Outcome",
    "Paragraph",
    "Provision",
    "ReviewedFile",
    "StandardWording",
    "StandardWordingQuerySet",
    "Tombstone",
    "Upload",
    "UploadedFile",
    "slug_of",
]
