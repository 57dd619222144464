# SPDX-License-Identifier: Apache-2.0
"""Have and need: two nodes find out by digest which messages of a thread one of them lacks.

A parcel may say which messages of a thread its sender has, and which it needs; it is told and given those that it may
have (`exchange.sharing`). Forwarding breaks nothing, whoever wrote a message: the author's signatures travel along."""

from collections.abc import Iterable, Mapping

from comity.cooperation.exchange.sharing import has_part, shared
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import MAX_DIGESTS, Digests, Parcel
from comity.records.threads import store

MAX_BROUGHT = 64
MAX_BYTES = 8 << 20
MAX_NEEDED = 256
MAX_ASKED = 4096
"""Of one thread, and in one parcel."""


def lacking(parcel: Parcel) -> list[Message]:
    """Messages to bring to the parcel's sender: those it needs, and those it showed not to have."""
    open_threads = _of_each((*parcel.need, *parcel.have), parcel.sender)
    wanted = [digest for each in parcel.need for digest in open_threads[each.thread] & set(each.digests)]
    for each in parcel.have:
        wanted += sorted(open_threads[each.thread] - set(each.digests))
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
        if has_part(each.thread, parcel.sender) or not store.roots_of(each.thread):
            wanted.setdefault(each.thread, set()).update(set(each.digests) - held)
    asked: list[Digests] = []
    room = MAX_ASKED
    for thread, digests in wanted.items():
        some = tuple(sorted(digests)[: min(MAX_NEEDED, room)])
        room -= len(some)
        asked += [Digests(thread, some)] if some else []
    return asked


def having(parcel: Parcel) -> list[Digests]:
    """What we hold of the threads that the sender asked about."""
    found = _of_each(parcel.have, parcel.sender).items()
    return [Digests(thread, tuple(sorted(digests)[:MAX_DIGESTS])) for thread, digests in found if digests]


def _of_each(asked: Iterable[Digests], peer: AuthorityId) -> dict[MessageId, set[Digest]]:
    """What `peer` may have of each thread asked about: folded once, however often the parcel names it."""
    return {thread: shared(thread, peer) for thread in dict.fromkeys(each.thread for each in asked)}
