# SPDX-License-Identifier: Apache-2.0
"""What the file shows of registers: checkpoints, cosignatures, growth, and the opened leaves of the exporting node."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from comity.protocol.errors import ComityError
from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import cosignature, watch
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import SignedCheckpoint, register_key, witness_key, witness_of
from comity.protocol.ledger.commitment import commit
from comity.protocol.ledger.errors import NoteUnsigned
from comity.protocol.ledger.note import Line, Note
from comity.protocol.ledger.proofs import verify_inclusion
from comity.protocol.ledger.tree import leaf_hash
from comity.protocol.proof.errors import Incomplete, Unconnected
from comity.protocol.proof.files import Extract, Growth, OpenLeaf
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.steps import Here
from comity.protocol.wire import canonical
from comity.protocol.wire.card import Card
from comity.protocol.wire.errors import KeyExpired
from comity.protocol.wire.lineage import Held, Lineage, Revoked
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, authority_id, format_time
from comity.protocol.wire.revocation import Revocation

NOTED = "key-revoked"
"""The event of a register that says that its owner heard of a revocation."""
SECOND = 0.999
_PREFIX = "comity/"
_WITNESS = "/witness"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A cosignature that holds: whose, when by their clock. `revoked` says that its key was, since then or before."""

    by: AuthorityId
    at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that holds, whose register it is and by which card, and who cosigned it when."""

    authority: AuthorityId
    card: Card
    signed: SignedCheckpoint
    cosigned: tuple[Witnessed, ...]

    @property
    def size(self) -> int:
        """How many leaves it covers."""
        return self.signed.checkpoint.size

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {"register": self.authority, "size": self.size, "cosigned": cosigned_json(self)}

    def revoked(self, lines: Lines) -> tuple[Revoked, ...]:
        """The revocations of its register's key that reach back to when a witness first saw it."""
        if not self.cosigned:
            return ()
        first = min(each.at for each in self.cosigned)
        return lines(self.authority).reaching(self.card.keys.keyids, sent=first, arrived=first)


@dataclass(slots=True)
class Registers:
    """Every checkpoint in the file by register and size; each of `grown` is a pair that a proof joins."""

    seen: dict[tuple[str, int], Seen] = field(default_factory=dict)
    grown: list[frozenset[tuple[str, int]]] = field(default_factory=list)

    def add(self, new: Seen) -> None:
        """One more; of two at one size both witnesses count. Raises `Fork` when their roots differ."""
        place = (new.signed.checkpoint.origin, new.size)
        old = self.seen.get(place)
        if old is not None:
            watch.advance(old.signed.checkpoint, new.signed.checkpoint, ())
            words = {each.by: each for each in (*new.cosigned, *old.cosigned)}
            new = Seen(new.authority, new.card, new.signed, tuple(words[name] for name in sorted(words)))
        self.seen[place] = new

    def covering(self, origin: str, index: int) -> Seen | None:
        """The earliest cosigned checkpoint of the register that has this leaf, joined to the extract's by proof."""
        sizes = sorted(size for name, size in self.seen if name == origin and size > index)
        return next((self.seen[origin, size] for size in sizes if self.seen[origin, size].cosigned), None)


@dataclass(frozen=True, slots=True)
class Told:
    """An opened leaf of the exporting node: what it says of which message, when, and its place."""

    origin: str
    index: int
    event: str
    message: Digest
    at: datetime
    to: str | None
    sender: str | None


@dataclass(frozen=True, slots=True)
class Noted:
    """An opened leaf of the exporting node that says when it heard of a revocation, and its place."""

    revocation: Revocation
    at: datetime
    index: int


def read_checkpoints(texts: Iterable[str], lines: Lines, here: Here) -> Registers:
    """The checkpoints, each as `read_checkpoint` holds it. Raises as that, and `Fork`."""
    found = Registers()
    for text in texts:
        here.at = "a checkpoint"
        claimed = checkpoints.parse_text(notes.parse(text.encode()).text)
        here.at = f"the checkpoint of {claimed.origin} at size {claimed.size}"
        seen = read_checkpoint(text, lines)
        found.add(seen)
        by = ", ".join(_told_of(each) for each in seen.cosigned)
        here.say(f"{seen.authority} signed its register at size {seen.size}{'; cosigned by ' + by if by else ''}.")
    return found


