# SPDX-License-Identifier: Apache-2.0
"""Writing the proof file of a thread: what this node holds of it, with all that a stranger needs and nothing more.

In this order: the reader's right is asked; a checkpoint is signed over the leaves; the parts are gathered; the file is
verified as a stranger will, and what does not hold is left out by name; the export is registered. Of cosigned
checkpoints two come along for each witness among the parties: the first that covers all the leaves, which says by when
they were there, and the newest. Where somebody revoked keys, the leaf comes along that says when we heard of it, and
the newest checkpoint cosigned before: it shows what was there. Of a party's register comes the checkpoint that we
cosigned, where a receipt names it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.cooperation.exchange.compose import our_checkpoint
from comity.protocol.errors import ComityError
from comity.protocol.ledger import checkpoint as checkpoints
from comity.protocol.ledger import note as notes
from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.checkpoint import SignedCheckpoint, witness_of
from comity.protocol.ledger.note import Line, Note
from comity.protocol.proof import registers, verifier
from comity.protocol.proof.completeness import EVENTS, parties
from comity.protocol.proof.errors import StepFailed
from comity.protocol.proof.files import Extract, Growth, LeftOut, OpenLeaf, ProofFile
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.message import believed_beside
from comity.protocol.wire import canonical, revocation
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import CardRecord, RevocationRecord, Watch
from comity.records.errors import NotInSeason
from comity.records.home import Home
from comity.records.register import events, proofs
from comity.records.register.checkpoints import checkpoint_at
from comity.records.register.models import Cosignature, Leaf
from comity.records.threads import reading, store

MAX_ENTRY = 1 << 20
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Thread:
    """What is held of a thread: its messages, and who has a part in them, ourselves included."""

    id: MessageId
    messages: Sequence[Message]
    people: Sequence[AuthorityId]
    lines: Lines


def proof_of(home: Home, actor: Actor, thread: str) -> bytes:
    """The proof file of a thread that the actor may read. Raises `NotFound`, `NotInSeason`."""
    with home.active():
        row = reading.thread(actor, thread)
        held = _held(home, MessageId(row.id))
    signed = our_checkpoint(home)
    with home.active():
        data = _believed(home, held, signed)
    with acting(home, actor, Permission.READ) as act:
        act.record(events.exported(content=digest_of(data), thread=held.id, count=len(held.messages)))
    return data


def _held(home: Home, thread: MessageId) -> _Thread:
    return _thread(home, thread, store.messages_of(thread))


def _thread(home: Home, thread: MessageId, messages: Sequence[Message]) -> _Thread:
    people = {home.authority, *(who for each in messages for who in parties(each.statement))}
    known = CardRecord.objects.filter(authority__in=people, accepted__isnull=False).values_list("authority", flat=True)
    accepted = [AuthorityId(each) for each in sorted(set(known))]
    lines = Lines({each: lineage(each) for each in accepted})
    alive = lines.unrevoked
    bare = [replace(each, endorsements=believed_beside(each, alive)) for each in messages]
    return _Thread(thread, bare, accepted, lines)


def _believed(home: Home, held: _Thread, signed: SignedCheckpoint) -> bytes:
    """The file, without what a stranger would not believe: one bad thing must not take all the others with it.

    Raises `StepFailed` where leaving out a message, a receipt or a revocation does not mend it.
    """
    without: dict[Digest, str] = {}
    while True:
        data = _file(home, held, signed, without).ordered().to_bytes()
        try:
            verifier.verify(data)
        except StepFailed as failed:
            bad = _DIGEST.search(failed.statement)
            if bad is None or bad[0] in without:
                raise
            without[Digest(bad[0])] = failed.error.code
        else:
            return data


def _file(home: Home, whole: _Thread, signed: SignedCheckpoint, without: Mapping[Digest, str]) -> ProofFile:
    held = _thread(home, whole.id, [each for each in whole.messages if each.digest not in without])
    received = _receipts(whole)
    given = [each for each in received if each.digest not in without]
    words = [each for each in _revocations(held.people) if each.digest not in without]
    heard = _heard(words, signed.checkpoint.size)
    extract = _extract(home, whole, signed, heard)
    now = _with_lines(signed.note, held.lines)
    now = now if _sound(now, held.lines) else Note(now.text, now.lines[:1])
    others = [_with_lines(each, held.lines) for each in (*_earlier(home, held, extract, heard), *_theirs(held, given))]
    kept = [each for each in others if _sound(each, held.lines)]
    earlier = [each for each in kept if checkpoints.parse_text(each.text).origin == extract.origin]
    return ProofFile(
        cards=tuple(each.signed for who in held.people for each in held.lines(who).held),
        revocations=tuple(words),
        messages=tuple(held.messages),
        receipts=tuple(given),
        checkpoints=tuple(each.to_bytes().decode() for each in (now, *kept)),
        consistency=tuple(_growth(home, each, extract) for each in earlier),
        register=extract,
        left_out=tuple(_left_out(whole, received, extract, without)),
    )


def _left_out(
    whole: _Thread, received: Iterable[Signed], extract: Extract, without: Mapping[Digest, str]
) -> Iterator[LeftOut]:
    """What is without in the file, by name: messages, and receipts of which a leaf says that they came."""
    for each in whole.messages:
        if each.digest in without:
            yield LeftOut(each.digest, None, without[each.digest])
    entries = [canonical.decode_object(each.entry, limit=MAX_ENTRY) for each in extract.leaves]
    came = {(each.get("message"), each.get("from")) for each in entries if each.get("event") == "receipted"}
    given, gone = set[tuple[Digest, AuthorityId]](), dict[tuple[Digest, AuthorityId], str]()
    for signed in received:
        said = receipts.parse(signed.payload)
        named = {(each.message, said.sender) for each in said.entries} & came
        if signed.digest in without:
            gone |= dict.fromkeys(named, without[signed.digest])
        else:
            given |= named
    for place in gone.keys() - given:
        yield LeftOut(*place, gone[place])


def _receipts(held: _Thread) -> list[Signed]:
    """The receipts for the thread's messages, one for each parcel however many of them it names."""
    rows = reading.receipts([each.digest for each in held.messages])
    signed = (Signed.from_json(each.signed) for each in rows)
    return list({each.digest: each for each in signed}.values())


