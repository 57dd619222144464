# SPDX-License-Identifier: Apache-2.0
"""Keeping messages, and drawing each thread's row from them.

A message is kept once, byte for byte, whether or not its thread is known yet. After any change `project` folds the
thread's messages anew and rewrites its row: the row can be lost and made again, the messages cannot. Callers stand
inside an action's transaction, and `lock` the threads that they change before they read them: of two that add to one
thread, the second must fold what the first added.

A statement never changes and is named by its digest, so the parsed ones are remembered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connections

from comity.protocol.thread.fold import fold
from comity.protocol.thread.state import Condition, Outcome, ThreadState
from comity.protocol.wire import canonical, endorsement
from comity.protocol.wire.envelope import MAX_BYTES
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.statement import Statement
from comity.records import database
from comity.records.prepared import Prepared, PreparedInsert, PreparedUpdate
from comity.records.recent import Recent
from comity.records.threads.models import StoredMessage, Thread
from comity.records.threads.rows import COLUMNS, columns

MAX_MESSAGES = 2_000
"""How many messages we let a thread have by our own doing."""
MAX_TAKEN = MAX_MESSAGES + 256
"""How many we take: peers that wrote at the same moment must not end with different threads."""

_HELD = Prepared(lambda digests: StoredMessage.objects.filter(digest__in=digests).values_list("digest"))
_CONTENTS = Prepared(lambda digests: StoredMessage.objects.filter(digest__in=digests).values_list("digest", "content"))
_OF_THREAD = Prepared(lambda thread: StoredMessage.objects.filter(thread=thread).values_list("digest", "opens"))
_KEEP = PreparedInsert(
    StoredMessage, "digest", "thread", "kind", "sender", "sent", "stored", "opens", "stray", "content"
)
_DRAW = PreparedInsert(Thread, "id", *COLUMNS, "updated")
_REDRAW = PreparedUpdate(Thread, *COLUMNS, "updated")
_statements: Recent[Digest, Statement] = Recent(64 << 20)


def lock(threads: Iterable[MessageId]) -> None:
    """Within a transaction: let nobody else change these threads until it ends. On SQLite nobody else writes at all."""
    connection = connections[database.alias()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for each in sorted(set(threads)):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [each])


def keep(messages: Sequence[Message], now: datetime, strays: Iterable[Digest] = ()) -> set[Digest]:
    """Store messages that are not here yet; which of them were. `strays` have no opening yet."""
    without = set(strays)
    stored = _KEEP(
        (
            message.digest,
            message.statement.thread,
            message.statement.kind,
            message.statement.sender,
            message.statement.sent,
            now,
            message.statement.opens,
            message.digest in without,
            canonical.encode(message.to_json(), limit=MAX_BYTES),
        )
        for message in messages
    )
    return {message.digest for message, new in zip(messages, stored, strict=True) if not new}


def replace(message: Message) -> None:
    """Keep `message` in the place of the copy held: the same statement with more beside it (an endorsement)."""
    content = canonical.encode(message.to_json(), limit=MAX_BYTES)
    StoredMessage.objects.filter(digest=message.digest).update(content=content)


def held(digests: Iterable[Digest]) -> set[Digest]:
    """Which of these messages are kept here."""
    return {Digest(row[0]) for row in _HELD([str(each) for each in digests])}


def kinds_of(digests: Iterable[str]) -> dict[str, str]:
    """The kind of each of these messages that is kept here."""
    return dict(StoredMessage.objects.filter(digest__in=list(digests)).values_list("digest", "kind"))


def read(content: bytes | memoryview) -> Message:
    """The message that a row's bytes are."""
    return Message.from_json(canonical.decode_object(bytes(content), limit=MAX_BYTES))


def message(digest: Digest) -> Message | None:
    """The message of that digest, if it is kept here."""
    return messages([digest]).get(digest)