def read_checkpoint(text: str, lines: Lines) -> Seen:
    """A checkpoint whose every line holds: its register's, by a key on a card, and its witnesses'.

    Whether the keys were revoked since is another question (`losses`). Raises `LedgerError`s, and `KeyUnknown`,
    `KeyExpired`, `BadMember`.
    """
    note = notes.parse(text.encode())
    authority = authority_of(checkpoints.parse_text(note.text).origin)
    held = _by_register(lines(authority), note)
    key = register_key(authority, held.card.keys.register)
    signed = checkpoints.verify(text.encode(), key)
    words = [cosigned(each, signed.note, lines) for each in note.lines if not each.by(key)]
    return Seen(authority, held.card, signed, tuple(sorted(words, key=lambda each: each.by)))


def held_checkpoint(data: bytes, lines: Lines) -> Seen:
    """One checkpoint by itself, with those of its cosignatures that hold. Raises `LedgerError`s, `KeyUnknown`."""
    note = notes.parse(data)
    authority = authority_of(checkpoints.parse_text(note.text).origin)
    held = _by_register(lines(authority), note)
    signed = checkpoints.verify(data, register_key(authority, held.card.keys.register))
    words = []
    for each in note.lines:
        try:
            words.append(cosigned(each, signed.note, lines))
        except ComityError:
            continue
    return Seen(authority, held.card, signed, tuple(words))


def read_growth(grown: Iterable[Growth], registers: Registers, here: Here) -> None:
    """Hold every consistency proof between two checkpoints of the file. Raises `Incomplete`, `Unconnected`, `Fork`,
    `Rollback`, `Unproven`."""
    for each in grown:
        here.at = f"the growth of {each.origin} from {each.start} to {each.end}"
        ends = [registers.seen.get((each.origin, size)) for size in (each.start, each.end)]
        if each.start == each.end:
            raise Unconnected(what="The consistency proof", name=each.origin)
        if ends[0] is None or ends[1] is None:
            raise Incomplete(what="Checkpoint", name=each.origin, why="a consistency proof leads from it or to it")
        watch.advance(ends[0].signed.checkpoint, ends[1].signed.checkpoint, each.hashes)
        registers.grown.append(frozenset({(each.origin, each.start), (each.origin, each.end)}))
        here.say(f"{each.origin} grew from {each.start} to {each.end} leaves and changed none of them.")


def open_leaves(
    extract: Extract, thread: MessageId, registers: Registers, lines: Lines, here: Here
) -> tuple[list[Told], list[Noted]]:
    """The leaves that tell of this thread, and those that note a revocation in the file: each lies under the extract's
    checkpoint. Raises `Incomplete`, `Unconnected`, `BadProof`, `BadMember`."""
    here.at = f"the register {extract.origin} at size {extract.size}"
    under = registers.seen.get((extract.origin, extract.size))
    if under is None:
        raise Incomplete(what="Checkpoint", name=extract.origin, why="the leaves are proven under it")
    told, noted = [], []
    for leaf in extract.leaves:
        here.at = f"leaf {leaf.index} of {under.authority}"
        point = under.signed.checkpoint
        verify_inclusion(leaf_hash(commit(leaf.salt, leaf.entry)), leaf.index, point.size, point.root, leaf.proof)
        members = Members("leaf entry", canonical.decode_object(leaf.entry, limit=1 << 20))
        if members.value.get("event") == NOTED:
            noted.append(_noted(leaf, members, lines))
        else:
            told.append(_told(extract.origin, leaf, members, thread))
    here.say(f"{len(extract.leaves)} leaves of {under.authority} open, and lie in its register as it signed it.")
    return told, noted


