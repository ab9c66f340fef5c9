"""Querysets whose SQL is compiled once in each process.

Django compiles a queryset each time it is used. For a decision with its council, category and
outcome, that takes several times as long as PostgreSQL takes to answer.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import RelatedPopulator, get_related_populators

T = TypeVar("T")
Row = TypeVar("Row", bound=models.Model)


class _Prepared(Generic[T]):
    """A query that always has the same SQL, with other values each time."""

    def __init__(self, queryset: Callable[[], models.QuerySet[Any, T]]) -> None:
        """`queryset` makes the queryset; the values in it stand for those that `fetch` gets."""
        self._queryset = queryset

    def fetch(self, *values: Any) -> list[T]:
        """The rows for these values: those of the SQL's last parameters, in its order."""
        [rows] = fetch_together((self, values))
        return rows

    @cached_property
    def compiled(self) -> "_Compiled":
        """The SQL, and what turns its columns into rows."""
        return _Compiled(self._queryset())


class PreparedQuery(_Prepared[Row]):
    """Gives rows of the queryset's model, with their related rows and annotations."""

    @cached_property
    def compiled(self) -> "_CompiledRows[Row]":
        """The SQL, and what turns its columns into rows."""
        return _CompiledRows(self._queryset())


class PreparedValues(_Prepared[tuple[Any, ...]]):
    """Gives the tuples of `values_list`, which must name the columns in the model's order and
    annotations last.
    """


def fetch_together(*queries: tuple[_Prepared[Any], Sequence[Any]]) -> list[list[Any]]:
    """The rows of each query for its values, all in one round trip to PostgreSQL.

    psycopg puts the values into the SQL, as is Django's default; PostgreSQL takes several
    statements at once only without parameters.
    """
    connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
    together = [(query.compiled, values) for query, values in queries]
    results = []
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(compiled.sql for compiled, _ in together),
            [value for compiled, values in together for value in compiled.parameters(values)],
        )
        for compiled, _ in together:
            results.append(compiled.rows(cursor.fetchall(), connection))
            cursor.nextset()
    return results


class _Compiled:
    """The SQL of a queryset, and how its columns become Python values."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self._parameters = self._compiler.as_sql()
        columns = [column for column, *_ in self._compiler.select]
        self._converters = [*self._compiler.get_converters(columns).items()]

    def parameters(self, values: Sequence[Any]) -> Sequence[Any]:
        """The parameters of the SQL; `values` are the last of them."""
        return (*self._parameters[: len(self._parameters) - len(values)], *values)

    def rows(self, received: Sequence[Sequence[Any]], connection: BaseDatabaseWrapper) -> list[Any]:
        """A tuple of Python values for each row that was received."""
        return [tuple(columns) for columns in self._converted(received, connection)]

    def _converted(
        self, received: Sequence[Sequence[Any]], connection: BaseDatabaseWrapper
    ) -> list[list[Any]]:
        rows = [list(columns) for columns in received]
        for position, (converters, expression) in self._converters:
            for columns in rows:
                for converter in converters:
                    columns[position] = converter(columns[position], expression, connection)
        return rows


class _CompiledRows(_Compiled, Generic[Row]):
    """What turns the columns into rows of a model: as `ModelIterable` does it."""

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        super().__init__(queryset)
        klass_info, select = self._compiler.klass_info, self._compiler.select
        own = klass_info["select_fields"]
        self._model: type[Row] = klass_info["model"]
        self._own = slice(own[0], own[-1] + 1)
        self._names = frozenset(column[0].target.attname for column in select[self._own])
        # The type stubs are those of a later Django, which has one more argument.
        self._populators = get_related_populators(  # type: ignore[call-arg]
            klass_info, select, DEFAULT_DB_ALIAS
        )
        self._annotations = self._compiler.annotation_col_map.items()

    def rows(self, received: Sequence[Sequence[Any]], connection: BaseDatabaseWrapper) -> list[Row]:
        """The rows with their related rows and their annotations.

        Rows that refer to the same row share it.
        """
        related: _Related = {}
        return [self._row(columns, related) for columns in self._converted(received, connection)]

    def _row(self, columns: Sequence[Any], related: "_Related") -> Row:
        row = self._model.from_db(DEFAULT_DB_ALIAS, self._names, columns[self._own])
        for populator in self._populators:
            _populate(row, populator, columns, related)
        for name, position in self._annotations:
            setattr(row, name, columns[position])
        return row


# Related rows, by the populator of their relation and by their primary key.
_Related = dict[tuple[RelatedPopulator, Any], models.Model]


def _populate(
    row: models.Model, populator: RelatedPopulator, columns: Sequence[Any], related: _Related
) -> None:
    """Set a row's related row, as the populator's own method does, but make each only once.

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
