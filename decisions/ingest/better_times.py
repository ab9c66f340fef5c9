"""Sets the time of a capture, when a file with the same bytes states a better one."""

from django.db import connection, transaction
from django.db.models.functions import Now

from decisions.documents import CaptureTime
from decisions.ingest.batches import File, known_result
from decisions.ingest.capture_times import stated_time, tells_more
from decisions.ingest.lookups import LookupCache
from decisions.ingest.results import Action, Result
from decisions.ingest.writer import fill, ids_of
from decisions.models import Capture, Decision
from decisions.pipeline import ParsedFile, parse_file
from decisions.sources import Source


def set_time(source: Source, sha256: str, lookups: LookupCache) -> Result:
    """Give the capture with these bytes the time that the file states.

    If another capture is the newest of its decision then, the decision shows that one.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:  # before any other lock, as every writer does
                cursor.execute("SELECT decisions_advance_change(), clock_timestamp()")
                now = cursor.fetchone()[1]
            capture = Capture.objects.select_related("decision").get(sha256=sha256)
            time = stated_time(source)
            action = Action.UNCHANGED
            if time and time.at <= now and tells_more(source, capture):
                action = _set(capture, time, lookups)
            return known_result(source, action, capture)
    except BaseException:
        lookups.clear()  # it may hold rows that the rollback took back
        raise


def _set(capture: Capture, time: CaptureTime, lookups: LookupCache) -> Action:
    decision = Decision.objects.select_for_update().get(pk=capture.decision_id)
    captures = decision.captures.defer("content")
    before = captures.first()
    captures.filter(pk=capture.pk).update(captured_at=time.at, captured_from=time.basis)
    newest = captures.first()
    if newest is None or newest == before:
        return Action.UNCHANGED
    source = Source(newest.name, bytes(newest.content), newest.url or None, newest.charset or None)
    parsed = parse_file(source)
    if not isinstance(parsed, ParsedFile) or parsed.document.reference != decision.reference:
        return Action.UNCHANGED  # today's parser reads it otherwise: what is shown stays
    file = File(source, newest.sha256, parsed)
    (ids,) = ids_of([file], lookups)
    fill(decision, file, ids)
    decision.updated_at = Now()
    decision.save(force_update=True)
    return Action.UPDATED