def hold_joined(extract: Extract, registers: Registers, receipted: set[tuple[str, int]], here: Here) -> None:
    """Hold that no checkpoint stands alone: it is the extract's, one that a receipt names, or joined to such a one.

    Raises `Unconnected`.
    """
    joined, before = {(extract.origin, extract.size), *receipted}, 0
    while before != len(joined):
        before = len(joined)
        for ends in registers.grown:
            joined |= ends if ends & joined else frozenset()
    for origin, size in registers.seen:
        here.at = f"the checkpoint of {origin} at size {size}"
        if (origin, size) not in joined:
            raise Unconnected(what="The checkpoint", name=f"{origin} {size}")


def _by_register(line: Lineage, note: Note) -> Held:
    for held in reversed(line.held):
        key = register_key(line.authority, held.card.keys.register)
        if any(each.by(key) for each in note.lines):
            return held
    key = register_key(line.authority, line.latest.card.keys.register)
    raise NoteUnsigned(name=key.name, key=key.key_id.hex())


def cosigned(by: Line, note: Note, lines: Lines) -> Witnessed:
    """The cosignature of this line, by a witness key of the card that was valid when it was made.

    Raises `NoteUnsigned`, `NoteForged`, `DuplicateLine`, `KeyUnknown`, `KeyExpired`, `BadMember`.
    """
    line = lines(authority_of(by.name.removesuffix(_WITNESS)))
    fault: ComityError = NoteUnsigned(name=witness_of(line.authority), key=by.key_id.hex())
    for held in reversed(line.held):
        key = witness_key(line.authority, held.card.keys.witness)
        if by.by(key):
            found = cosignature.verify(note, key)
            last = found.at.replace(microsecond=int(SECOND * 1_000_000))
            if held.card.start <= last and found.at < line.end(held):
                lost = line.reaching(held.card.keys.keyids, sent=found.at, arrived=found.at)
                return Witnessed(line.authority, found.at, bool(lost))
            fault = KeyExpired(authority=line.authority, key=key.key_id.hex(), at=format_time(found.at))
    raise fault


def _told(origin: str, leaf: OpenLeaf, members: Members, thread: MessageId) -> Told:
    if members.id("thread") != thread:
        raise Unconnected(what="The leaf", name=str(leaf.index))
    names = {name: members.value.get(name) for name in ("to", "from")}
    return Told(
        origin=origin,
        index=leaf.index,
        event=members.text("event", at_most=64),
        message=members.digest("message"),
        at=members.time("at"),
        to=names["to"] if isinstance(names["to"], str) else None,
        sender=names["from"] if isinstance(names["from"], str) else None,
    )


def _noted(leaf: OpenLeaf, members: Members, lines: Lines) -> Noted:
    """The leaf, which is of a revocation in the file. Raises `Unconnected`, `KeyUnknown`, `BadMember`."""
    for each in lines(members.authority("authority")).revoked:
        if notes_it(members.value, each.revocation):
            return Noted(each.revocation, members.time("at"), leaf.index)
    raise Unconnected(what="The leaf", name=str(leaf.index))


def notes_it(entry: Mapping[str, object], said: Revocation) -> bool:
    """Whether an entry of a register says that its owner heard of this revocation."""
    told = {"authority": said.authority, "keyids": list(said.keyids), "reason": str(said.reason)}
    wanted = {**told, "event": NOTED, "since": format_time(said.since)}
    return all(entry.get(name) == value for name, value in wanted.items())


def authority_of(origin: str) -> AuthorityId:
    """Whose register has this name. Raises `BadMember`."""
    return authority_id(origin.removeprefix(_PREFIX), "checkpoint", "origin")


def cosigned_json(seen: Seen | None) -> list[dict[str, str]]:
    """Who cosigned it, and when; nobody where there is none. `key` is there where it was revoked."""
    words: Sequence[Witnessed] = seen.cosigned if seen else ()
    revoked = {"key": "revoked"}
    return [{"by": each.by, "at": format_time(each.at), **(revoked if each.revoked else {})} for each in words]


def _told_of(word: Witnessed) -> str:
    return f"{word.by} at {format_time(word.at)}{', with a key since revoked' if word.revoked else ''}"
