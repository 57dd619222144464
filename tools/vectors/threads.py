# SPDX-License-Identifier: Apache-2.0
"""Vectors of threads and of proof files: messages to the state they fold into, files to what they prove."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.fixtures.proofs import case
from tests.fixtures.threads import CHINA, MYANMAR, SPAIN, STRANGER, UNSEEN, Talk
from tools.vectors.wire import Vector

from comity.protocol.wire.names import Digest
from comity.protocol.wire.octets import to_base64


def folds() -> Iterator[Vector]:
    """Threads: their statements in some order, where each lane stands, what became of each message, and the digest."""
    for about, talk, left_out in _talks():
        state = talk.state(*left_out)
        kept = [each for digest, each in talk.messages.items() if digest not in left_out]
        order = kept[::-1] + kept[:1]
        yield {
            "about": about,
            "statements": [to_base64(each.to_bytes()) for each in order],
            "lanes": {who: "conflict" if lane.conflict else lane.state for who, lane in state.lanes.items()},
            "outcomes": {digest: outcome.value for digest, outcome in sorted(state.outcomes.items())},
            "missing": list(state.missing),
            "state": state.digest(),
        }


def _talks() -> Iterable[tuple[str, Talk, tuple[Digest, ...]]]:
    plain = Talk("preservation", CHINA, SPAIN)
    yield "a request alone", plain, ()
    answered = Talk("preservation", CHINA, SPAIN)
    answered.say("acknowledged", SPAIN)
    middle = answered.say("accepted", SPAIN)
    answered.say("preserved", SPAIN)
    yield "answered, in the wrong order and with a duplicate", answered, ()
    yield "one message missing", answered, (middle,)
    yield "the first message missing", answered, (answered.root,)
    torn = Talk("preservation", CHINA, SPAIN)
    before = torn.state().heads
    torn.say("refused", SPAIN, after=before)
    torn.say("withdrawn", CHINA, after=before)
    yield "two moves at once: neither applies", torn, ()
    torn.say("closed", CHINA)
    yield "a later move that knows of both settles it", torn, ()
    wrong = Talk("preservation", CHINA, SPAIN)
    wrong.say("accepted", STRANGER, to=(CHINA, SPAIN))
    wrong.say("accepted", CHINA)
    wrong.say("confirmed", CHINA)
    wrong.say("accepted", SPAIN, to=(CHINA, MYANMAR))
    wrong.say("unheard-of", SPAIN)
    wrong.say("note", SPAIN, after=(UNSEEN,))
    yield "a stranger, the wrong side, too early, a wrong audience, an unknown kind, a lost ancestor", wrong, ()
    many = Talk("joint-investigation", CHINA, SPAIN, MYANMAR)
    many.say("accepted", SPAIN)
    many.say("refused", MYANMAR)
    yield "two addressees, two lanes", many, ()
    agreed = Talk("jurisdiction-consultation", CHINA, SPAIN)
    agreed.say("criteria-stated", SPAIN)
    heads = agreed.state().heads
    ours = agreed.say("allocation-proposed", CHINA, after=heads)
    theirs = agreed.say("allocation-proposed", SPAIN, after=heads)
    yield "a proposal of each side at once", agreed, ()
    both = agreed.state().heads
    agreed.say("allocation-agreed", CHINA, after=both, accepts=theirs)
    agreed.say("allocation-agreed", SPAIN, after=both, accepts=ours)
    yield "each side accepts the other's proposal: no agreement", agreed, ()
    last = agreed.say("allocation-proposed", CHINA)
    agreed.say("allocation-agreed", CHINA, accepts=last)
    agreed.say("allocation-agreed", SPAIN, accepts=ours)
    agreed.say("allocation-agreed", SPAIN, accepts=last)
    yield "its author, one that no longer stands, and the other side that accepts the one that does", agreed, ()
    disputed = Talk("dispute", CHINA, SPAIN)
    disputed.say("dispute-answered", SPAIN)
    disputed.say("dispute-consultation", CHINA)
    settlement = disputed.say("settlement-proposed", SPAIN)
    disputed.say("settled", CHINA, accepts=settlement)
    yield "a dispute answered, talked over and settled", disputed, ()
    recalled = Talk("spontaneous-information", CHINA, SPAIN)
    recall = recalled.say("recall", CHINA, of=[recalled.root], reason="error")
    yield "a recall that waits for its holder", recalled, ()
    recalled.say("recall-destroyed", SPAIN, recall=recall)
    yield "a recall that was followed", recalled, ()


def proof_files() -> Iterator[Vector]:
    """A proof file, and edits of it: each names the step that fails. After an edit the file is written canonically."""
    made = case()
    file = json.loads(made.file().to_bytes())
    trusted = [each.digest for each in made.cards]
    places = {each["index"]: at for at, each in enumerate(file["register"]["leaves"])}
    first = next(at for at, each in enumerate(file["messages"]) if each["approvals"])
    yield {"about": "it holds", "file": file, "trusted": trusted, "thread": made.request.statement.thread}
    yield {
        "about": "a card that the reader does not trust",
        "edit": {},
        "trusted": trusted[:1],
        **_fails(3, "not-trusted"),
    }
    for about, edit, step, code in (
        ("a card taken out", {"drop": ["cards", 1]}, 4, "key-unknown"),
        ("a message taken out", {"drop": ["messages", first]}, 6, "incomplete"),
        ("a receipt taken out", {"drop": ["receipts", 0]}, 8, "unconnected"),
        ("a leaf taken out", {"drop": ["register", "leaves", places[1]]}, 8, "incomplete"),
        ("a checkpoint taken out", {"drop": ["checkpoints", 0]}, 4, "incomplete"),
        ("a growth taken out", {"drop": ["consistency", 0]}, 8, "unconnected"),
        ("an approval taken off", {"drop": ["messages", first, "approvals", 0]}, 7, "approval-missing"),
        ("a signature taken off", {"drop": ["messages", first, "signed", "signatures", 0]}, 7, "signature-missing"),
        ("a member that nobody signed", {"put": ["extra"], "value": 1}, 1, "disordered"),
        ("another version", {"put": ["comity"], "value": "proof/v2"}, 1, "unknown-version"),
        ("another salt", {"put": ["register", "leaves", 0, "salt"], "value": to_base64(bytes(32))}, 5, "bad-proof"),
    ):
        yield {"about": about, "edit": edit, "trusted": trusted, **_fails(step, code)}


def _fails(step: int, code: str) -> Mapping[str, Any]:
    return {"fails": {"step": step, "error": code}}
