"""Previews an import: finds what it would do now, and writes no decision and no capture."""

from collections.abc import Iterable, Iterator

from decisions.documents import Document, sections_to_json
from decisions.ingest.batches import ParsedFileStore, Received, read_batches
from decisions.ingest.results import Action, Result
from decisions.ingest.writer import Conflict, check_may_update
from decisions.models import Decision, slug_of


def preview(received: Iterable[Received], store: ParsedFileStore | None = None) -> Iterator[Result]:
    """The results that `ingest_all` would have, each with the document that was read.

    `store` is as for `read_batches`.
    """
    references: set[str] = set()
    hashes: set[str] = set()
    for batch in read_batches(received, store):
        for part in batch:
            if isinstance(part, Result):
                yield part
            elif part.sha256 in hashes:
                yield Result(part.source.name, Action.UNCHANGED)
            else:
                document = part.parsed.document
                yield _preview(part.source.name, document, references)
                hashes.add(part.sha256)
                references.add(document.reference)


def _preview(name: str, document: Document, references: set[str]) -> Result:
    decisions = Decision.objects.select_related("council", "category__parent", "outcome")
    decision = decisions.filter(reference=document.reference).first()
    try:
        check_may_update(decision, document)
    except Conflict as conflict:
        return Result(name, Action.FAILED, str(conflict), document=document)
    if decision:
        changed = _differences(decision, document)
        return Result(name, Action.UPDATED, document=document, changed=changed)
    is_repeated = document.reference in references
    return Result(name, Action.UPDATED if is_repeated else Action.CREATED, document=document)


def _differences(decision: Decision, document: Document) -> tuple[str, ...]:
    """The names of the fields that an update would change, as staff read them."""
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
    for name in ("decided_on", "summary", "source_url"):
        value = getattr(document, name)
        if value is not None and value != getattr(decision, name):
            changed.append(name.replace("decided_on", "date").replace("_", " "))
    if decision.kind != document.kind:
        changed.append("kind")
    if decision.sections != sections_to_json(document.sections):
        changed.append("text")
    return tuple(changed)
