"""Received files into rows, one transaction a decision.

The identity rule, for every received file:

| its bytes | its reference  | action    | what is written                                   |
|-----------|----------------|-----------|---------------------------------------------------|
| known     | not looked at  | unchanged | nothing                                           |
| new       | new            | created   | a decision and its first capture                  |
| new       | known          | updated   | one more capture; the decision shows the new file |
| new       | cannot be read | failed    | nothing; reported by name and reason              |

An updated decision takes its text, kind, findings and warnings from the new file. A header field
that the new file does not state keeps the value that an earlier file stated. A withdrawn decision
stays withdrawn. An invented sample and a real decision never replace each other.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, DataError, connection, transaction
from django.db.models.functions import Now
from psycopg.errors import DeadlockDetected, UniqueViolation

from decisions import search
from decisions.analysis import RULES_VERSION, Findings, analyse
from decisions.analysis.bodies import kind_of_body
from decisions.documents import Document, ParseError, sections_to_json
from decisions.models import (
    Capture,
    Category,
    Council,
    Decision,
    Failure,
    Outcome,
    Provision,
    slug_of,
)
from decisions.parsing import parse
from decisions.sources import Ignored, Source, Unreadable

log = logging.getLogger(__name__)

Received = Source | Ignored | Unreadable

# Files whose hashes are looked up in one query.
BATCH_FILES = 100
BATCH_BYTES = 8_000_000

# The search index is brought up to date after so many written decisions, and at the end.
INDEX_EVERY = 2_000

REMOVE_AT_ONCE = 1_000

# Two processes that meet the same new reference or council: the loser tries again.
ATTEMPTS = 3


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What was (or, in a preview, would be) done with one received file."""

    name: str
    action: Action
    reason: str = ""
    document: Document | None = None
    findings: Findings | None = None
    # Of an update in a preview: what the file states otherwise than the archive does.
    changed: tuple[str, ...] = ()


@dataclass
class Report:
    """Counts of every action, and each failure by name and reason."""

    counts: Counter[Action] = field(default_factory=Counter)
    failures: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.counts[result.action] += 1
        if result.action == Action.FAILED:
            self.failures.append(result)

    @property
    def written(self) -> int:
        return self.counts[Action.CREATED] + self.counts[Action.UPDATED]

    def __str__(self) -> str:
        return ", ".join(f"{self.counts[action]:,} {action}" for action in Action)

    def to_json(self) -> dict[str, Any]:
        counts = {str(action): self.counts[action] for action in Action}
        failures = [{"name": result.name, "reason": result.reason} for result in self.failures]
        return {**counts, "failures": failures}


class Conflict(Exception):
    """The file may not be taken in, for the reason given."""


def ingest_all(
    received: Iterable[Received], progress: Callable[[Result], None] | None = None
) -> Report:
    """Take in everything; what fails is reported and does not keep the rest out.

    `progress` is called with each result as it is final.
    """
    report = Report()
    names = Names()
    failures = _Failures()
    indexed = 0
    try:
        with _without_waiting_for_the_disk():
            for batch in _batches(received):
                for result in _ingest_batch(batch, names):
                    report.add(result)
                    failures.note(result)
                    if progress:
                        progress(result)
                if report.written - indexed >= INDEX_EVERY:
                    indexed = report.written
                    _update_search()
    finally:
        _update_search()
    return report


def preview(received: Iterable[Received]) -> Iterator[Result]:
    """What `ingest_all` would do now, with what was understood of each file; writes nothing."""
    references: set[str] = set()
    hashes: set[str] = set()
    for batch in _batches(received):
        hashes |= _known_hashes(batch)
        for thing in batch:
            result = _understand(thing, hashes)
            if result.document:
                result = _preview_document(thing.name, result.document, references)
                hashes.add(_hash(thing.data))
                references.add(result.document.reference)
            yield result


def remove_samples() -> int:
    """Take every invented decision out of the archive; returns how many there were.

    With them go the councils, categories and outcomes that no decision has any more.
    """
    samples = Decision.objects.filter(is_sample=True)
    count = 0
    while ids := list(samples.values_list("pk", flat=True)[:REMOVE_AT_ONCE]):
        with transaction.atomic():
            Capture.objects.filter(decision__in=ids).delete()
            samples.filter(pk__in=ids).only("pk").delete()
        count += len(ids)
    Council.objects.filter(decision=None).delete()
    Outcome.objects.filter(decision=None).delete()
    Category.objects.filter(decision=None, subcategories=None).delete()  # the lower level,
    Category.objects.filter(decision=None, subcategories=None).delete()  # then what is above it
    _update_search()
    return count


