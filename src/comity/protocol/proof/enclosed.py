# SPDX-License-Identifier: Apache-2.0
"""The files of a message, so that one in hand can be matched: those that lie in its body whole (attachments), and those
that it names by digest alone (exhibits).

Name and media type are the author's words; size and SHA-256 are computed from the bytes. Moves of a kind that we do not
know have bodies that nobody validated, so nothing is presumed here.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.protocol.errors import ComityError
from comity.protocol.wire.names import Digest, digest, digest_of


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An attachment: what its author calls it, and its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> Digest:
        """The SHA-256 of the bytes."""
        return digest_of(self.content)

    @property
    def is_path(self) -> bool:
        """Whether the name is more than a name: written as it stands, it could leave the folder."""
        return self.name in ("", ".", "..") or "/" in self.name or "\\" in self.name

    def as_attachment(self) -> dict[str, Any]:
        """The file as a body holds it."""
        return {**self.as_json(), "data": base64.b64encode(self.content).decode()}

    def as_json(self) -> dict[str, Any]:
        """For scripts: everything but the bytes."""
        return {
            "name": self.name,
            "media_type": self.media_type,
            "size": len(self.content),
            "sha256": self.digest,
        }


def attachments(body: Mapping[str, Any]) -> tuple[Enclosed, ...]:
    """The files that lie in the body whole, in its order; what is none is left to the body's words."""
    found = body.get("attachments")
    return tuple(made for each in found if (made := _read(each))) if isinstance(found, list) else ()


def exhibits(body: Mapping[str, Any]) -> tuple[Digest, ...]:
    """The digests of material that the body names as exhibits."""
    found = body.get("exhibits")
    return tuple(made for each in found if (made := _digest(each))) if isinstance(found, list) else ()


def without_files(body: Mapping[str, Any]) -> dict[str, Any]:
    """What the author wrote beside the attachments and exhibits. Whatever is neither stays."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        reads = {"attachments": _read, "exhibits": _digest}.get(name)
        if reads and isinstance(value, list):
            value = [each for each in value if not reads(each)]
        if value != [] or not reads:
            found[name] = value
    return found


def described(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body without the bytes of its attachments: whatever else is signed stays."""
    found = body.get("attachments")
    if not isinstance(found, list):
        return dict(body)
    left = [{name: each[name] for name in each if name != "data"} if _read(each) else each for each in found]
    return {**body, "attachments": left}


def _read(value: object) -> Enclosed | None:
    if not isinstance(value, dict) or not isinstance(value.get("data"), str):
        return None
    try:
        content = base64.b64decode(value["data"], validate=True)
    except (binascii.Error, ValueError):
        return None
    return Enclosed(str(value.get("name", "")), str(value.get("media_type", "")), content)


def _digest(value: object) -> Digest | None:
    try:
        return digest(value)
    except ComityError:
        return None
