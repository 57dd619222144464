# SPDX-License-Identifier: Apache-2.0
"""Queries that run many times a second, put into SQL once.

Django writes a query's SQL anew each time, which takes ten times as long as asking SQLite. A `Prepared` query is
written once for each kind of database, with a marker in the place of each value, and then run with the values. Its
rows come as they would from `values_list`.

    CARDS = Prepared(lambda authority: Card.objects.filter(authority=authority).values_list("digest"))
    rows = CARDS("ES/policia-nacional")

A value may be a text, a whole number, a time, or a list of texts or numbers. `PreparedUpdate` and `PreparedInsert` are
the same for changes; they take what the model's fields take."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

from comity.records import database

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL, and for each of its parameters the marker it stands for (or the constant it is)."""

    sql: str
    params: tuple[Any, ...]
    compiler: Any


class Prepared:
    """A query of the node's database; `make` builds it from the values."""

    def __init__(self, make: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._written: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *values: Any) -> list[Row]:
        """The rows for these values, in the database that is in use."""
        alias = database.alias()
        if any(isinstance(each, list) and not each for each in values):
            return []
        shape = tuple(len(each) if isinstance(each, list) else 0 for each in values)
        key = (connections[alias].vendor, shape)
        statement = self._written.get(key)
        if statement is None:
            statement = self._written[key] = self._write(alias, values)
        return self._run(alias, statement, values)

    def _write(self, alias: str, values: Sequence[Any]) -> _Statement:
        markers = [_markers(place, each) for place, each in enumerate(values)]
        compiler = self._make(*markers).using(alias).query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        return _Statement(sql, params, compiler)

    def _run(self, alias: str, statement: _Statement, values: Sequence[Any]) -> list[Row]:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement.sql, _filled(statement, values, connections[alias]))
            rows = cursor.fetchall()
        return list(statement.compiler.results_iter(results=[rows], tuple_expected=True))


class _Columns:
    """Some columns of a model, their names quoted for a kind of database, and values as it takes them."""

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        fields: dict[str, Any] = {each.name: each for each in model._meta.concrete_fields}
        self.table = model._meta.db_table
        self.key = fields[str(model._meta.pk and model._meta.pk.name)]
        self.fields = [fields[each] for each in names]

    def adapted(self, values: Sequence[Any], connection: Any) -> list[Any]:
        """The values of all columns."""
        return [each.get_db_prep_save(value, connection) for each, value in zip(self.fields, values, strict=True)]


class PreparedUpdate:
    """An update of one row of `model`, named by its key: `columns` are set."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self._names, self._columns = columns, _Columns(model, columns)

    def __call__(self, key: str | int, values: Mapping[str, Any]) -> int:
        """Set the columns of the row; how many rows there were."""
        connection = connections[database.alias()]
        quote, columns = connection.ops.quote_name, self._columns
        told = ", ".join(f"{quote(each.column)} = %s" for each in columns.fields)
        sql = f"UPDATE {quote(columns.table)} SET {told} WHERE {quote(columns.key.column)} = %s"  # noqa: S608  our names
        params = columns.adapted([values[each] for each in self._names], connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, key])
            return int(cursor.rowcount)


class PreparedInsert:
    """New rows of `model`. One that is there already is passed over; or, when it has the same `key`, it `renews` these
    columns."""

    def __init__(
        self, model: type[Model], *columns: str, key: tuple[str, ...] = (), renews: tuple[str, ...] = ()
    ) -> None:
        self._columns, self._key, self._renews = _Columns(model, columns), _Columns(model, key), _Columns(model, renews)

    def __call__(self, rows: Iterable[Sequence[Any]]) -> None:
        """Insert the rows, each with the columns in their order."""
        connection = connections[database.alias()]
        adapted = [self._columns.adapted(row, connection) for row in rows]
        if adapted:
            with connection.cursor() as cursor:
                cursor.executemany(self._sql(connection.ops.quote_name), adapted)

    def _sql(self, quote: Callable[[str], str]) -> str:
        names = ", ".join(quote(each.column) for each in self._columns.fields)
        places = ", ".join(["%s"] * len(self._columns.fields))
        held = ", ".join(quote(each.column) for each in self._key.fields)
        renewed = ", ".join(f"{quote(each.column)} = excluded.{quote(each.column)}" for each in self._renews.fields)
        then = f"({held}) DO UPDATE SET {renewed}" if renewed else "DO NOTHING"
        table = quote(self._columns.table)
        return f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT {then}"  # noqa: S608  our names


def _filled(statement: _Statement, values: Sequence[Any], connection: Any) -> list[Any]:
    given = _given(values, connection)
    return [given.get(each, each) for each in statement.params]


def _markers(place: int, value: Any) -> Any:
    if isinstance(value, list):
        return [_marker(place, number, each) for number, each in enumerate(value)]
    return _marker(place, 0, value)


def _marker(place: int, number: int, value: Any) -> Any:
    """A value of the same type that nothing else is."""
    count = place * 100_000 + number
    if isinstance(value, str):
        return f"\x01marker {count}"
    if isinstance(value, datetime):
        return datetime.fromtimestamp(count, UTC)
    return -(7_000_000_000 + count)


def _given(values: Sequence[Any], connection: Any) -> dict[Any, Any]:
    """Each value by its marker, as the database takes both."""
    found: dict[Any, Any] = {}
    for place, each in enumerate(values):
        for number, one in enumerate(each if isinstance(each, list) else [each]):
            marker = _marker(place, number, one)
            if isinstance(one, datetime):
                adapt = connection.ops.adapt_datetimefield_value
                found[adapt(marker)] = adapt(one)
            else:
                found[marker] = one
    return found