def _ingest_batch(batch: list[Received], names: "Names") -> Iterator[Result]:
    known = _known_hashes(batch)
    for thing in batch:
        result = _understand(thing, known)
        if result.document:
            result = _store(thing, result.document, result.findings, names)
            if result.action != Action.FAILED:
                known.add(_hash(thing.data))
        yield result


def _understand(thing: Received, known_hashes: set[str]) -> Result:
    """The result where it needs no look at known references; else one that holds a document."""
    if isinstance(thing, Ignored):
        return Result(thing.name, Action.IGNORED)
    if isinstance(thing, Unreadable):
        return Result(thing.name, Action.FAILED, thing.reason)
    if _hash(thing.data) in known_hashes:
        return Result(thing.name, Action.UNCHANGED)
    try:
        document = parse(thing.data, thing.name, thing.url, thing.charset)
        findings = analyse(document)
    except ParseError as error:
        return _failed(thing.name, error)
    except Exception as error:  # a fault of ours: this file fails, the others go on
        log.exception("%s could not be understood", thing.name)
        return _failed(thing.name, error)
    return Result(thing.name, Action.CREATED, document=document, findings=findings)


def _preview_document(name: str, document: Document, references: set[str]) -> Result:
    decision = _find(document).select_related("council", "category__parent", "outcome").first()
    try:
        _check_may_update(decision, document)
    except Conflict as conflict:
        return Result(name, Action.FAILED, str(conflict), document=document)
    if decision:
        changed = _differences(decision, document)
        return Result(name, Action.UPDATED, document=document, changed=changed)
    again = document.reference in references
    return Result(name, Action.UPDATED if again else Action.CREATED, document=document)


def _differences(decision: Decision, document: Document) -> tuple[str, ...]:
    """What an update would change, in words a reader knows."""
    category = decision.category
    top = category and (category.parent or category)
    held = {
        "council": decision.council and decision.council.slug,
        "category": top and top.path,
        "subcategory": category and category.parent and category.path.partition("/")[2],
        "outcome": decision.outcome and decision.outcome.slug,
    }
    stated = {name: getattr(document, name) for name in held}
    changed = [name for name in held if stated[name] and slug_of(stated[name]) != held[name]]
    for name in ("decided_on", "summary", "source_url"):
        value = getattr(document, name)
        if value is not None and value != getattr(decision, name):
            changed.append(name.replace("decided_on", "date").replace("_", " "))
    if decision.kind != document.kind:
        changed.append("kind")
    if decision.sections != sections_to_json(document.sections):
        changed.append("text")
    return tuple(changed)


def _store(source: Source, document: Document, findings: Findings, names: "Names") -> Result:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            ids = names.ids(document)
            names.make_provisions(findings)
            with transaction.atomic():
                action = _write(source, document, findings, ids)
        except (Conflict, DataError) as error:
            return _failed(source.name, error)
        except DatabaseError as error:
            if not isinstance(error.__cause__, UniqueViolation | DeadlockDetected):
                raise
            if attempt == ATTEMPTS:
                return _failed(source.name, error)
        else:
            return Result(source.name, action, document=document, findings=findings)
    raise AssertionError("unreachable")


def _write(
    source: Source, document: Document, findings: Findings, ids: dict[str, int | None]
) -> Action:
    # Locked, so that two processes with files of one decision write one after the other.
    decision = _find(document).select_for_update(of=("self",)).first()
    action = Action.UPDATED if decision else Action.CREATED
    decision = decision or Decision(reference=document.reference)
    if action == Action.UPDATED:
        if Capture.objects.filter(sha256=_hash(source.data)).exists():
            return Action.UNCHANGED  # another process took in the same bytes just now
        _check_may_update(decision, document)
        decision.updated_at = Now()

    decision.kind = document.kind
    decision.sections = sections_to_json(document.sections)
    decision.warnings = list(document.warnings)
    decision.other_references = list(document.other_references)
    decision.is_sample = document.is_sample
    for name, value in fields_of(findings).items():
        setattr(decision, name, value)
    stated = {
        **ids,
        "decided_on": document.decided_on,
        "summary": document.summary,
        "source_url": document.source_url,
    }
    for name, value in stated.items():
        if value is not None:
            setattr(decision, name, value)
    decision.save(force_insert=action == Action.CREATED)

    Capture.objects.create(
        decision=decision,
        sha256=_hash(source.data),
        name=_storable(source.name),
        url=source.url or document.source_url or "",
        charset=source.charset or "",
        content=source.data,
    )
    return action


