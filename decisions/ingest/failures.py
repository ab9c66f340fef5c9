"""The table of files that could not be taken in, for the page on quality."""

from django.db.models.functions import Now

from decisions.ingest.results import Action, Result
from decisions.models import IngestFailure


class Failures:
    """Notes each file that failed, and forgets it once it can be taken in."""

    def __init__(self) -> None:
        self._names = set(IngestFailure.objects.values_list("name", flat=True))

    def note(self, result: Result) -> None:
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
    """Names of files may hold what PostgreSQL cannot: bytes that are no text, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
