# SPDX-License-Identifier: Apache-2.0
"""Random threads: parties who know only some of what was said, move at once, repeat ids, and strangers who interfere.

Most moves are ones that their author may make after what it had seen, so that threads get somewhere; the rest is noise.
"""

from typing import Any

from hypothesis import strategies as st
from tests.fixtures.threads import CHINA, FRANCE, MYANMAR, SPAIN, STRANGER, UNSEEN, Talk

from comity.protocol.thread.fold import fold
from comity.protocol.thread.graph import KINDS, PROPOSALS
from comity.protocol.thread.moves import allowed_moves
from comity.protocol.wire.names import AuthorityId, Digest

OPENINGS = (
    *("traffic-data", "preservation", "spontaneous-information", "joint-investigation", "a-kind-to-come"),
    *("jurisdiction-consultation", "dispute"),
)
NOISE = (*sorted(KINDS), "telepathy", "traffic-data")


@st.composite
def conversations(draw: st.DrawFn, *, honest: bool = False, most: int = 14, opening: str = "") -> Talk:
    """A thread of up to `most` messages. An honest one has no strangers, no missing causes and no id used twice."""
    addressees = draw(st.sampled_from([(SPAIN,), (SPAIN,), (SPAIN, MYANMAR), (SPAIN, MYANMAR, FRANCE)]))
    talk = Talk(opening or draw(st.sampled_from(OPENINGS)), CHINA, *addressees)
    for _ in range(draw(st.integers(0, most))):
        by = draw(st.sampled_from(talk.parties))
        if not honest and draw(_one_in(12)):
            _interfere(draw, talk)
        else:
            _speak(draw, talk, by, honest)
    return talk


def _one_in(number: int) -> st.SearchStrategy[bool]:
    return st.integers(1, number).map(lambda drawn: drawn == number)


def _seen(draw: st.DrawFn, talk: Talk) -> list[Digest]:
    """What the author had seen: the heads of a random earlier moment, or any few messages."""
    if draw(_one_in(4)):
        return draw(st.lists(st.sampled_from(list(talk.messages)), unique=True, max_size=3))
    until = draw(st.integers(max(1, len(talk.messages) - 3), len(talk.messages)))
    return list(fold(list(talk.messages.items())[:until]).heads)


def _speak(draw: st.DrawFn, talk: Talk, by: AuthorityId, honest: bool) -> None:
    after = _seen(draw, talk)
    told = fold([(each, talk.messages[each]) for each in _closure(talk, after) | {talk.root}])
    offered = allowed_moves(told, by) or ("note",)
    kind = draw(st.sampled_from(NOISE if draw(_one_in(6)) else offered))
    body = _body(draw, talk, kind, by, after)
    if not honest and draw(_one_in(10)):
        body |= draw(
            st.sampled_from([{"towards": 3}, {"towards": [STRANGER]}, {"complete": "yes"}, {"of": []}, {"accepts": 7}])
        )
    if not honest and draw(_one_in(15)):
        after = [*after, UNSEEN]
    again = [each.id for each in talk.messages.values() if each.sender == by and not each.opens]
    id = draw(st.sampled_from(again)) if again and not honest and draw(_one_in(8)) else None
    to = None if honest or not draw(_one_in(15)) else (STRANGER,)
    talk.say(kind, by, after=after, id=id, to=to, **body)


def _interfere(draw: st.DrawFn, talk: Talk) -> None:
    """A stranger speaks, or somebody opens the thread once more."""
    kind = draw(st.sampled_from(NOISE))
    by = draw(st.sampled_from((STRANGER, SPAIN)))
    again = talk.thread if draw(_one_in(6)) else None
    after = () if draw(st.booleans()) else (talk.root,)
    talk.say(kind, by, after=after, id=again, to=(CHINA,))


def _closure(talk: Talk, after: list[Digest]) -> set[Digest]:
    found: set[Digest] = set()
    look = list(after)
    while look:
        digest = look.pop()
        if digest in talk.messages and digest not in found:
            found.add(digest)
            look += talk.messages[digest].after
    return found


def _body(draw: st.DrawFn, talk: Talk, kind: str, by: AuthorityId, after: list[Digest]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if kind == "produced":
        body["complete"] = draw(st.booleans())
    if by == CHINA and draw(_one_in(4)):
        body["towards"] = [draw(st.sampled_from(talk.parties[1:]))]
    seen = sorted(_closure(talk, after))
    if kind in PROPOSALS:
        made = [each for each in seen if talk.messages[each].kind == PROPOSALS[kind]]
        body["accepts"] = draw(st.sampled_from(made or [talk.root]))
    if kind == "recall" and seen:
        own = [each for each in seen if talk.messages[each].sender == by]
        body["of"] = draw(st.lists(st.sampled_from(own or seen), min_size=1, max_size=2))
    if kind.startswith("recall-"):
        recalls = [each for each in talk.messages if talk.messages[each].kind == "recall"]
        body["recall"] = draw(st.sampled_from(recalls or [talk.root]))
    return body
