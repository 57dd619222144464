# SPDX-License-Identifier: Apache-2.0
"""Queries that run many times a second, put into SQL once.

Django writes a query's SQL anew each time, which takes ten times as long as asking SQLite. A `Prepared` query is
written once for each kind of database, with a marker in the place of each value, and then run with the values. Its
rows come as they would from `values_list`.

    CARDS = Prepared(lambda authority: Card.objects.filter(authority=authority).values_list("digest"))
    rows = CARDS("ES/policia-nacional")

A value may be a text, a whole number, a time, or a list of texts or numbers. `PreparedUpdate` and `PreparedInsert` are
the same for changes; they take what the model's fields take."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from django.db import connections
from django.db.models import BooleanField, CharField, IntegerField, Model, QuerySet, TextField

from comity.records import database

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL; for each of its parameters the value it stands for, as (place, number), or the constant it is; and the
    columns whose values Django converts, as (column, converters, expression)."""

    sql: str
    params: tuple["_Slot | _Constant", ...]
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]

    def filled(self, values: Sequence[Any], connection: Any) -> list[Any]:
        """The parameters, with these values in their places."""
        return [each.of(values, connection) for each in self.params]

    def converted(self, rows: list[Row], connection: Any) -> list[Row]:
        """The rows as `values_list` would give them."""
        if not self.converters:
            return rows
        return [self._row(list(row), connection) for row in rows]

    def _row(self, row: list[Any], connection: Any) -> Row:
        for column, converters, expression in self.converters:
            for convert in converters:
                row[column] = convert(row[column], expression, connection)
        return tuple(row)


@dataclass(frozen=True, slots=True)
class _Constant:
    value: Any

    def of(self, values: Sequence[Any], connection: Any) -> Any:  # noqa: ARG002  a `_Slot` uses both
        return self.value


@dataclass(frozen=True, slots=True)
class _Slot:
    """Number `number` of the list at `place`, or its last; with no number, the value itself."""

    place: int
    number: int | None

    def of(self, values: Sequence[Any], connection: Any) -> Any:
        value = values[self.place]
        if self.number is not None:
            value = value[min(self.number, len(value) - 1)]
        return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


class Prepared:
    """A query of the node's database; `make` builds it from the values."""

    def __init__(self, make: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._written: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *values: Any) -> list[Row]:
        """The rows for these values, in the database that is in use."""
        alias = database.alias()
        connection = connections[alias]
        shape = tuple([_size(each) if isinstance(each, list) else None for each in values])
        if 0 in shape:
            return []
        key = (connection.vendor, shape)
        statement = self._written.get(key)
        if statement is None:
            statement = self._written[key] = self._write(alias, values)
        rows = _run(connection, statement.sql, statement.filled(values, connection)).fetchall()
        return statement.converted(rows, connection)

    def _write(self, alias: str, values: Sequence[Any]) -> _Statement:
        slots = dict(_slots(values, connections[alias]))
        markers = [
            [_marker(place, number, each[0]) for number in range(_size(each))]
            if isinstance(each, list)
            else _marker(place, 0, each)
            for place, each in enumerate(values)
        ]
        compiler = self._make(*markers).using(alias).query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        found = compiler.get_converters([each[0] for each in compiler.select])
        converters = tuple((column, tuple(told), expression) for column, (told, expression) in found.items())
        return _Statement(sql, tuple(slots.get(each) or _Constant(each) for each in params), converters)


class _Columns:
    """Some columns of a model, their names quoted as every kind of database that we serve does, and values as it takes
    them."""

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        fields: dict[str, Any] = {each.name: each for each in model._meta.concrete_fields}
        self._fields = [fields[each] for each in names]
        self.table = _quoted(model._meta.db_table)
        self.key = _quoted(fields[str(model._meta.pk and model._meta.pk.name)].column)
        self.names = [_quoted(each.column) for each in self._fields]

    @cached_property
    def _adapting(self) -> list[tuple[int, Any]]:
        """The columns whose values are not taken as they are; known once all models are."""
        return [each for each in enumerate(self._fields) if not isinstance(_told(each[1]), _PLAIN)]

    def adapted(self, values: Iterable[Any], connection: Any) -> list[Any]:
        """The values of all columns."""
        row = list(values)
        for place, field in self._adapting:
            row[place] = field.get_db_prep_save(row[place], connection)
        return row


