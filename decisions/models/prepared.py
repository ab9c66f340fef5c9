"""Querysets whose SQL is compiled once in each process.

Django compiles a queryset each time it is used. For a decision with its council, category and
outcome, that takes several times as long as PostgreSQL takes to answer.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)


class PreparedQuery(Generic[Row]):
    """A queryset that always has the same SQL, with other values each time."""

    def __init__(self, queryset: Callable[[], models.QuerySet[Row]]) -> None:
        """`queryset` makes the queryset; the values in it stand for those that `fetch` gets."""
        self._queryset = queryset

    def fetch(self, *values: Any) -> list[Row]:
        """The rows for these values: those of the SQL's last parameters, in its order."""
        compiled = self._compiled
        return [compiled.row(columns) for columns in compiled.execute(values)]

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
    """The SQL of a queryset, and how its columns become Python values."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select]
        self._converters = [*self.compiler.get_converters(columns).items()]

    def execute(self, values: Sequence[Any]) -> Iterable[Sequence[Any]]:
        """The columns of each row, as Python values."""
        connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        with connection.cursor() as cursor:
            fixed = self.parameters[: len(self.parameters) - len(values)]
            cursor.execute(self.sql, (*fixed, *values))
            received = [list(columns) for columns in cursor.fetchall()]
        for position, (converters, expression) in self._converters:
            for columns in received:
                for converter in converters:
                    columns[position] = converter(columns[position], expression, connection)
        return received


class _CompiledRows(_Compiled, Generic[Row]):
    """What turns the columns into rows as well: as `ModelIterable` does it."""

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        super().__init__(queryset)
        klass_info, select = self.compiler.klass_info, self.compiler.select
        own = klass_info["select_fields"]
        self._model: type[Row] = klass_info["model"]
        self._own = slice(own[0], own[-1] + 1)
        self._names = [column[0].target.attname for column in select[self._own]]
        # The type stubs are those of a later Django, which has one more argument.
        self._populators = get_related_populators(  # type: ignore[call-arg]
            klass_info, select, DEFAULT_DB_ALIAS
        )
        self._annotations = self.compiler.annotation_col_map.items()

    def row(self, columns: Sequence[Any]) -> Row:
        """The row with its related rows and its annotations."""
        row = self._model.from_db(DEFAULT_DB_ALIAS, self._names, columns[self._own])
        for populator in self._populators:
            populator.populate(columns, row)
        for name, position in self._annotations:
            setattr(row, name, columns[position])
        return row
