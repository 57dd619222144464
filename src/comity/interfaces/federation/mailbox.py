# SPDX-License-Identifier: Apache-2.0
"""A mailbox: where envelopes lie for a node that cannot be reached, at a relay that cannot read them.

    POST /mailbox/MM/police-force            an envelope: 202, and it lies there
    POST /mailbox/MM/police-force/collect    a signed collection: 200, the envelopes, each after its length

A collection is signed (Ed25519 of the recipient's card) and names the envelopes taken in since the last one, which
are then thrown away: an envelope is gone only when its recipient says that it has it. Anybody may leave an envelope
for a recipient that the relay serves, up to a limit for each; only the recipient gets them. Envelopes are files named
by their digest, so leaving one twice leaves one."""

import os
import struct
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from comity.cooperation.exchange.errors import MailboxFull
from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.envelope import MAX_BYTES, read_header
from comity.protocol.wire.errors import BadMember, NotForUs
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, digest_of, format_time

COLLECTION_TYPE = "application/vnd.comity.collection+json"
MEDIA_TYPE = "application/vnd.comity.envelopes"
MAX_COLLECTION = 1 << 16
MAX_WAITING = 10_000
MAX_HELD = 4 << 30
MAX_GIVEN = 64 << 20
MAX_TAKEN = 512
"""How many envelopes one collection gives, and how many the next may say it took."""
FRESH = timedelta(minutes=5)
_LENGTH = struct.Struct(">Q")
_DRAFT = ".new"
_ABANDONED = 3600.0


@dataclass(frozen=True, slots=True)
class Collection:
    """A recipient's request for its envelopes: when it was made, and which earlier ones it has taken in."""

    authority: AuthorityId
    relay: AuthorityId
    at: datetime
    taken: tuple[Digest, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        value: dict[str, Any] = {"v": 1, "authority": self.authority, "relay": self.relay}
        return canonical.encode({**value, "at": format_time(self.at), "taken": list(self.taken)}, limit=MAX_COLLECTION)


def parse(data: bytes) -> Collection:
    """The collection that these bytes are. Raises the `WireError`s of the text."""
    members = Members("collection", canonical.decode_object(data, limit=MAX_COLLECTION))
    members.version(1)
    return Collection(
        authority=members.authority("authority"),
        relay=members.authority("relay"),
        at=members.time("at"),
        taken=members.digests("taken", at_most=MAX_TAKEN),
    )


def sign(collection: Collection, keys: SigningKeys) -> bytes:
    """A collection as it is posted."""
    signed = dsse.sign_once(COLLECTION_TYPE, collection.to_bytes(), keys)
    return canonical.encode(signed.to_json(), limit=MAX_COLLECTION * 2)


def verify(data: bytes, lineage: Lineage, relay: AuthorityId, now: datetime) -> Collection:
    """The collection, once its authority signed it, for this relay, within five minutes of `now`."""
    signed = Signed.from_json(canonical.decode_object(data, limit=MAX_COLLECTION * 2))
    found = parse(signed.payload)
    card = lineage.judge([each.keyid for each in signed.signatures], found.at, arrived=now)
    dsse.verify_once(signed, card.keys.signing, payload_type=COLLECTION_TYPE)
    if found.authority != lineage.authority or found.relay != relay:
        raise BadMember(what="collection", member="authority", why="is not the mailbox's, or for another relay")
    if abs(found.at - now) > FRESH:
        raise BadMember(what="collection", member="at", why="is not of the last five minutes")
    return found


@dataclass(frozen=True, slots=True)
class Store:
    """The envelopes of one relay, a folder for each recipient."""

    folder: Path

    def leave(self, recipient: AuthorityId, envelope: bytes) -> Digest:
        """Keep an envelope until its recipient has it. Raises `NotForUs`, `MailboxFull`."""
        header = read_header(envelope)
        if header.recipient != recipient:
            raise NotForUs(recipient=header.recipient, key=header.key)
        place = self._of(recipient)
        place.mkdir(parents=True, exist_ok=True)
        digest = digest_of(envelope)
        if (place / digest.removeprefix("sha256:")).exists():
            return digest
        held = [size for path in place.iterdir() if (size := _size(path)) is not None]
        if len(held) >= MAX_WAITING or sum(held) + len(envelope) > MAX_HELD:
            raise MailboxFull(recipient=recipient)
        _write(place / digest.removeprefix("sha256:"), envelope)
        return digest

    def give(self, recipient: AuthorityId) -> Iterator[bytes]:
        """The envelopes that wait, the oldest first, up to a limit; never less than one."""
        place = self._of(recipient)
        size = 0
        for path in _oldest(place)[:MAX_TAKEN] if place.exists() else []:
            try:
                data = path.read_bytes()
            except FileNotFoundError:  # another collection said meanwhile that it has it
                continue
            size += len(data)
            if size > MAX_GIVEN and size > len(data):
                return
            yield data

    def forget(self, recipient: AuthorityId, taken: Sequence[Digest]) -> None:
        """Throw away what the recipient has taken in."""
        for digest in taken:
            (self._of(recipient) / digest.removeprefix("sha256:")).unlink(missing_ok=True)

    def _of(self, recipient: AuthorityId) -> Path:
        country, _, name = recipient.partition("/")
        return self.folder / country / name


def join(envelopes: Sequence[bytes]) -> bytes:
    """Several envelopes as one body."""
    return b"".join(_LENGTH.pack(len(each)) + each for each in envelopes)


def split(body: bytes) -> list[bytes]:
    """The envelopes that `join` put together. Raises `BadMember`."""
    found, at = [], 0
    while at < len(body):
        size = _LENGTH.unpack_from(body, at)[0] if len(body) - at >= _LENGTH.size else MAX_BYTES + 1
        at += _LENGTH.size
        if size > MAX_BYTES or at + size > len(body):
            raise BadMember(what="mailbox", member="length", why="does not lead to the next envelope")
        found.append(body[at : at + size])
        at += size
    return found


def _size(path: Path) -> int | None:
    """The size of an envelope that lies there; what a crash left half written is thrown away."""
    try:
        found = path.stat()
        if path.suffix == _DRAFT and found.st_mtime < time.time() - _ABANDONED:
            path.unlink()
            return None
    except FileNotFoundError:
        return None
    return found.st_size


def _oldest(place: Path) -> list[Path]:
    """The envelopes of a folder by the time they came; what is being written is none yet."""
    came = []
    for path in place.iterdir():
        try:
            came.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:
            continue
    return [path for _, path in sorted(came) if not path.suffix]


def _write(path: Path, data: bytes) -> None:
    """Write a file whole and synced, or not at all."""
    handle, draft = tempfile.mkstemp(suffix=_DRAFT, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).rename(path)
    folder = os.open(path.parent, os.O_RDONLY)  # its name too is on the disk before anybody is told that it lies there
    os.fsync(folder)
    os.close(folder)