_PLAIN = (CharField, TextField, IntegerField, BooleanField)


def _told(field: Any) -> Any:
    return field.target_field if field.is_relation else field


def _quoted(name: str) -> str:
    return f'"{name}"'


class PreparedUpdate:
    """An update of one row of `model`, named by its key: `columns` are set."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self._names, self._columns = columns, _Columns(model, columns)
        told = ", ".join(f"{each} = %s" for each in self._columns.names)
        self._sql = f"UPDATE {self._columns.table} SET {told} WHERE {self._columns.key} = %s"  # noqa: S608  our names

    def __call__(self, key: str | int, values: Mapping[str, Any]) -> int:
        """Set the columns of the row; how many rows there were."""
        connection = connections[database.alias()]
        params = self._columns.adapted([values[each] for each in self._names], connection)
        return int(_run(connection, self._sql, [*params, key]).rowcount)


class PreparedInsert:
    """New rows of `model`. One that is there already is passed over; or, when it has the same `key`, it `renews` these
    columns."""

    def __init__(
        self, model: type[Model], *columns: str, key: tuple[str, ...] = (), renews: tuple[str, ...] = ()
    ) -> None:
        self._columns = _Columns(model, columns)
        names, held = ", ".join(self._columns.names), ", ".join(_Columns(model, key).names)
        places = ", ".join(["%s"] * len(columns))
        renewed = ", ".join(f"{each} = excluded.{each}" for each in _Columns(model, renews).names)
        then = f"({held}) DO UPDATE SET {renewed}" if renewed else "DO NOTHING"
        self._sql = f"INSERT INTO {self._columns.table} ({names}) VALUES ({places}) ON CONFLICT {then}"  # noqa: S608  our names

    def __call__(self, rows: Iterable[Sequence[Any]]) -> list[bool]:
        """Insert the rows, each with the columns in their order; which were not passed over."""
        connection = connections[database.alias()]
        adapted = [self._columns.adapted(row, connection) for row in rows]
        return [_run(connection, self._sql, row).rowcount > 0 for row in adapted]


def _run(connection: Any, sql: str, params: Sequence[Any]) -> Any:
    """Run it; the cursor. On SQLite straight to the driver, when nobody watches: Django's own way there costs as much
    as the query."""
    if connection.vendor != "sqlite" or connection.force_debug_cursor or connection.execute_wrappers:
        cursor = connection.cursor()
        cursor.execute(sql, params)
        return cursor
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return connection.connection.execute(_in_sqlites_words(sql), params)


@cache
def _in_sqlites_words(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def _size(values: Sequence[Any]) -> int:
    """For how many values a list of these is written: a power of two, so that few lengths need SQL of their own. The
    last value stands in the places left."""
    return 1 << (len(values) - 1).bit_length() if values else 0


def _marker(place: int, number: int, value: Any) -> Any:
    """A value of the same type that nothing else is."""
    count = place * 100_000 + number
    if isinstance(value, str):
        return f"\x01marker {count}"
    if isinstance(value, datetime):
        return datetime.fromtimestamp(count, UTC)
    return -(7_000_000_000 + count)


def _slots(values: Sequence[Any], connection: Any) -> Iterator[tuple[Any, _Slot]]:
    """Each marker, as the database takes it, with the place that it stands for."""
    for place, each in enumerate(values):
        listed = isinstance(each, list)
        for number in range(_size(each) if listed else 1):
            one = each[0] if listed else each
            marker = _marker(place, number, one)
            if isinstance(one, datetime):
                marker = connection.ops.adapt_datetimefield_value(marker)
            yield marker, _Slot(place, number if listed else None)
