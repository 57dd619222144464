# SPDX-License-Identifier: Apache-2.0
"""What was recalled in a thread, and what of it is closed here: we answered that it is destroyed.

Closed is not erased: the store keeps it, and its files are handed out no more. A proof file holds them all the same.
"""

from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.threads import store
from comity.records.threads.models import StoredMessage

_DESTROYED = "destroyed"


def recalled(state: ThreadState) -> frozenset[Digest]:
    """The messages that their author called back."""
    return frozenset(digest for each in state.recalls.values() for digest in each.of)


def closed(me: AuthorityId, state: ThreadState) -> frozenset[Digest]:
    """Those of them of which we said that they are destroyed."""
    ours = (each for each in state.recalls.values() if me in each.holders and each.holders[me].state == _DESTROYED)
    return frozenset(digest for each in ours for digest in each.of)


def closed_here(me: AuthorityId, thread: MessageId, message: Digest) -> bool:
    """Whether the message is closed. The thread is folded only where we answered such a recall at all."""
    answered = StoredMessage.objects.filter(thread=thread, kind="recall-destroyed", sender=me)
    return answered.exists() and message in closed(me, store.state_of(thread))