def _heard(words: Iterable[Signed], size: int) -> list[int]:
    """The places of our leaves that say when we heard of these revocations."""
    wanted = [revocation.read(each) for each in words]
    rows = Leaf.objects.filter(event=registers.NOTED, index__lt=size) if wanted else Leaf.objects.none()
    found = []
    for row in rows.exclude(entry=None).order_by("index"):
        told = canonical.decode_object(bytes(row.entry or b""), limit=MAX_ENTRY)
        if any(registers.notes_it(told, each) for each in wanted):
            found.append(row.index)
    return found


def _extract(home: Home, held: _Thread, signed: SignedCheckpoint, heard: Iterable[int]) -> Extract:
    """Our leaves of the thread's messages and of the revocations heard of, opened. Raises `NotInSeason` for one that
    was erased meanwhile."""
    size = signed.checkpoint.size
    digests = [each.digest for each in held.messages]
    rows = Leaf.objects.filter(thread=held.id, event__in=EVENTS, message__in=digests, index__lt=size)
    found, places = [], sorted({*rows.values_list("index", flat=True), *heard})
    for each in proofs.prove_all(places, size, using=home.alias):
        if each.entry is None or each.salt is None:
            raise NotInSeason(what="leaf", id=each.index, state="erased", needed="in the register")
        found.append(OpenLeaf(each.index, each.entry, each.salt, each.proof))
    return Extract(signed.checkpoint.origin, size, tuple(found))


def _earlier(home: Home, held: _Thread, extract: Extract, heard: Sequence[int]) -> list[Note]:
    """Our checkpoints before the one of now that parties cosigned."""
    last = max((each.index for each in extract.leaves if each.index not in heard), default=0)
    sizes = set[int]()
    for who in held.people:
        rows = Cosignature.objects.filter(name=witness_of(who), checkpoint_id__lt=extract.size)
        first = rows.filter(checkpoint_id__gt=last).order_by("checkpoint_id").first()
        newest = rows.order_by("-checkpoint_id")
        before = [newest.filter(checkpoint_id__lte=index).first() for index in heard]
        sizes |= {each.checkpoint_id for each in (first, newest.first(), *before) if each is not None}
    return [checkpoint_at(size, home.alias).note for size in sorted(sizes)]


def _theirs(held: _Thread, given: Iterable[Signed]) -> list[Note]:
    """Of each party's register the checkpoint that we saw last and cosigned, if a receipt here names it."""
    named = {receipts.parse(each.payload).checkpoint.partition("\n\n")[0] for each in given}
    found = []
    for row in Watch.objects.filter(authority__in=held.people).exclude(seen_cosigned="").order_by("authority"):
        note = notes.parse(row.seen_note.encode())
        if note.text.removesuffix("\n") in named:
            found.append(note.with_line(notes.parse_line(row.seen_cosigned)))
    return found


def _with_lines(note: Note, known: Lines) -> Note:
    """The note with its register's signature, and those cosignatures of parties that hold by their cards."""
    origin = checkpoints.parse_text(note.text).origin
    own = [each for each in note.lines if each.name == origin]
    kept = [each for each in note.lines if each.name != origin and _holds(note, each, known)]
    return Note(note.text, (*own, *sorted(kept, key=lambda each: each.name)))


def _sound(note: Note, known: Lines) -> bool:
    """Whether a stranger will believe the checkpoint: its key may have been revoked before a witness saw it."""
    try:
        return not registers.read_checkpoint(note.to_bytes().decode(), known).revoked(known)
    except ComityError:
        return False


def _holds(note: Note, line: Line, known: Lines) -> bool:
    try:
        registers.cosigned(line, note, known)
    except ComityError:
        return False
    return True


def _growth(home: Home, note: Note, extract: Extract) -> Growth:
    size = _size(note)
    hashes = proofs.consistency(size, extract.size, using=home.alias)
    return Growth(extract.origin, size, extract.size, tuple(hashes))


def _size(note: Note) -> int:
    return checkpoints.parse_text(note.text).size


def _revocations(people: Iterable[AuthorityId]) -> tuple[Signed, ...]:
    """The revocations that their authorities signed; what our administrator entered proves nothing to others."""
    rows = RevocationRecord.objects.filter(authority__in=list(people), signed__isnull=False)
    return tuple(Signed.from_json(each.signed) for each in rows)
