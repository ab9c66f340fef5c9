"""Councils, categories, outcomes and provisions of law: the rows that decisions name."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NamedTuple

from django.db import models

from decisions.analysis.bodies import kind_of_body
from decisions.documents import Document
from decisions.models import Category, Council, Outcome, Provision, slug_of
from decisions.pipeline import CitedProvision

_KEYS: dict[type[models.Model], str] = {
    Council: "slug",
    Category: "path",
    Outcome: "slug",
    Provision: "key",
}


class _Named(NamedTuple):
    """What a row is to hold; `parent` is the key of what it is part of."""

    key: str
    parent: str | None
    fields: dict[str, Any]


class LookupCache:
    """Ids of what decisions name, remembered for one run, and their rows, made where missing.

    They are made outside the decisions' transaction, so that one that falls back never leaves an
    id here that does not exist; many at a time, and where two have one key, the first tells what
    it is.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], str], int] = {}

    def forget(self) -> None:
        """Look them up again: somebody may have taken one of them away."""
        self._known.clear()

    def ids(self, documents: Iterable[Document]) -> list[dict[str, int | None]]:
        """The foreign keys of each document's row; None for a name that it does not state."""
        documents = list(documents)
        ids: list[dict[str, int | None]] = [{} for _ in documents]
        for column, (model, named_by) in _HEADER.items():
            named = [named_by(document) for document in documents]
            self._make(model, chain.from_iterable(named))
            for row, names in zip(ids, named, strict=True):
                row[column] = self._known[model, names[-1].key] if names else None
        return ids

    def make_provisions(self, provisions: Iterable[CitedProvision]) -> None:
        """A row for every provision cited; what one is part of is among them."""
        fields = [provision._asdict() for provision in provisions]
        self._make(Provision, [_Named(of.pop("key"), of.pop("parent"), of) for of in fields])

    def _make(self, model: type[models.Model], named: Iterable[_Named]) -> None:
        missing: dict[str, _Named] = {}
        for one in named:
            if (model, one.key) not in self._known:
                missing.setdefault(one.key, one)
        self._look_up(model, missing)
        while missing := {key: missing[key] for key in missing if (model, key) not in self._known}:
            # Those whose whole has its id; in order, lest each of two runs wait for the other.
            ready = [missing[key] for key in sorted(missing) if missing[key].parent not in missing]
            model._default_manager.bulk_create(
                [self._row(model, one) for one in ready], ignore_conflicts=True
            )
            self._look_up(model, [one.key for one in ready])

    def _row(self, model: type[models.Model], one: _Named) -> models.Model:
        part_of = {"parent_id": self._known[model, one.parent]} if one.parent else {}
        return model(**{_KEYS[model]: one.key}, **part_of, **one.fields)

    def _look_up(self, model: type[models.Model], keys: Iterable[str]) -> None:
        if keys := list(keys):
            name = _KEYS[model]
            rows = model._default_manager.filter(**{f"{name}__in": keys})
            self._known |= {(model, key): pk for key, pk in rows.values_list(name, "pk")}


def _council(document: Document) -> list[_Named]:
    name = document.council
    return [_Named(slug_of(name), None, {"name": name, "kind": kind_of_body(name)})] if name else []


def _category(document: Document) -> list[_Named]:
    """The category, and then the subcategory where one is stated."""
    if not document.category:
        return []
    category = _Named(slug_of(document.category), None, {"name": document.category})
    if not document.subcategory:
        return [category]
    path = f"{category.key}/{slug_of(document.subcategory)}"
    return [category, _Named(path, category.key, {"name": document.subcategory})]


def _outcome(document: Document) -> list[_Named]:
    name = document.outcome
    return [_Named(slug_of(name), None, {"name": name})] if name else []


# The last of what a document names is its own.
_HEADER: dict[str, tuple[type[models.Model], Callable[[Document], list[_Named]]]] = {
    "council_id": (Council, _council),
    "category_id": (Category, _category),
    "outcome_id": (Outcome, _outcome),
}
