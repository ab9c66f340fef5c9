"""Stores the results of a review or an import of an upload, each as a row."""

from typing import Any

from decisions.documents import Document
from decisions.ingest.erased_files import ERASED, storing_fields
from decisions.ingest.failures import storable
from decisions.ingest.results import Result
from decisions.models import Upload, UploadResult

# Number of results that are held in memory before they are written together.
_ROWS = 500


class UploadResults:
    """The results of the review or the import of an upload, in the order of the files.

    Those that an interrupted review has stored go. Those of an interrupted import stay, and new
    results for the same files are dropped: they would say of each that it is unchanged.
    """

    def __init__(self, upload: Upload, is_import: bool) -> None:
        self._upload = upload
        self._is_import = is_import
        self._unsaved: list[UploadResult] = []
        self.count = 0
        stored = upload.results.filter(is_import=is_import)
        if not is_import:
            stored.delete()
        self._stored = stored.count()

    def add(self, result: Result) -> None:
        """Store the next result, at once or with later ones."""
        self.count += 1
        if self.count <= self._stored:
            return
        self._unsaved.append(
            UploadResult(
                upload=self._upload,
                is_import=self._is_import,
                position=self.count - 1,
                action=str(result.action),
                name=storable(result.name),
                reason=storable(result.reason),
                changed=list(result.changed),
                document=_fields_of(result.document) if result.document else None,
                reference=result.reference,
                withdrawn=result.withdrawn,
            )
        )
        if len(self._unsaved) >= _ROWS:
            self.save()

    def save(self) -> None:
        """Store the results that are not stored yet; no fields of decisions erased meanwhile."""
        if not self._unsaved:
            return
        references = {name for row in self._unsaved for name in _references_of(row)}
        with storing_fields(references) as erased:
            for row in self._unsaved:
                if row.document and not erased.keys().isdisjoint(_references_of(row)):
                    row.document, row.changed, row.reason = None, [], ERASED
            UploadResult.objects.bulk_create(self._unsaved)
        self._unsaved = []


def _references_of(row: UploadResult) -> list[str]:
    """Every reference that the file of a result states."""
    return [row.document["reference"], *row.document["other_references"]] if row.document else []


def _fields_of(document: Document) -> dict[str, Any]:
    """The fields of a document that the review page shows."""
    fields = document.to_json()
    del fields["sections"]
    return fields | {"paragraphs": sum(1 for _ in document.paragraphs())}
