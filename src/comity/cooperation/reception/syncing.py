# SPDX-License-Identifier: Apache-2.0
"""Have and need: two nodes find out by digest which messages of a thread one of them lacks.

A parcel may say which messages of a thread its sender has, and which it needs. Only parties of a thread are told or
given anything of it; for anybody else the thread does not exist. A message goes to whoever is a party of it, whoever
wrote it: forwarding breaks nothing, for the author's signatures travel along."""

from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.parcel import Digests, Parcel
from comity.records.threads import store
from comity.records.threads.models import StoredMessage

MAX_BROUGHT = 64
MAX_BYTES = 8 << 20


def lacking(parcel: Parcel) -> list[Message]:
    """Messages to bring to the parcel's sender: those it needs, and those it showed not to have."""
    wanted: list[Digest] = [digest for each in parcel.need for digest in each.digests]
    for each in parcel.have:
        wanted += sorted(_digests(each.thread) - set(each.digests))
    found: list[Message] = []
    size = 0
    for digest in dict.fromkeys(wanted):
        message = store.message(digest)
        if message is None or not shared_with(message, parcel.sender):
            continue
        size += len(message.signed.payload)
        if len(found) == MAX_BROUGHT or size > MAX_BYTES:
            break
        found.append(message)
    return found


def needed(parcel: Parcel) -> list[Digests]:
    """What we lack of the threads that the parcel touched: named in an `after`, or had by the sender."""
    wanted: dict[MessageId, set[Digest]] = {}
    for each in parcel.have:
        if _open_with(each.thread, parcel.sender):
            wanted.setdefault(each.thread, set()).update(set(each.digests) - _digests(each.thread))
    for thread in _touched(parcel):
        wanted.setdefault(thread, set()).update(store.state_of(thread).missing)
    return [Digests(thread, tuple(sorted(digests)[:256])) for thread, digests in wanted.items() if digests]


def having(parcel: Parcel) -> list[Digests]:
    """What we hold of the threads that the sender asked about."""
    threads = [each.thread for each in parcel.have if _open_with(each.thread, parcel.sender)]
    return [Digests(thread, tuple(sorted(_digests(thread)))) for thread in threads]


def shared_with(message: Message, peer: AuthorityId) -> bool:
    """Whether `peer` may have this message: its author, one of its recipients, or one of its relays."""
    said = message.statement
    return peer in (said.sender, *said.to, *said.via)


def _touched(parcel: Parcel) -> list[MessageId]:
    here = store.held([each.digest for each in parcel.messages])
    return list(dict.fromkeys(each.statement.thread for each in parcel.messages if each.digest in here))


def _digests(thread: MessageId) -> set[Digest]:
    return {Digest(each) for each in StoredMessage.objects.filter(thread=thread).values_list("digest", flat=True)}


def _open_with(thread: MessageId, peer: AuthorityId) -> bool:
    return any(shared_with(each, peer) for each in store.messages_of(thread))
