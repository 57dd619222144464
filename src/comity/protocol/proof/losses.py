# SPDX-License-Identifier: Apache-2.0
"""What a file holds that is signed with keys which their owner has revoked since, and what shows that it is older.

A revocation counts from its `since`, and nobody but its author says when that was: an authority could disown all that
it ever signed by one word with an early date. So what is signed does not fall with its key. For each such thing the
file is asked whether it shows that it was there before:

    before    its `since`, or before the exporting node heard of it, as that node's own leaf says
    shown by  a leaf under a checkpoint of the exporting node that another authority cosigned, or another's receipt

Who says so is told. The owner's revoked keys can say it too, since its node cosigned while nobody spoke of a theft;
but whoever has them could say it as well, which the reader is told. The words of other revoked keys are left out.

Where nothing shows it, it cannot be relied on: it may be the thief's. This is how long-term validation of signatures
is done elsewhere (ETSI EN 319 102-1, 5.5): with a proof of existence before the revocation it passes, without it is
indeterminate.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comity.protocol.proof.judging import JudgedReceipt
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.message import VerifiedMessage
from comity.protocol.proof.registers import Noted, Registers, Seen, Told
from comity.protocol.wire import endorsement
from comity.protocol.wire.lineage import Revoked
from comity.protocol.wire.names import AuthorityId, Digest, format_time
from comity.protocol.wire.revocation import Reason, Revocation

WORDS = {Reason.COMPROMISE: "declared stolen", Reason.LOSS: "declared lost", Reason.SUPERSEDED: "gave up"}


@dataclass(frozen=True, slots=True)
class Shown:
    """That something was there at `at`: who says so, and whether with no other keys than the revoked ones."""

    at: datetime
    by: AuthorityId
    revoked: bool
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something signed with a key that `revocation` reaches, when the exporting node heard of that, and what shows that
    the thing is older. `message` is the one that it is of, if it is of one."""

    what: str
    name: str
    revocation: Revocation
    noted: Noted | None
    shown: Shown | None
    message: Digest | None = None

    def as_json(self) -> dict[str, object]:
        """For scripts. `key` is `revoked-later` or `in-doubt`."""
        shown = self.shown and {
            "at": format_time(self.shown.at),
            "by": self.shown.by,
            "with": "revoked-keys" if self.shown.revoked else "good-keys",
        }
        return {
            "what": self.what,
            "name": self.name,
            "key": "revoked-later" if self.shown else "in-doubt",
            "authority": self.revocation.authority,
            "reason": str(self.revocation.reason),
            "since": format_time(self.revocation.since),
            "heard": format_time(self.noted.at) if self.noted else None,
            "shown": shown,
        }

    def told(self, exporter: AuthorityId) -> str:
        """For people."""
        said = self.revocation
        heard = f"{exporter} heard of it at {format_time(self.noted.at)}" if self.noted else "when, no leaf here says"
        head = f"{said.authority} {WORDS[said.reason]} its key since {format_time(said.since)}; {heard}."
        if self.shown is None:
            return f"{head} Nothing shows that this is older: it cannot be relied on and may be the thief's."
        whose = ", though with keys revoked since: whoever has them could say so too" if self.shown.revoked else ""
        return f"{head} This was here by {format_time(self.shown.at)}, which is before: {self.shown.by} says so{whose}."


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of a file that show when something was there, each of them held."""

    exporter: AuthorityId
    lines: Lines
    registers: Registers
    leaves: Sequence[Told]
    noted: Sequence[Noted]

    def of_receipts(self, receipts: Iterable[JudgedReceipt]) -> list[Loss]:
        """The receipts by revoked keys: older, if a checkpoint covers the leaf that says that they came."""
        found = []
        for each in receipts:
            said, keys = each.receipt, each.card.keys.keyids
            came = [one for one in self.leaves if one.sender == said.sender and one.event == "receipted"]
            shown = list(self._covered(one for one in came if one.message in each.places))
            for revoked in self.lines(said.sender).reaching(keys, sent=said.at, arrived=said.at):
                found.append(self._loss("receipt", each.digest, revoked, shown))
        return found

    def of_checkpoints(self, named: Iterable[tuple[str, int]]) -> list[Loss]:
        """The checkpoints by revoked keys, but for those that receipts name: they stand with these."""
        apart, found = set(named), []
        for place, seen in self.registers.seen.items():
            if place not in apart:
                shown = list(self._words(seen))
                name = f"{place[0]} {place[1]}"
                found += [self._loss("checkpoint", name, each, shown) for each in seen.revoked(self.lines)]
        return found

    def of_leaves(self, under: Seen) -> list[Loss]:
        """The leaves of an exporting node whose register's key was revoked before they were written."""
        found = []
        for leaf in self.leaves:
            for revoked in self.lines(self.exporter).reaching(under.card.keys.keyids, sent=leaf.at, arrived=leaf.at):
                found.append(self._loss("leaf", str(leaf.index), revoked, list(self._covered([leaf]))))
        return found

    def of_messages(
        self,
        messages: Iterable[VerifiedMessage],
        arrived: Mapping[Digest, datetime],
        receipts: Sequence[JudgedReceipt],
    ) -> list[Loss]:
        """The messages by revoked keys: older, if a checkpoint covers a leaf that names them or somebody received them.
        Of an endorsement no leaf tells: one by revoked keys is in doubt."""
        found = []
        for each in messages:
            digest, said = each.message.digest, each.statement
            here = arrived.get(digest, said.sent)
            shown = [*self._covered(one for one in self.leaves if one.message == digest)]
            shown += self._received(digest, receipts)
            for revoked in self.lines(said.signer).reaching(each.card.keys.keyids, sent=said.sent, arrived=here):
                found.append(self._loss("message", digest, revoked, shown, digest))
            for signed in each.message.endorsements:
                word, keys = endorsement.parse(signed.payload), [one.keyid for one in signed.signatures]
                for revoked in self.lines(word.by).reaching(keys, sent=word.at, arrived=max(here, word.at)):
                    found.append(self._loss("endorsement", signed.digest, revoked, [], digest))
        return found

    def _covered(self, leaves: Iterable[Told]) -> Iterator[Shown]:
        """What others' cosignatures say of the earliest of these leaves."""
        for leaf in leaves:
            for (origin, size), seen in self.registers.seen.items():
                if origin == leaf.origin and size > leaf.index:
                    yield from self._words(seen)

    def _words(self, seen: Seen) -> Iterator[Shown]:
        size = seen.size if seen.authority == self.exporter else None
        for word in seen.cosigned:
            if word.by not in (self.exporter, seen.authority):
                yield Shown(word.at, word.by, word.revoked, size)

    def _received(self, digest: Digest, receipts: Sequence[JudgedReceipt]) -> Iterator[Shown]:
        for each in receipts:
            said = each.receipt
            if digest in each.places and said.sender != self.exporter:
                lost = self.lines(said.sender).reaching(each.card.keys.keyids, sent=said.at, arrived=said.at)
                yield Shown(said.at, said.sender, bool(lost))

    def _loss(
        self, what: str, name: str, revoked: Revoked, shown: Iterable[Shown], message: Digest | None = None
    ) -> Loss:
        said = revoked.revocation
        noted = next((each for each in self.noted if each.revocation == said), None)
        good = [each for each in shown if _before(each, said, noted) and _counts(each, said)]
        best = min(good, key=lambda each: (each.revoked, each.at), default=None)
        return Loss(what, name, said, noted, best, message)


def _before(shown: Shown, said: Revocation, noted: Noted | None) -> bool:
    if shown.at < said.since:
        return True
    if noted is None or shown.at >= noted.at:
        return False
    return shown.size is None or shown.size <= noted.index


def _counts(shown: Shown, said: Revocation) -> bool:
    return not shown.revoked or shown.by == said.authority


def still(losses: Iterable[Loss]) -> tuple[str, ...]:
    """What the reader must ask whom about these."""
    return tuple(
        f"Ask {authority} when it revoked its key, and what shows that: for when it was heard of, this file has only "
        "the exporting node's word."
        for authority in sorted({each.revocation.authority for each in losses})
    )
