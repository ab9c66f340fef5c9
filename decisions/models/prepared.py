"""Querysets whose SQL is compiled once in each process.

Django compiles a queryset each time it is used. For a decision with its council, category and
outcome, that takes several times as long as PostgreSQL takes to answer.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import RelatedPopulator, get_related_populators

Row = TypeVar("Row", bound=models.Model)


class PreparedQuery(Generic[Row]):
    """A queryset that always has the same SQL, with other values each time."""

    def __init__(self, queryset: Callable[[], models.QuerySet[Row]]) -> None:
        """`queryset` makes the queryset; the values in it stand for those that `fetch` gets."""
        self._queryset = queryset

    def fetch(self, *values: Any) -> list[Row]:
        """The rows for these values: those of the SQL's last parameters, in its order.

        Rows that refer to the same row share it.
        """
        compiled = self._compiled
        related: _Related = {}
        return [compiled.row(columns, related) for columns in compiled.execute(values)]

    @cached_property
    def _compiled(self) -> "_CompiledRows[Row]":
        return _CompiledRows(self._queryset())


class PreparedValues:
    """The same for the tuples of `values_list`, which must name the columns in the model's order
    and annotations last.
    """

    def __init__(self, queryset: Callable[[], models.QuerySet[Any, Any]]) -> None:
        """`queryset` makes the queryset; the values in it stand for those that `fetch` gets."""
        self._queryset = queryset

    def fetch(self, *values: Any) -> list[tuple[Any, ...]]:
        """The tuples for these values: those of the SQL's last parameters, in its order."""
        return [tuple(columns) for columns in self._compiled.execute(values)]

    @cached_property
    def _compiled(self) -> "_Compiled":
        return _Compiled(self._queryset())


class _Compiled:
    """The SQL of a queryset."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self.compiler.as_sql()

    def execute(self, values: Sequence[Any]) -> Iterable[Sequence[Any]]:
        """The columns of each row, as Python values."""
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        with compiler.connection.cursor() as cursor:
            fixed = self.parameters[: len(self.parameters) - len(values)]
            cursor.execute(self.sql, (*fixed, *values))
            received = cursor.fetchall()
        columns: Iterable[Sequence[Any]] = compiler.results_iter([received])
        return columns


class _CompiledRows(_Compiled, Generic[Row]):
    """What turns the columns into rows as well: as `ModelIterable` does it."""

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        super().__init__(queryset)
        klass_info, select = self.compiler.klass_info, self.compiler.select
        own = klass_info["select_fields"]
        self._model: type[Row] = klass_info["model"]
        self._own = slice(own[0], own[-1] + 1)
        self._names = frozenset(column[0].target.attname for column in select[self._own])
        # The type stubs are those of a later Django, which has one more argument.
        self._populators = get_related_populators(  # type: ignore[call-arg]
            klass_info, select, DEFAULT_DB_ALIAS
        )
        self._annotations = self.compiler.annotation_col_map.items()

    def row(self, columns: Sequence[Any], related: "_Related") -> Row:
        """The row with its related rows, which may be in `related` already, and its annotations."""
        row = self._model.from_db(DEFAULT_DB_ALIAS, self._names, columns[self._own])
        for populator in self._populators:
            _populate(row, populator, columns, related)
        for name, position in self._annotations:
            setattr(row, name, columns[position])
        return row


# Related rows by what makes them, one for each relation, and their primary key.
_Related = dict[tuple[RelatedPopulator, Any], models.Model]


def _populate(
    row: models.Model, populator: RelatedPopulator, columns: Sequence[Any], related: _Related
) -> None:
    """As the populator's own method does it, which makes a new object for each row.

    The decisions of a page have few councils, categories and outcomes.
    """
    own = columns[populator.cols_start : populator.cols_end]
    key = own[populator.pk_idx]
    referred = related.get((populator, key))
    if referred is None and key is not None:
        referred = populator.model_cls.from_db(populator.db, populator.init_list, own)
        related[populator, key] = referred
        for inner in populator.related_populators:
            _populate(referred, inner, columns, related)
    populator.local_setter(row, referred)
    if referred is not None:
        populator.remote_setter(referred, row)
