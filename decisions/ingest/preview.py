"""Previews an import: finds what it would do now, and writes no decision and no capture."""

import datetime
from collections.abc import Iterable, Iterator

from decisions.documents import Document, sections_to_json
from decisions.ingest.batches import (
    File,
    KnownFile,
    ParsedFileStore,
    known_captures,
    known_result,
    read_batches,
)
from decisions.ingest.capture_times import captured_time, newest_times
from decisions.ingest.results import Action, Received, Result
from decisions.ingest.writer import Conflict, check_may_update
from decisions.models import Decision, database_time, slug_of


def preview(received: Iterable[Received], store: ParsedFileStore | None = None) -> Iterator[Result]:
    """The results that `ingest_all` would have, each with the document that was read.

    `store` is as for `read_batches`.
    """
    newest: dict[str, datetime.datetime] = {}  # by reference, of the files so far
    hashes: set[str] = set()
    for batch in read_batches(received, store):
        now = database_time()
        for part in batch:
            if isinstance(part, Result):
                yield part
            elif isinstance(part, KnownFile):
                (capture,) = known_captures([part.sha256]).values()
                yield known_result(part.source, Action.UNCHANGED, capture)
            elif part.sha256 in hashes:
                reference = part.parsed.document.reference
                yield Result.of(part.source, Action.UNCHANGED, reference=reference)
            else:
                yield _preview(part, newest, now)
                hashes.add(part.sha256)


def _preview(file: File, newest: dict[str, datetime.datetime], now: datetime.datetime) -> Result:
    """The result for one file; notes its time in `newest`."""
    source, document = file.source, file.parsed.document
    decisions = Decision.objects.select_related("council", "category__parent", "outcome")
    decision = decisions.filter(reference=document.reference).first()
    try:
        check_may_update(decision, document)
    except Conflict as conflict:
        return Result.of(source, Action.FAILED, str(conflict), document=document)
    time = captured_time(source, document.captured, now).at
    times = [*newest_times([decision] if decision else []).values()]
    times += [newest[document.reference]] if document.reference in newest else []
    newest[document.reference] = max([time, *times])
    action = Action.UPDATED if decision or times else Action.CREATED
    if times and time < max(times):
        action = Action.OLDER
    changed = _differences(decision, document) if decision and action == Action.UPDATED else ()
    withdrawn = decision is not None and decision.withdrawn_at is not None
    return Result.of(source, action, document=document, changed=changed, withdrawn=withdrawn)


def _differences(decision: Decision, document: Document) -> tuple[str, ...]:
    """The names of the fields that an update would change, as staff read them.

    Those that staff corrected are none of them, and neither are words that stay redacted.
    """
    category = decision.category
    top = category and (category.parent or category)
    current = {
        "council": decision.council and decision.council.slug,
        "category": top and top.path,
        "subcategory": category and category.parent and category.path.partition("/")[2],
        "outcome": decision.outcome and decision.outcome.slug,
    }
    stated = {name: getattr(document, name) for name in current}
    changed = [name for name in current if stated[name] and slug_of(stated[name]) != current[name]]
    redacted = decision.redactor().document(document)
    for name in ("decided_on", "summary", "source_url"):
        value = getattr(redacted, name)
        if value is not None and value != getattr(decision, name):
            changed.append(name.replace("_", " "))
    corrected = {name.replace("_", " ") for name in decision.stated}
    corrected |= {"subcategory"} if "category" in decision.stated else set()
    changed = [name.replace("decided on", "date") for name in changed if name not in corrected]
    if decision.kind != document.kind:
        changed.append("kind")
    if decision.sections != sections_to_json(redacted.sections):
        changed.append("text")
    return tuple(changed)
