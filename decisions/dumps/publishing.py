"""The dump that readers may download: makes it, and says whether it may still be offered.

DUMP_DIR has one directory for each dump and `published.json`, which names the current one. A dump
is public: it has no text of withdrawn decisions. Once a decision in it is withdrawn, redacted or
deleted, it must not be offered any more; `has_lost_decisions` finds that at once, by the change
numbers.
"""

import datetime
import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from decisions.dumps import files
from decisions.dumps.contents import Contents, DumpError
from decisions.dumps.flat import flat_tables_of
from decisions.dumps.metadata import CHECKSUMS, MANIFEST
from decisions.dumps.tables import TABLES_BY_NAME
from decisions.dumps.writing import Snapshot, archive_state, dump
from decisions.models import Decision, Tombstone

_RECORD = "published.json"
_LOCK = "lock"

# How old a published dump becomes before the next is due.
MAX_AGE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that readers may download; `path` is relative to its dump."""

    path: str
    bytes: int
    sha256: str
    rows: int | None
    about: str


@dataclass(frozen=True, slots=True)
class Published:
    """The current dump, and the state of the archive that it shows (see `writing.Snapshot`)."""

    directory: Path
    made_at: datetime.datetime
    archive: str
    change: int
    withdrawn: tuple[str, ...]
    has_captures: bool
    rows: dict[str, int]
    files: dict[str, PublishedFile]


def current() -> Published | None:
    """The dump that was published last; None if there is none."""
    try:
        return _stored()
    except FileNotFoundError:
        return None


def has_lost_decisions(published: Published) -> bool:
    """Whether the dump has what was withdrawn, redacted or deleted since, or may have it."""
    archive, change = archive_state()
    if archive != published.archive:
        return True  # another archive: nobody knows what was withdrawn from this one
    if change < published.change:
        return True  # the archive went back in time, to a backup
    newer = {"change__gt": published.change}
    withdrawn = Decision.objects.filter(**newer, withdrawn_at__isnull=False)
    return (
        withdrawn.exclude(reference__in=published.withdrawn).exists()
        or Decision.objects.filter(**newer, is_redacted=True).exists()
        or Tombstone.objects.filter(**newer).exists()
    )


def is_due() -> bool:
    """Whether a new dump should be published: daily, and after a decision was withdrawn."""
    published = current()
    return (
        published is None
        or abs(timezone.now() - published.made_at) >= MAX_AGE
        or has_lost_decisions(published)
    )


def publish(progress: Callable[[str, int], None] | None = None) -> Published:
    """Make a public dump in DUMP_DIR, offer it, and delete those before it. Raises DumpError."""
    try:
        settings.DUMP_DIR.mkdir(parents=True, exist_ok=True)
        with _lock():
            made_at = timezone.now()
            directory = settings.DUMP_DIR / f"{made_at.astimezone(datetime.UTC):%Y%m%dT%H%M%S%fZ}"
            contents = Contents(captures=settings.DUMP_CAPTURES, sqlite=True, parquet=True)
            snapshot = dump(directory, contents, progress)
            _write_record(directory, made_at, snapshot)
            _delete_others(directory)
    except OSError as error:
        raise DumpError(f"Nothing can be published in {settings.DUMP_DIR}: {error}") from error
    return _stored()


def _write_record(directory: Path, made_at: datetime.datetime, snapshot: Snapshot) -> None:
    listed = [{**file, "about": _about(file)} for file in snapshot.manifest["files"]]
    described = [files.describe(directory, path).to_json() for path in (MANIFEST, CHECKSUMS)]
    record = {
        "directory": directory.name,
        "made_at": made_at.isoformat(),
        "archive": snapshot.archive,
        "change": snapshot.change,
        "withdrawn": snapshot.withdrawn,
        "has_captures": snapshot.manifest["captures"],
        "rows": snapshot.manifest["rows"],
        "files": [*described, *listed],
    }
    beside = directory.parent / f"{_RECORD}.new"
    beside.write_text(json.dumps(record))
    beside.replace(directory.parent / _RECORD)


def _about(file: dict[str, Any]) -> str:
    """What is in a file of a table; nothing for any other."""
    table: str | None = file.get("table")
    if table is None or file["path"].endswith(".warc.gz"):
        return ""
    is_flat = file["path"].endswith(".parquet")
    return flat_tables_of(Contents())[table].about if is_flat else TABLES_BY_NAME[table].about


def _delete_others(directory: Path) -> None:
    """Delete every other dump, and what interrupted ones left. Downloads that run go on."""
    for path in directory.parent.iterdir():
        if path.is_dir() and path != directory:
            shutil.rmtree(path)


@contextmanager
def _lock() -> Iterator[None]:
    """Let one process publish at a time; the others wait."""
    with (settings.DUMP_DIR / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stored() -> Published:
    record = settings.DUMP_DIR / _RECORD
    return _read(record, record.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(record: Path, changed: int) -> Published:
    """The record as it is since `changed`."""
    stored: dict[str, Any] = json.loads(record.read_text())
    entries = (
        PublishedFile(
            file["path"], file["bytes"], file["sha256"], file.get("rows"), file.get("about", "")
        )
        for file in stored["files"]
    )
    return Published(
        record.parent / stored["directory"],
        datetime.datetime.fromisoformat(stored["made_at"]),
        stored["archive"],
        stored["change"],
        tuple(stored["withdrawn"]),
        stored["has_captures"],
        stored["rows"],
        {file.path: file for file in entries},
    )
