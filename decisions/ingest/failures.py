"""Records the files that could not be imported, for the data quality page."""

from django.db.models.functions import Now

from decisions.ingest.results import Action, Result
from decisions.models import IngestFailure


class FailureLog:
    """Records each file that failed, and deletes the record once the file is imported."""

    def __init__(self) -> None:
        self._names = set(IngestFailure.objects.values_list("name", flat=True))

    def add(self, result: Result) -> None:
        """Update the records with one result."""
        name = storable(result.name)
        if result.action == Action.FAILED:
            IngestFailure.objects.update_or_create(
                name=name, defaults={"reason": storable(result.reason), "last_at": Now()}
            )
            self._names.add(name)
        elif name in self._names:
            IngestFailure.objects.filter(name=name).delete()
            self._names.discard(name)


def storable(text: str) -> str:
    """The text without NUL, and with “?” for undecodable bytes: PostgreSQL stores neither."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
