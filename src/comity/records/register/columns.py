# SPDX-License-Identifier: Apache-2.0
"""Columns that keep the register small: what code sees as text lies in the database as the bytes that the text spells.

A digest takes 32 bytes instead of 71, a message id 16 instead of 36. A leaf is written once and kept for ever, and much
of the time that an append takes goes into bringing its bytes to the disk.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_DIGEST = "sha256:"


class LeafIndexField(models.BigIntegerField):  # type: ignore[type-arg]  # it takes none at run time
    """A place in the register, of 64 bits. On SQLite it is the row's own id, so that leaves lie in their order."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """`integer` on SQLite, where only a key of that very type is the row id."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class DigestField(models.BinaryField):  # type: ignore[type-arg]  # it takes none at run time
    """A `sha256:…` digest, kept as its 32 bytes."""

    def get_db_prep_value(self, value: str | None, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The bytes that the database keeps."""
        return super().get_db_prep_value(digest_bytes(value), connection, prepared)

    def from_db_value(self, value: bytes | None, *_: object) -> str | None:
        """The text that code sees."""
        return None if value is None else _DIGEST + bytes(value).hex()


class MessageIdField(models.BinaryField):  # type: ignore[type-arg]  # it takes none at run time
    """A message's or thread's UUID, kept as its 16 bytes."""

    def get_db_prep_value(self, value: str | None, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The bytes that the database keeps."""
        return super().get_db_prep_value(message_id_bytes(value), connection, prepared)

    def from_db_value(self, value: bytes | None, *_: object) -> str | None:
        """The text that code sees."""
        if value is None:
            return None
        text = bytes(value).hex()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def digest_bytes(value: Any) -> bytes | None:
    """The 32 bytes of a digest."""
    return None if value is None else bytes.fromhex(value[len(_DIGEST) :])


def message_id_bytes(value: Any) -> bytes | None:
    """The 16 bytes of a UUID."""
    return None if value is None else bytes.fromhex(value.replace("-", ""))
