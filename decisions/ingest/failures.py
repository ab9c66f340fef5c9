"""Records the files that could not be imported, for the data quality page."""

from django.db.models.functions import Now

from decisions.ingest.results import Action, Result
from decisions.models import IngestFailure


class FailureLog:
    """Records each file that failed, and deletes the record once the file is imported."""

    def __init__(self) -> None:
        self._names = set(IngestFailure.objects.values_list("name", flat=True))
        self._failed: dict[str, str] = {}  # names and reasons that are not saved yet
        self._imported: set[str] = set()

    def add(self, result: Result) -> None:
        """Note one result, for `save`."""
        name = storable(result.name)
        if result.action == Action.FAILED:
            self._failed[name] = storable(result.reason)
            self._imported.discard(name)
        elif name in self._names or name in self._failed:
            self._failed.pop(name, None)
            self._imported.add(name)

    def save(self) -> None:
        """Update the records with the results since the last time."""
        IngestFailure.objects.bulk_create(
            [
                IngestFailure(name=name, reason=reason, last_at=Now())
                for name, reason in self._failed.items()
            ],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["reason", "last_at"],
        )
        if self._imported:
            IngestFailure.objects.filter(name__in=self._imported).delete()
        self._names = (self._names | self._failed.keys()) - self._imported
        self._failed, self._imported = {}, set()


def storable(text: str) -> str:
    """The text without NUL, and with “?” for undecodable bytes: PostgreSQL stores neither."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
