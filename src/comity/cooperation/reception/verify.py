# SPDX-License-Identifier: Apache-2.0
"""Judging each message of a parcel, in numbered steps.

1. Is it here already? Then it is only receipted again: replays and duplicates change nothing. Whoever has no part in
   it is not even told that it is here (`NotAParty`).
2. Is its author somebody whom we exchange with (`StandingError`, `AlarmStanding`)?
3. Do its own steps hold: card, both signatures, kind and body, approvals, endorsements (`proof.message`)? What else
   lies beside it is not kept: it could neither be believed later nor be proven to others.
4. Was it written ahead of our clock (`ClockAhead`)?
5. Are we its recipient or its relay (`NotForUs`)? What somebody entered from a letter, or sent on paper, is for nobody
   else, and a thread that goes by letter here takes nothing from a line (`ByLetter`).
6. Is its author a party of the thread, and so is whoever brought it (`NotAParty`)? Does it go to all parties
   (`WrongAudience`)? Nobody but a party can write a second opening, and an opening follows nothing (`NotAnOpening`).
7. Is its thread open here? If not it is kept as a stray until the opening message comes, up to a limit for each author
   (`TooManyStrays`). A thread takes only so many (`ThreadFull`).

Openings are judged first, and only those that hold open a thread for what comes with them. What the thread's state
makes of a message is not asked here: the fold keeps and shows what it does not apply.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from comity.cooperation.exchange.errors import (
    ByLetter,
    ClockAhead,
    NotAnOpening,
    NotAParty,
    ThreadFull,
    TooManyStrays,
    WrongAudience,
)
from comity.cooperation.exchange.opening import SKEW
from comity.protocol.errors import ComityError
from comity.protocol.proof.message import verify_message
from comity.protocol.terms import kinds
from comity.protocol.wire.errors import NotForUs
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Parcel
from comity.protocol.wire.statement import Statement
from comity.records.authorities import peers
from comity.records.authorities.lineages import lineage
from comity.records.home import Home
from comity.records.threads import store
from comity.records.threads.models import StoredMessage

STRAYS = 10_000


@dataclass(slots=True)
class Judged:
    """The messages of a parcel: new and believed (some of them `strays`), already here, or refused with the reason."""

    fresh: list[Message] = field(default_factory=list)
    known: list[Message] = field(default_factory=list)
    refused: list[tuple[Message, ComityError]] = field(default_factory=list)
    strays: set[Digest] = field(default_factory=set)

    def know(self, here: Iterable[Digest]) -> None:
        """These of the new ones came by another road while they were judged."""
        late = set(here)
        self.known += [each for each in self.fresh if each.digest in late]
        self.fresh = [each for each in self.fresh if each.digest not in late]


def judge(home: Home, parcel: Parcel) -> Judged:
    """Every message of the parcel, judged. Reads only."""
    judged = Judged()
    if not parcel.messages:
        return judged
    here = store.held([each.digest for each in parcel.messages])
    bench = _Bench(home, parcel.sender, judged)
    seen: set[Digest] = set()
    for message in sorted(parcel.messages, key=_later):
        if message.digest in seen:
            continue
        seen.add(message.digest)
        try:
            if message.digest in here:  # 1
                _require_part(parcel.sender, message.statement)
                judged.known.append(message)
            else:
                judged.fresh.append(bench.verify(message))
        except ComityError as error:
            judged.refused.append((message, error))
    return judged


def _later(message: Message) -> bool:
    """False for openings, which are judged first. What cannot be read has its turn too."""
    try:
        return not message.statement.opens
    except ComityError:
        return True


def _require_part(carrier: AuthorityId, said: Statement) -> None:
    if carrier not in (said.sender, *said.to, *said.via):
        raise NotAParty(authority=carrier, thread=said.thread)


class _Bench:
    """Judges the new messages of one parcel; what it looks up it looks up once."""

    def __init__(self, home: Home, carrier: AuthorityId, judged: Judged) -> None:
        self._home, self._carrier, self._judged = home, carrier, judged
        self._lineage = cache(self._lineage_of)
        self._known = cache(store.known)
        self._strays = cache(_strays_of)

    def verify(self, message: Message) -> Message:
        """Steps 2 to 7. The message as it is kept: beside it only the endorsements that hold."""
        home, now = self._home, self._home.now()
        self._lineage(message.statement.signer)  # 2
        believed = verify_message(
            message, self._lineage, arrived=now, soft_allowed=home.config.sample, relay=home.authority
        )  # 3
        said = believed.statement
        _in_time(said, now)  # 4
        roots = self._roots(said.thread)
        if any(each.by_letter for each in (said, *roots)):  # 5
            raise ByLetter(authority=said.signer)
        if home.authority not in (*said.to, *said.via, said.sender):
            raise NotForUs(recipient=", ".join(said.to), key="message")
        if said.opens:
            _require_opening(said)
        if roots or said.opens:  # 6
            self._require_party(said, roots or [said])
        else:  # 7
            _require_part(self._carrier, said)
            self._require_room(said.sender)
            self._judged.strays.add(message.digest)
        if self._known(said.thread)[1] + self._coming(said.thread) >= store.MAX_TAKEN:
            raise ThreadFull(thread=said.thread, limit=store.MAX_TAKEN)
        return believed.message

    def _lineage_of(self, authority: AuthorityId) -> Lineage:
        if authority not in (self._home.authority, self._carrier):  # the carrier's parcel was opened
            peers.require_accepted([authority])
        return lineage(authority)

    def _roots(self, thread: MessageId) -> list[Statement]:
        coming = [each.statement for each in self._judged.fresh]
        return [*self._known(thread)[0].values(), *(each for each in coming if each.opens and each.thread == thread)]

    def _require_party(self, said: Statement, roots: list[Statement]) -> None:
        parties = {each for root in roots for each in (root.sender, *root.to)}
        roads = {each for root in roots for each in root.via}
        if said.sender not in parties:
            raise NotAParty(authority=said.sender, thread=said.thread)
        if self._carrier not in parties | roads | set(said.via):
            raise NotAParty(authority=self._carrier, thread=said.thread)
        if not said.opens and len(roots) == 1 and {said.sender, *said.to} != parties:
            raise WrongAudience(authority=said.sender, thread=said.thread)

    def _require_room(self, author: AuthorityId) -> None:
        coming = sum(
            each.digest in self._judged.strays for each in self._judged.fresh if each.statement.sender == author
        )
        if self._strays(author) + coming >= STRAYS:
            raise TooManyStrays(limit=STRAYS, authority=author)

    def _coming(self, thread: MessageId) -> int:
        return sum(each.statement.thread == thread for each in self._judged.fresh)


def _strays_of(author: AuthorityId) -> int:
    return StoredMessage.objects.filter(sender=author, stray=True)[: STRAYS + 1].count()


def _in_time(said: Statement, now: datetime) -> None:
    if said.sent > now + SKEW:
        raise ClockAhead(authority=said.sender, seconds=int((said.sent - now).total_seconds()))


def _require_opening(said: Statement) -> None:
    if said.after or said.kind not in kinds.request_kinds():
        raise NotAnOpening(thread=said.thread)
