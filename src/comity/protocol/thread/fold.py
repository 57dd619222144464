# SPDX-License-Identifier: Apache-2.0
"""The fold: from the messages of a thread, in any order and any number of copies, to its state. Pure.

Every message gets one outcome. The first line that fits decides:

1. its `after` names itself or a message that does: `cyclic`;
2. it opens the thread: `applied`, or `conflicting-root` when two do, or `not-allowed` when it is no opening at all;
3. its author is no party, or it was entered from a letter of one who signed something here: `unauthorised`; it is not
   addressed to exactly the other parties: `wrong-audience`;
4. a message that it builds on, or the first one, is missing: `pending`; the thread has two first messages:
   `conflicting-root`;
5. its author sent another statement under the same id: `same-id`;
6. no kind of that name is known here: `unknown-kind`; it is a note: `note`; its kind is the other side's, or it
   recalls what another party sent: `unauthorised`; a body member that the fold reads is malformed: `bad-body`;
7. the graph does not allow it after what its author had seen, or it accepts a proposal that does not stand then:
   `not-allowed`;
8. what its lanes make of it (see `lanes`): `applied`, `conflicting` or `superseded`.
"""

from collections.abc import Iterable, Iterator

from comity.protocol.thread.errors import DigestReused, NotOneThread
from comity.protocol.thread.graph import KINDS
from comity.protocol.thread.history import History, bits, trace
from comity.protocol.thread.judgement import Judgement, can_be_recalled, mask
from comity.protocol.thread.lanes import Folding
from comity.protocol.thread.state import Condition, Conflict, Lane, Outcome, Recall, Step, ThreadState
from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.protocol.wire.statement import Statement


def fold(messages: Iterable[tuple[Digest, Statement]]) -> ThreadState:
    """The state of the thread that these messages are of. Raises `NotOneThread` or `DigestReused`.

    The digests must be true and the signatures verified: the fold asks only what the messages say.
    """
    kept: dict[Digest, Statement] = {}
    for digest, statement in messages:
        if kept.setdefault(digest, statement) != statement:
            raise DigestReused(digest=digest)
    threads = {statement.thread for statement in kept.values()}
    if len(threads) != 1:
        raise NotOneThread(count=len(threads))
    history = trace(kept)
    roots = _signed([place for place, statement in enumerate(history.statements) if _can_open(statement)], history)
    if len(roots) == 1:
        return _rooted(threads.pop(), Judgement(history, roots[0]))
    return _unrooted(threads.pop(), history, roots)


def _can_open(statement: Statement) -> bool:
    """Whether it opens a thread: it names no earlier message and is a request, not a move."""
    return statement.opens and not statement.after and statement.kind not in KINDS


def _signed(roots: list[int], history: History) -> list[int]:
    """Those that their authors signed, where there are such: nobody's reading of a letter competes with them."""
    signed = [place for place in roots if not history.statements[place].entered]
    return signed or roots


def _unrooted(thread: MessageId, history: History, roots: list[int]) -> ThreadState:
    """Nothing can be judged: the first message is missing, or there are two."""
    outcomes = [_unjudged(history, place, bool(roots)) for place in range(len(history.digests))]
    return ThreadState(
        thread=thread,
        condition=Condition.CONFLICTING_ROOT if roots else Condition.NO_ROOT,
        roots=tuple(sorted(history.digests[place] for place in roots)),
        kind=None,
        graph=None,
        requester=None,
        lanes={},
        outcomes=_by_digest(history, outcomes),
        order=history.digests,
        missing=history.missing(mask(outcomes, Outcome.PENDING)),
        heads=(),
        recalls={},
        recallable={},
    )


def _unjudged(history: History, place: int, two: bool) -> Outcome:
    statement = history.statements[place]
    if statement.opens and not _can_open(statement):
        return Outcome.NOT_ALLOWED
    complete = history.complete >> place & 1
    return Outcome.CONFLICTING_ROOT if two and complete else Outcome.PENDING


def _by_digest(history: History, outcomes: Iterable[Outcome]) -> dict[Digest, Outcome]:
    return {**dict(zip(history.digests, outcomes, strict=True)), **dict.fromkeys(history.cyclic, Outcome.CYCLIC)}


def _rooted(thread: MessageId, judged: Judgement) -> ThreadState:
    history = judged.history
    lanes = {who: _lane(judged, folding) for who, folding in judged.lanes.items()}
    return ThreadState(
        thread=thread,
        condition=Condition.ROOTED,
        roots=(history.digests[judged.root],),
        kind=history.statements[judged.root].kind,
        graph=judged.graph,
        requester=judged.requester,
        lanes={who: lane for who, lane in lanes.items() if lane},
        outcomes=_by_digest(history, judged.outcomes),
        order=history.digests,
        missing=history.missing(mask(judged.outcomes, Outcome.PENDING)),
        heads=_heads(history, judged.heard),
        recalls=dict(_recalls(judged)),
        recallable=_recallable(judged),
        read_by=judged.read_by,
    )


def _heads(history: History, heard: int) -> tuple[Digest, ...]:
    """The heard messages that no other heard one builds on, sorted."""
    heads = heard
    for place in bits(heard):
        heads &= ~history.past[place]
    return tuple(sorted(history.digests[place] for place in bits(heads)))


def _lane(judged: Judgement, folding: Folding) -> Lane | None:
    """The lane after all messages; None for a recall whose author sent two under one id."""
    history, standing = judged.history, folding.standing(judged.heard)
    if standing is None:
        return None
    moves = tuple(sorted(history.digests[each] for each in standing.forks))
    return Lane(
        state=standing.state,
        since=min(history.statements[each].sent for each in standing.tips),
        by=tuple(sorted(history.digests[each] for each in standing.tips)),
        conflict=Conflict(moves, tuple(sorted(standing.sources))) if moves else None,
        clock_stopped=folding.graph.state(standing.state).clock_stops,
        steps=tuple(_steps(history, folding, judged.heard)),
    )


def _steps(history: History, folding: Folding, heard: int) -> Iterator[Step]:
    """The opening and the applied moves, causes first."""
    applied, _, _ = folding.outcomes(heard)
    for place in reversed([*bits(applied), folding.opened_by]):
        yield Step(history.digests[place], folding.target(place), history.statements[place].sent)


def _recalls(judged: Judgement) -> Iterator[tuple[Digest, Recall]]:
    for place, recall in judged.recalls.items():
        lanes = {who: _lane(judged, folding) for who, folding in recall.holders.items()}
        holders = {who: lane for who, lane in lanes.items() if lane}
        if holders:
            digest = judged.history.digests[place]
            yield digest, Recall(digest, judged.history.statements[place].sender, recall.of, holders)


def _recallable(judged: Judgement) -> dict[AuthorityId, tuple[Digest, ...]]:
    """What each party may call back: its own messages, in order."""
    history, found = judged.history, dict[AuthorityId, tuple[Digest, ...]]()
    for place in reversed([*bits(judged.heard)]):
        statement = history.statements[place]
        if can_be_recalled(statement):
            found[statement.sender] = (*found.get(statement.sender, ()), history.digests[place])
    return found
