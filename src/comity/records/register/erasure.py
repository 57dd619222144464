# SPDX-License-Identifier: Apache-2.0
"""Forgetting what a leaf said. That there was a leaf, and its commitment, stays: every proof holds as before.

Entry and salt go together: without the salt nobody can even guess at the entry. The act that erases records
`events.erased`, so that the register tells of it. SQLite overwrites the old bytes at once; PostgreSQL's
go with its next vacuum; copies in backups go when these do.
"""

from collections.abc import Collection

from django.db import connections

from comity.records.errors import NotFound
from comity.records.register.models import Leaf


def erase(indexes: Collection[int], *, using: str) -> None:
    """Erase the content of these leaves, within the caller's act. Raises `NotFound` when one is not there."""
    rows = Leaf.objects.using(using).filter(index__in=indexes)
    missing = set(indexes) - set(rows.values_list("index", flat=True))
    if missing:
        raise NotFound(what="leaf", id=min(missing))
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
    rows.update(salt=None, entry=None, thread=None, message=None)
