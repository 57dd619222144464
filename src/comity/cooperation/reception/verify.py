# SPDX-License-Identifier: Apache-2.0
"""Judging each message of a parcel, in numbered steps.

1. Is it here already? Then it is only receipted again: replays and duplicates change nothing.
2. Do its own steps hold: card, both signatures, kind and body, approvals, endorsements (`proof.message`)?
3. Was it written ahead of our clock (`ClockAhead`)?
4. Are we its recipient or its relay (`NotForUs`)?
5. Is its author a party of the thread, and so is whoever brought it (`NotAParty`)?
6. Is its thread open here? If not it is kept as a stray until the opening message comes, up to a limit for each peer.

What the thread's state makes of a message is not asked here: the fold keeps and shows what it does not apply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from comity.cooperation.exchange.errors import ClockAhead, NotAParty, TooManyStrays
from comity.cooperation.exchange.opening import SKEW
from comity.protocol.errors import ComityError
from comity.protocol.proof.message import verify_message
from comity.protocol.wire.errors import NotForUs
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, MessageId
from comity.protocol.wire.parcel import Parcel
from comity.protocol.wire.statement import Statement
from comity.records.authorities.lineages import lineage
from comity.records.home import Home
from comity.records.threads import store
from comity.records.threads.models import StoredMessage, Thread

STRAYS = 10_000


@dataclass(slots=True)
class Judged:
    """The messages of a parcel: new and believed, already here, or refused with the reason."""

    fresh: list[Message] = field(default_factory=list)
    known: list[Message] = field(default_factory=list)
    refused: list[tuple[Message, ComityError]] = field(default_factory=list)


def judge(home: Home, parcel: Parcel) -> Judged:
    """Every message of the parcel, judged. Reads only."""
    judged = Judged()
    here = store.held([each.digest for each in parcel.messages])
    seen = set(here)
    opening = {each.statement.id: each.statement for each in _parsed(parcel.messages) if each.statement.opens}
    for message in parcel.messages:
        if message.digest in seen:  # 1
            if message.digest in here:
                judged.known.append(message)
            continue
        try:
            _verify(home, parcel.sender, message, opening)
        except ComityError as error:
            judged.refused.append((message, error))
        else:
            seen.add(message.digest)
            judged.fresh.append(message)
    return judged


def _verify(home: Home, carrier: AuthorityId, message: Message, opening: Mapping[MessageId, Statement]) -> None:
    now = home.now()
    believed = verify_message(message, lineage, arrived=now, soft_allowed=home.config.sample, relay=home.authority)  # 2
    said = believed.statement
    _in_time(said, now)  # 3
    if home.authority not in (*said.to, *said.via, said.sender):  # 4
        raise NotForUs(recipient=", ".join(said.to), key="message")
    root = said if said.opens else opening.get(said.thread) or _root(said.thread)
    if root is None:  # 6
        _require_room(said.sender)
        return
    parties = {root.sender, *root.to}
    if said.sender not in parties:  # 5
        raise NotAParty(authority=said.sender, thread=said.thread)
    if carrier not in parties | set(root.via) | set(said.via):
        raise NotAParty(authority=carrier, thread=said.thread)


def _in_time(said: Statement, now: datetime) -> None:
    if said.sent > now + SKEW:
        raise ClockAhead(authority=said.sender, seconds=int((said.sent - now).total_seconds()))


def _root(thread: MessageId) -> Statement | None:
    for row in StoredMessage.objects.filter(thread=thread).order_by("sent").values_list("content", flat=True):
        said = store.read(row).statement
        if said.opens:
            return said
    return None


def _require_room(sender: AuthorityId) -> None:
    strays = StoredMessage.objects.filter(sender=sender).exclude(thread__in=Thread.objects.values("id"))
    if strays[: STRAYS + 1].count() > STRAYS:
        raise TooManyStrays(limit=STRAYS, authority=sender)


def _parsed(messages: Sequence[Message]) -> list[Message]:
    good = []
    for each in messages:
        try:
            _ = each.statement
        except ComityError:
            continue
        good.append(each)
    return good