def fields_of(findings: Findings) -> dict[str, Any]:
    """The columns of a decision that hold what analysis found."""
    return {
        "findings": findings.to_json(),
        "rules_version": RULES_VERSION,
        "reasons": findings.reasons,
        "provisions": list(findings.provisions()),
        "remedies": sorted({remedy.kind for remedy in findings.remedies}),
        "payment": findings.payment,
        "fingerprints": sorted({candidate.fingerprint for candidate in findings.standard}),
    }


def _find(document: Document):
    return Decision.objects.filter(reference=document.reference)


def _check_may_update(decision: Decision | None, document: Document) -> None:
    if decision and decision.is_sample != document.is_sample:
        kinds = ("a real decision", "an invented sample")
        raise Conflict(
            f"{document.reference} is {kinds[decision.is_sample]} in this archive "
            f"and cannot be replaced by {kinds[document.is_sample]}"
        )


class _Failures:
    """Keeps the table of files that could not be taken in, for the page on quality."""

    def __init__(self) -> None:
        self._names = set(Failure.objects.values_list("name", flat=True))

    def note(self, result: Result) -> None:
        name = _storable(result.name)
        if result.action == Action.FAILED:
            Failure.objects.update_or_create(
                name=name, defaults={"reason": _storable(result.reason), "last_at": Now()}
            )
            self._names.add(name)
        elif name in self._names:
            Failure.objects.filter(name=name).delete()
            self._names.discard(name)


def _storable(text: str) -> str:
    """Names of files may hold what PostgreSQL cannot: bytes that are no text, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


class Names:
    """Ids of councils, categories and outcomes, remembered for one run, made where missing.

    They are written outside the decision's transaction, so that one that falls back never leaves
    an id here that does not exist.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[type, str], int] = {}

    def ids(self, document: Document) -> dict[str, int | None]:
        """The header's names as the decision's foreign keys; None where not stated."""
        council = document.council
        return {
            "council_id": council
            and self._id(
                Council, "slug", slug_of(council), name=council, kind=kind_of_body(council)
            ),
            "category_id": self._category_id(document.category, document.subcategory),
            "outcome_id": document.outcome
            and self._id(Outcome, "slug", slug_of(document.outcome), name=document.outcome),
        }

    def make_provisions(self, findings: Findings) -> None:
        """A row for every provision cited, the whole before its parts."""
        for key, provision in findings.provisions().items():
            fields = {
                "label": provision.label,
                "short": provision.short,
                "url": provision.url or "",
                "parent_id": provision.parent and self._known[Provision, provision.parent.key],
            }
            self._id(Provision, "key", key, **fields)

    def _category_id(self, category: str | None, subcategory: str | None) -> int | None:
        if category is None:
            return None
        path = slug_of(category)
        parent = self._id(Category, "path", path, name=category)
        if subcategory is None:
            return parent
        path = f"{path}/{slug_of(subcategory)}"
        return self._id(Category, "path", path, name=subcategory, parent_id=parent)

    def _id(self, model: type, key: str, value: str, **fields: Any) -> int:
        if (model, value) not in self._known:
            row, _ = model.objects.get_or_create(**{key: value}, defaults=fields)
            self._known[model, value] = row.pk
        return self._known[model, value]


def _batches(received: Iterable[Received]) -> Iterator[list[Received]]:
    batch: list[Received] = []
    size = 0
    for thing in received:
        batch.append(thing)
        size += len(thing.data) if isinstance(thing, Source) else 0
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _known_hashes(batch: list[Received]) -> set[str]:
    hashes = [_hash(thing.data) for thing in batch if isinstance(thing, Source)]
    return set(Capture.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _failed(name: str, error: Exception) -> Result:
    return Result(name, Action.FAILED, " ".join(str(error).split()))


def _update_search() -> None:
    """Rows are safe whatever happens to the index, which catches up on the next occasion."""
    try:
        search.catch_up()
    except (OSError, ValueError):
        log.exception("The search index could not be brought up to date")


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Commits follow each other without waiting for the disk; all are on it when the block ends.

    A crash of the machine may lose the last moments of a run, never part of a decision, and the
    run that follows takes them in again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_logical_emit_message(true, 'ingest', 'finished')")
