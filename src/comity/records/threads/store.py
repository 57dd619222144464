# SPDX-License-Identifier: Apache-2.0
"""Keeping messages, and drawing each thread's row from them.

A message is kept once, byte for byte, whether or not its thread is known yet. After any change `project` folds the
thread's messages anew and rewrites its row: the row can be lost and made again, the messages cannot. Callers stand
inside an action's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from comity.protocol.thread.fold import fold
from comity.protocol.thread.moves import whose_move
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire import canonical
from comity.protocol.wire.envelope import MAX_BYTES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, parse_time
from comity.protocol.wire.statement import Statement
from comity.records.threads.models import Side, StoredMessage, Thread


def keep(messages: Iterable[Message], now: datetime) -> None:
    """Store messages that are not here yet; the caller has asked `held` which are."""
    StoredMessage.objects.bulk_create(
        StoredMessage(
            digest=message.digest,
            thread=message.statement.thread,
            kind=message.statement.kind,
            sender=message.statement.sender,
            sent=message.statement.sent,
            stored=now,
            content=canonical.encode(message.to_json(), limit=MAX_BYTES),
        )
        for message in messages
    )


def replace(message: Message) -> None:
    """Keep `message` in the place of the copy held: the same statement with more beside it (an endorsement)."""
    content = canonical.encode(message.to_json(), limit=MAX_BYTES)
    StoredMessage.objects.filter(digest=message.digest).update(content=content)


def held(digests: Iterable[Digest]) -> set[Digest]:
    """Which of these messages are kept here."""
    return {
        Digest(each) for each in StoredMessage.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
    }


def read(content: bytes | memoryview) -> Message:
    """The message that a row's bytes are."""
    return Message.from_json(canonical.decode_object(bytes(content), limit=MAX_BYTES))


def message(digest: Digest) -> Message | None:
    """The message of that digest, if it is kept here."""
    row = StoredMessage.objects.filter(digest=digest).values_list("content", flat=True).first()
    return None if row is None else read(row)


def messages_of(thread: MessageId) -> list[Message]:
    """Every message of the thread that is kept here, by the time its author wrote, then by digest."""
    rows = StoredMessage.objects.filter(thread=thread).order_by("sent", "digest").values_list("content", flat=True)
    return [read(row) for row in rows]


def state_of(thread: MessageId) -> ThreadState:
    """The fold of what is kept here."""
    return fold((each.digest, each.statement) for each in messages_of(thread))


def project(me: AuthorityId, thread: MessageId, now: datetime) -> ThreadState:
    """Fold the thread anew and rewrite its row; without its first message it has no row yet."""
    messages = {each.digest: each.statement for each in messages_of(thread)}
    state = fold(messages.items())
    if state.root is not None:
        values = _columns(me, messages[state.root], state)
        Thread.objects.update_or_create(id=thread, defaults={**values, "updated": now})
    return state


def _columns(me: AuthorityId, root: Statement, state: ThreadState) -> dict[str, Any]:
    return {
        "kind": root.kind,
        "side": _side(me, root),
        "counterpart": root.sender if root.sender != me else root.to[0],
        "reference": _text(root.body, "reference", 200),
        "urgency": _text(root.body, "urgency", 16),
        "state": _shown(me, state),
        "state_digest": state.digest(),
        "ours": me in whose_move(state),
        "open": any(not state.graph.state(lane.state).final for lane in state.lanes.values()) if state.graph else True,
        "due": _due(root.body),
        "opened": root.sent,
    }


def _side(me: AuthorityId, root: Statement) -> Side:
    if root.sender == me:
        return Side.ASKING
    return Side.ASKED if me in root.to else Side.RELAYING


def _shown(me: AuthorityId, state: ThreadState) -> str:
    """One word for the desk: our own lane's state, the one state of all lanes, or `several`."""
    lanes = [state.lanes[me]] if me in state.lanes else list(state.lanes.values())
    shown = {"conflict" if lane.conflict else lane.state for lane in lanes}
    return shown.pop() if len(shown) == 1 else "several"


def _text(body: Mapping[str, Any], member: str, limit: int) -> str:
    found = body.get(member)
    return found[:limit] if isinstance(found, str) else ""


def _due(body: Mapping[str, Any]) -> datetime | None:
    """The earliest time that the request says something is due; a malformed one is as good as none."""
    found = body.get("due")
    times = []
    for each in found if isinstance(found, list) else []:
        try:
            times.append(parse_time(each.get("at") if isinstance(each, Mapping) else None))
        except BadMember:
            continue
    return min(times, default=None)
