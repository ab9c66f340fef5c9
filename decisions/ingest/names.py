"""Councils, categories, outcomes and provisions of law: the rows that decisions name."""

from collections.abc import Iterable
from typing import Any

from decisions.analysis.bodies import kind_of_body
from decisions.documents import Document
from decisions.models import Category, Council, Outcome, Provision, slug_of
from decisions.understanding import CitedProvision


class Names:
    """Ids of councils, categories and outcomes, remembered for one run, made where missing.

    They are written outside the decision's transaction, so that one that falls back never leaves
    an id here that does not exist.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[type, str], int] = {}

    def forget(self) -> None:
        """Look them up again: somebody may have taken one of them away."""
        self._known.clear()

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

    def make_provisions(self, provisions: Iterable[CitedProvision]) -> None:
        """A row for every provision cited, the whole before its parts."""
        for provision in provisions:
            fields = provision._asdict()
            parent = fields.pop("parent")
            fields["parent_id"] = parent and self._known[Provision, parent]
            self._id(Provision, "key", fields.pop("key"), **fields)

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
