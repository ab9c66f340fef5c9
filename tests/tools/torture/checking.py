"""Proves that an archive is whole: nothing lost, nothing half written, the index equal to it."""

import hashlib
from collections.abc import Iterator

from tests.tools.torture.site import Archive, slug, text_of


def differences(archive: Archive) -> list[str]:
    """Everything in which the archive is not what was imported, in words.

    The site must have recovered: this process would start PostgreSQL by itself.
    """
    from django.db import connections

    try:
        return [*_rows(archive), *_files(), *_index()]
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()


def _rows(archive: Archive) -> Iterator[str]:
    from decisions.models import Capture, Decision

    held = dict(Decision.objects.published().values_list("reference", "pk"))
    hashes = set(Capture.objects.values_list("decision_id", "sha256"))
    for number in sorted(archive.imported):
        pk = held.pop(slug(number).replace("-", " "), None)
        digest = hashlib.sha256(text_of(number).encode()).hexdigest()
        if pk is None:
            yield f"{slug(number)} is lost"
        elif (pk, digest) not in hashes:
            yield f"{slug(number)} has lost its file"


def _files() -> Iterator[str]:
    from decisions.capture_log import check_log
    from decisions.ingest.verification import verify_decisions

    yield from map(str, check_log())
    yield from map(str, verify_decisions(in_process_files=1_000_000))


def _index() -> Iterator[str]:
    from decisions import search

    try:
        if found := search.verify():
            yield f"the index differs: {found}"
    except search.IndexUnavailable as error:
        yield f"no index: {error}"


def is_index_current() -> bool:
    """Whether the index holds every change."""
    from django.db import DatabaseError, connection

    from decisions import search

    try:
        return search.has_reached(search.database_state())
    except DatabaseError:
        return False
    finally:
        connection.close()
