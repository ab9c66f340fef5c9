"""Finds or creates the rows that decisions refer to: councils, categories, outcomes, provisions."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NamedTuple

from django.db import models

from decisions.analysis.bodies import kind_of_body
from decisions.documents import Document
from decisions.models import Category, Council, CouncilAlias, Outcome, Provision, slug_of
from decisions.pipeline import CitedProvision

# The column that identifies a row of each model.
_KEYS: dict[type[models.Model], str] = {
    Council: "slug",
    Category: "path",
    Outcome: "slug",
    Provision: "key",
}


class _Entry(NamedTuple):
    """The fields of a row to create; `parent` is the key of its parent row."""

    key: str
    parent: str | None
    fields: dict[str, Any]


class LookupCache:
    """The ids of the rows that decisions refer to, cached for one run; creates missing rows.

    Rows are created outside the decisions' transaction, so that a rollback leaves no id in the
    cache that does not exist. They are created in bulk; if entries have the same key, the first
    one determines the row's fields.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[type[models.Model], str], int] = {}

    def clear(self) -> None:
        """Forget all ids, because somebody may have deleted a row."""
        self._ids.clear()

    def foreign_keys(self, documents: Iterable[Document]) -> list[dict[str, int | None]]:
        """The foreign keys of each document's row; None where the document states no value."""
        documents = list(documents)
        rows: list[dict[str, int | None]] = [{} for _ in documents]
        for column, (model, entries_of) in _HEADER.items():
            entries = [entries_of(document) for document in documents]
            self._create_missing(model, chain.from_iterable(entries))
            for row, of_document in zip(rows, entries, strict=True):
                row[column] = self._ids[model, of_document[-1].key] if of_document else None
        return rows

    def create_provisions(self, provisions: Iterable[CitedProvision]) -> None:
        """Create a row for every cited provision; the parent of each must be among them."""
        rows = [provision._asdict() for provision in provisions]
        entries = [_Entry(row.pop("key"), row.pop("parent"), row) for row in rows]
        self._create_missing(Provision, entries)

    def _create_missing(self, model: type[models.Model], entries: Iterable[_Entry]) -> None:
        missing: dict[str, _Entry] = {}
        for entry in entries:
            if (model, entry.key) not in self._ids:
                missing.setdefault(entry.key, entry)
        self._look_up(model, missing)
        while missing := {key: missing[key] for key in missing if (model, key) not in self._ids}:
            # Rows whose parents exist. They are sorted, because two runs that insert the same keys
            # in different orders could deadlock.
            ready = [missing[key] for key in sorted(missing) if missing[key].parent not in missing]
            model._default_manager.bulk_create(
                [self._row(model, entry) for entry in ready], ignore_conflicts=True
            )
            self._look_up(model, [entry.key for entry in ready])

    def _row(self, model: type[models.Model], entry: _Entry) -> models.Model:
        parent = {"parent_id": self._ids[model, entry.parent]} if entry.parent else {}
        return model(**{_KEYS[model]: entry.key}, **parent, **entry.fields)

    def _look_up(self, model: type[models.Model], keys: Iterable[str]) -> None:
        if keys := list(keys):
            name = _KEYS[model]
            rows = model._default_manager.filter(**{f"{name}__in": keys})
            self._ids |= {(model, key): pk for key, pk in rows.values_list(name, "pk")}
            if model is Council:
                aliases = CouncilAlias.objects.filter(slug__in=keys)
                for key, pk in aliases.values_list("slug", "council"):
                    self._ids.setdefault((Council, key), pk)


def header_keys(document: Document) -> dict[str, str | None]:
    """The keys of the rows that a document's header refers to, and its date, as `Decision.stated`
    has them; None where it states nothing.
    """
    keys = {
        column.removesuffix("_id"): entries[-1].key if (entries := entries_of(document)) else None
        for column, (_, entries_of) in _HEADER.items()
    }
    date = document.decided_on
    return keys | {"decided_on": date.isoformat() if date else None}


def _council(document: Document) -> list[_Entry]:
    name = document.council
    return [_Entry(slug_of(name), None, {"name": name, "kind": kind_of_body(name)})] if name else []


def _category(document: Document) -> list[_Entry]:
    """The category, followed by the subcategory where the document states one."""
    if not document.category:
        return []
    category = _Entry(slug_of(document.category), None, {"name": document.category})
    if not document.subcategory:
        return [category]
    path = f"{category.key}/{slug_of(document.subcategory)}"
    return [category, _Entry(path, category.key, {"name": document.subcategory})]


def _outcome(document: Document) -> list[_Entry]:
    name = document.outcome
    return [_Entry(slug_of(name), None, {"name": name})] if name else []


# How to find the rows that a document refers to, for each column; it holds the last one's id.
_HEADER: dict[str, tuple[type[models.Model], Callable[[Document], list[_Entry]]]] = {
    "council_id": (Council, _council),
    "category_id": (Category, _category),
    "outcome_id": (Outcome, _outcome),
}
