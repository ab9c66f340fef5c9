"""Harm to a job in the hands of a worker: an upload by staff that is reviewed and imported."""

import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator

from tests.tools.torture import checking
from tests.tools.torture.harming import kill_all
from tests.tools.torture.site import RECOVERY_TIMEOUT, Archive, NotRecovered, slug, text_of

# Decisions in one upload.
UPLOADED = 150

# Longest time between the start of a worker's job and its end by SIGKILL, in seconds.
LONGEST_JOB = 0.6


def kill_job(archive: Archive, chance: random.Random) -> float:
    """Workers are killed one after another while they review and import a zip of decisions."""
    from decisions.ingest.worker import MAX_INTERRUPTIONS

    with Upload(archive, UPLOADED) as upload:
        for _ in range(chance.randint(0, 2)):
            _kill_worker(archive, upload, chance)
        upload.await_review()
        upload.confirm()
        for _ in range(chance.randint(1, MAX_INTERRUPTIONS - 1)):
            _kill_worker(archive, upload, chance)
        started = time.monotonic()
        upload.await_import()
        seconds = time.monotonic() - started
        upload.check()
    archive.recover(checking.is_index_current)
    return seconds


def _kill_worker(archive: Archive, upload: "Upload", chance: random.Random) -> None:
    """Kill the worker that is at the upload, unless it has done its job by then."""
    if upload.await_worker():
        time.sleep(chance.uniform(0, LONGEST_JOB))
        kill_all(lambda: archive.companion("worker"))


class Upload:
    """A zip of new decisions that staff send by the admin."""

    def __init__(self, archive: Archive, count: int) -> None:
        self._archive = archive
        self._numbers = archive.write_files(count)
        self._staff = archive.staff()
        path = archive.files / "uploaded.zip"
        with zipfile.ZipFile(path, "w") as whole:
            for number in self._numbers:
                whole.writestr(f"{number}.txt", text_of(number))
        self._address = self._staff.upload(path)
        self._pk = int(self._address.split("/")[-3])

    def __enter__(self) -> "Upload":
        return self

    def __exit__(self, *error: object) -> None:
        from django.db import connection

        connection.close()

    def confirm(self) -> None:
        """Press the button that imports what was reviewed."""
        self._staff.post(self._address, {})

    def await_review(self) -> None:
        """Wait until the upload can be confirmed. Raises NotRecovered."""
        self._await(lambda row: row.is_reviewed)

    def await_import(self) -> None:
        """Wait until the upload is imported. Raises NotRecovered."""
        self._await(lambda row: row.imported_at is not None)
        self._archive.imported.update(self._numbers)

    def await_worker(self) -> bool:
        """Wait until a worker is at the upload; False if its job is done."""
        from decisions.ingest.job_locks import workers
        from decisions.models import Upload as Row

        def is_done(row: Row) -> bool:
            return bool(row.imported_at or (row.is_reviewed and not row.confirmed_at))

        self._await(lambda row: is_done(row) or self._pk in workers().uploads)
        return not is_done(Row.objects.get(pk=self._pk))

    def check(self) -> None:
        """Raise NotRecovered unless every file was imported once and the page says so."""
        if found := [*self._differences()]:
            raise NotRecovered(f"upload {self._pk}: {'; '.join(found)}")

    def _differences(self) -> Iterator[str]:
        from decisions.models import Capture, UploadResult

        rows = UploadResult.objects.filter(upload=self._pk)
        names = Counter(rows.filter(is_import=True).values_list("name", flat=True))
        expected = Counter(f"uploaded.zip/{number}.txt" for number in self._numbers)
        if names != expected:
            yield f"results differ: {(names - expected) or (expected - names)}"
        if rows.filter(is_import=False).exists():
            yield "results of the review are left"
        actions = Counter(rows.values_list("action", flat=True))
        if actions.keys() - {"created", "unchanged"}:
            yield f"actions: {dict(actions)}"
        references = [slug(number).replace("-", " ") for number in self._numbers]
        captures = Capture.objects.filter(decision__reference__in=references).count()
        if captures != len(references):
            yield f"{captures} captures of {len(references)} decisions"
        if "This is the result." not in self._staff.get(self._address)[1]:
            yield "the page does not say that it is imported"

    def _await(self, condition) -> None:
        from decisions.models import Upload as Row

        end = time.monotonic() + RECOVERY_TIMEOUT
        while not condition(row := Row.objects.get(pk=self._pk)):
            if row.failure or time.monotonic() > end:
                reason = row.failure or f"not done within {RECOVERY_TIMEOUT:.0f} s"
                raise NotRecovered(f"upload {self._pk}: {reason}")
            time.sleep(0.02)
