"""Stores the files that a review has parsed, so that the import does not parse them again."""

import hashlib
import json
from collections.abc import Iterable

from decisions.analysis import RULES_VERSION
from decisions.ingest.batches import File, references_of
from decisions.ingest.erased_files import storing_fields
from decisions.models import ReviewedFile, Upload
from decisions.pipeline import ParsedFile
from decisions.sources import Source


class ReviewedFiles:
    """The parsed files of one upload, until it is imported."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload

    def find(self, files: Iterable[tuple[Source, str]]) -> list[ParsedFile | None]:
        """The stored result for each file, given with its SHA-256; None where there is none."""
        keys = [key_of(source, sha256) for source, sha256 in files]
        rows = self._upload.reviewed_files.filter(key__in=keys).values_list("key", "parsed")
        stored = {key: json.loads(bytes(parsed)) for key, parsed in rows}
        return [ParsedFile.from_json(stored[key]) if key in stored else None for key in keys]

    def save(self, files: Iterable[File]) -> None:
        """Store the results of parsing the files; a result that is already stored stays.

        Nothing is stored of a file whose decision has been erased meanwhile.
        """
        files = [*files]
        with storing_fields({name for file in files for name in references_of(file)}) as erased:
            ReviewedFile.objects.bulk_create(
                (
                    self._row(file)
                    for file in files
                    if erased.keys().isdisjoint(references_of(file))
                ),
                ignore_conflicts=True,
            )

    def _row(self, file: File) -> ReviewedFile:
        return ReviewedFile(
            upload=self._upload,
            key=key_of(file.source, file.sha256),
            # Not JSONB, which cannot hold a NUL character.
            parsed=json.dumps(file.parsed.to_json()).encode(),
        )

    def delete(self) -> None:
        """Delete all stored files of the upload."""
        self._upload.reviewed_files.all().delete()


def key_of(source: Source, sha256: str) -> str:
    """A hash of everything that the result of parsing a file depends on."""
    parts = [RULES_VERSION, sha256, source.name, source.url, source.charset]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
