# SPDX-License-Identifier: Apache-2.0
"""Which messages of a thread a peer may have from us, or may learn of.

Only parties of a thread and its relays are told or given anything of it; for anybody else the thread does not exist.
Each message must be open to the peer by its road (`roads`). A thread that goes by letter is told to nobody: it is
between us and an authority that had no node. What the fold found addressed to others than the parties,
or written by somebody who is none, goes to nobody."""

from comity.cooperation.exchange.roads import open_to
from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import Outcome
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.threads import store

KEPT_BACK = frozenset({Outcome.WRONG_AUDIENCE, Outcome.UNAUTHORISED, Outcome.CYCLIC})


def shared(thread: MessageId, peer: AuthorityId) -> set[Digest]:
    """The messages of the thread that `peer` may have from us; none when it has no part in it."""
    if not has_part(thread, peer):
        return set()
    statements = store.statements_of(thread).items()
    if any(said.by_letter for _, said in statements):
        return set()
    outcomes = fold(statements).outcomes
    return {each for each, said in statements if outcomes[each] not in KEPT_BACK and open_to(each, said, peer)}


def has_part(thread: MessageId, peer: AuthorityId) -> bool:
    """Whether the peer is a party or a relay of the thread."""
    return any(peer in (each.sender, *each.to, *each.via) for each in store.roots_of(thread).values())
