# SPDX-License-Identifier: Apache-2.0
"""Which database the code at hand works in.

One process usually serves one node in the database `default`. Tests and the conformance suite run several whole nodes
in one process: each enters its own alias here, and every query follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections, transaction

_alias: ContextVar[str] = ContextVar("comity_database", default="default")


def alias() -> str:
    """The alias that queries use now."""
    return _alias.get()


@contextmanager
def using(name: str) -> Iterator[None]:
    """Work in database `name` until the block ends."""
    token = _alias.set(name)
    try:
        yield
    finally:
        _alias.reset(token)


@contextmanager
def soon(name: str) -> Iterator[None]:
    """A transaction of database `name` that need not be on disk when the block ends: the next one takes it along.

    For what can be made again from what is there. A crash of the machine may lose it; it is never half there, and
    nothing that was committed before it is lost. Raises `TransactionManagementError` within a transaction.
    """
    connection = connections[name]
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("the transaction around it decides when it is on disk")
    if connection.vendor == "postgresql":
        with transaction.atomic(using=name):
            _execute(name, "SET LOCAL synchronous_commit = off")
            yield
        return
    _execute(name, "PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        _execute(name, "PRAGMA synchronous=FULL")


def _execute(name: str, sql: str) -> None:
    connection = connections[name]
    connection.ensure_connection()
    connection.connection.execute(sql)  # to the driver: both of ours know it


class HomeRouter:
    """Django's database router: every model lives in the node's one database."""

    def db_for_read(self, model: Any, **hints: Any) -> str:  # noqa: ARG002  Django's signature
        """Read where the node works."""
        return _alias.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:  # noqa: ARG002  Django's signature
        """Write where the node works."""
        return _alias.get()

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:  # noqa: ARG002  Django's signature
        """Relate rows of one database only."""
        return bool(obj1._state.db == obj2._state.db)
