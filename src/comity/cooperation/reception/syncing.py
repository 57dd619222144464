# SPDX-License-Identifier: Apache-2.0
"""Have and need: two nodes find out by digest which messages of a thread one of them lacks.

A parcel may say which messages of a thread its sender has, and which it needs. Only parties of a thread, and its
relays, are told or given anything of it; for anybody else the thread does not exist. A message goes to whoever is a
party, whoever wrote it: forwarding breaks nothing, for the author's signatures travel along. What the fold found
addressed to others than the parties, or written by somebody who is none, is passed on to nobody."""

from collections.abc import Mapping

from comity.protocol.thread.state import Outcome, ThreadState
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import MAX_DIGESTS, Digests, Parcel
from comity.protocol.wire.statement import Statement
from comity.records.threads import store

MAX_BROUGHT = 64
MAX_BYTES = 8 << 20
MAX_NEEDED = 256
KEPT_BACK = frozenset({Outcome.WRONG_AUDIENCE, Outcome.UNAUTHORISED, Outcome.CYCLIC})


def lacking(parcel: Parcel) -> list[Message]:
    """Messages to bring to the parcel's sender: those it needs, and those it showed not to have."""
    wanted = [digest for each in parcel.need for digest in _shared(each.thread, parcel.sender) & set(each.digests)]
    for each in parcel.have:
        wanted += sorted(_shared(each.thread, parcel.sender) - set(each.digests))
    found: list[Message] = []
    size = 0
    for digest in list(dict.fromkeys(wanted))[:MAX_BROUGHT]:
        message = store.message(digest)
        if message is None:
            continue
        size += len(message.signed.payload)
        if size > MAX_BYTES:
            break
        found.append(message)
    return found


def needed(parcel: Parcel, touched: Mapping[MessageId, ThreadState]) -> list[Digests]:
    """What we lack of the threads that the parcel touched: named in an `after`, or had by the sender."""
    wanted: dict[MessageId, set[Digest]] = {thread: set(state.missing) for thread, state in touched.items()}
    for each in parcel.have:
        held = set(store.digests_of(each.thread))
        if _part(each.thread, parcel.sender) or not store.roots_of(each.thread):
            wanted.setdefault(each.thread, set()).update(set(each.digests) - held)
    return [Digests(thread, tuple(sorted(digests)[:MAX_NEEDED])) for thread, digests in wanted.items() if digests]


def having(parcel: Parcel) -> list[Digests]:
    """What we hold of the threads that the sender asked about."""
    found = ((each.thread, _shared(each.thread, parcel.sender)) for each in parcel.have)
    return [Digests(thread, tuple(sorted(digests)[:MAX_DIGESTS])) for thread, digests in found if digests]


def _shared(thread: MessageId, peer: AuthorityId) -> set[Digest]:
    """The messages of the thread that `peer` may have from us."""
    statements = store.statements_of(thread)
    if not statements or not _part(thread, peer):
        return set()
    outcomes = store.state_of(thread).outcomes
    return {each for each, said in statements.items() if _addressed(said, peer) and outcomes[each] not in KEPT_BACK}


def _part(thread: MessageId, peer: AuthorityId) -> bool:
    return any(_addressed(each, peer) for each in store.roots_of(thread).values())


def _addressed(said: Statement, peer: AuthorityId) -> bool:
    return peer in (said.sender, *said.to, *said.via)