def messages(digests: Iterable[Digest]) -> dict[Digest, Message]:
    """Those of these messages that are kept here."""
    rows = _CONTENTS([str(each) for each in digests])
    return {Digest(digest): read(content) for digest, content in rows}


def messages_of(thread: MessageId) -> list[Message]:
    """Every message of the thread that is kept here, by the time its author wrote, then by digest."""
    rows = StoredMessage.objects.filter(thread=thread).order_by("sent", "digest").values_list("content", flat=True)
    return [read(row) for row in rows]


def digests_of(thread: MessageId) -> list[Digest]:
    """The digest of every message of the thread that is kept here, sorted."""
    return sorted(Digest(row[0]) for row in _OF_THREAD(thread))


def length(thread: MessageId) -> int:
    """How many messages of the thread are kept here."""
    return len(_OF_THREAD(thread))


def roots_of(thread: MessageId) -> dict[Digest, Statement]:
    """The statements that open the thread: one, unless somebody wrote two; none while only later ones are here."""
    return _read(digest for digest, opens in _OF_THREAD(thread) if opens)


def by_letter(thread: MessageId) -> bool:
    """Whether the thread began by letter, and so goes on."""
    return any(each.by_letter for each in roots_of(thread).values())


def known(thread: MessageId) -> tuple[dict[Digest, Statement], int]:
    """The statements that open the thread, and how many messages of it are kept here."""
    rows = _OF_THREAD(thread)
    return (_read(digest for digest, opens in rows if opens) if rows else {}), len(rows)


def statements_of(thread: MessageId) -> dict[Digest, Statement]:
    """What every message of the thread that is kept here says."""
    return _read(row[0] for row in _OF_THREAD(thread))


def state_of(thread: MessageId) -> ThreadState:
    """The fold of what is kept here."""
    return fold(statements_of(thread).items())


def outcome(digest: Digest, statement: Statement) -> Outcome:
    """What would become of a statement if it came now."""
    return fold([*statements_of(statement.thread).items(), (digest, statement)]).outcomes[digest]


def to_endorse(me: AuthorityId, statements: Mapping[Digest, Statement]) -> list[Message]:
    """Those of these messages, which are kept here, that wait for us to pass them on, by the time of their authors."""
    found = messages(digest for digest, said in statements.items() if me in said.via)
    waits = (each for each in found.values() if me not in endorsement.authors(each.endorsements))
    return sorted(waits, key=lambda each: (each.statement.sent, each.digest))


def project(me: AuthorityId, thread: MessageId, now: datetime) -> ThreadState:
    """Fold the thread anew and rewrite its row; without its first message it has no row yet."""
    statements = statements_of(thread)
    state = fold(statements.items())
    if state.root is not None:
        values = {**columns(me, statements[state.root], state), "updated": now}
        if to_endorse(me, statements):  # a relay's move is in no state of the thread
            values |= {"ours": True, "open": True}
        if not _REDRAW(thread, values):
            _DRAW([(thread, *(values[each] for each in (*COLUMNS, "updated")))])
            if len(statements) > 1:
                adopt(thread)
    elif state.condition is Condition.CONFLICTING_ROOT:
        told = {"state": state.condition.value, "state_digest": state.digest(), "ours": True, "updated": now}
        Thread.objects.filter(id=thread).update(**told)
    return state


def adopt(thread: MessageId) -> None:
    """The thread's opening is here: what came before it is stray no more."""
    StoredMessage.objects.filter(thread=thread, stray=True).update(stray=False)


def _read(digests: Iterable[str]) -> dict[Digest, Statement]:
    """What these messages, which are kept here, say."""
    wanted = [Digest(each) for each in digests]
    found = {each: said for each in wanted if (said := _statements.get(each)) is not None}
    lacking = [each for each in wanted if each not in found]
    for digest, each in (messages(lacking) if lacking else {}).items():
        found[digest] = each.statement
        _statements.put(digest, each.statement, len(each.signed.payload))
    return found
