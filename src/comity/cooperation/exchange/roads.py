# SPDX-License-Identifier: Apache-2.0
"""Who may have a message from us yet. Where the law sends it through authorities at home, the road has gates.

The author may always have it; a relay once every relay before it has endorsed the message; the recipients once all
have. So neither a thread compared by digests nor a need answered carries a message around an officer who has not
decided."""

from comity.protocol.wire import endorsement
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement
from comity.records.threads import store


def may_have(message: Message, peer: AuthorityId) -> bool:
    """Whether the message's road has come as far as `peer`."""
    said = message.statement
    if peer == said.sender:
        return True
    passed = endorsement.authors(message.endorsements)
    for relay in said.via:
        if relay == peer:
            return True
        if relay not in passed:
            return False
    return peer in said.to


def open_to(digest: Digest, said: Statement, peer: AuthorityId) -> bool:
    """The same for a message kept here, of which the statement is at hand."""
    if peer not in (said.sender, *said.to, *said.via):
        return False
    if not said.via:
        return True
    message = store.message(digest)
    return message is not None and may_have(message, peer)
