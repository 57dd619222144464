# SPDX-License-Identifier: Apache-2.0
"""The suite finds fault: nodes that answer wrongly do not pass, and what cannot be asked is skipped by name."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.interfaces.conformance import identity, outside, suite, witnessing
from comity.interfaces.conformance.errors import CheckFailed
from comity.interfaces.conformance.line import Answer, line_to
from comity.interfaces.conformance.outside import refused
from comity.interfaces.conformance.talk import Reply, Talk
from comity.protocol.wire.envelope import MEDIA_TYPE, open_envelope, seal
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.parcel import Parcel, pack, unpack

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NODE = identity.new(AuthorityId("ES/policia-nacional"), NOW, os.urandom)
ME = identity.new(AuthorityId("ZZ/conformance-1"), NOW, os.urandom)

OWED = (*suite.PEERS, *witnessing.SECOND, *witnessing.ALARMS)


def talk(answer: Callable[[bytes], Answer]) -> Talk:
    """A line to something that answers every posting so."""
    me = identity.Identity(ME.authority, ME.seeds, ME.signed)
    return Talk(lambda _method, _headers, body: answer(body), me, NODE.card, lambda: NOW, os.urandom)


def outcomes(answer: Callable[[bytes], Answer], *, card: bool = True) -> dict[str, str]:
    both = talk(answer)
    return {each.check: each.outcome for each in suite.run(both, both, card=card)}


def test_whoever_says_yes_to_everything_passes_nothing() -> None:
    found = outcomes(lambda _: Answer(200, MEDIA_TYPE, b"yes"))
    assert set(found.values()) == {"failed"}
    assert len(found) == len({*outside.WITHOUT_CARD, *outside.WITH_CARD, *OWED})


def test_whoever_refuses_everything_alike_passes_nothing() -> None:
    body = json.dumps({"code": "no", "text": "No."}).encode()
    assert set(outcomes(lambda _: Answer(400, "application/json", body)).values()) == {"failed"}


def test_a_node_that_breaks_passes_nothing() -> None:
    assert set(outcomes(lambda _: Answer(500, "text/html", b"")).values()) == {"failed"}


def test_without_a_card_or_without_acceptance_the_rest_is_skipped() -> None:
    body = json.dumps({"code": "not-a-peer", "text": "Unknown."}).encode()
    without = outcomes(lambda _: Answer(403, "application/json", body), card=False)
    assert without["a_stranger_is_refused"] == "skipped"
    found = outcomes(lambda _: Answer(403, "application/json", body))
    assert found["a_stranger_is_refused"] == "passed"
    assert {found[each.__name__] for each in OWED} == {"skipped"}


def test_a_result_is_one_line_and_one_object() -> None:
    made = talk(lambda _: Answer(405, "text/plain", b""))
    first = next(iter(suite.run(made, made, card=False)))
    assert first.as_text() == "passed   get_is_no_way_in"
    assert first.as_json() == {
        "check": "get_is_no_way_in",
        "asks": "Only POST is answered.",
        "outcome": "passed",
        "why": "",
    }


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(200, MEDIA_TYPE, b""), "not with a refusal"),
        (Answer(400, "application/json", b"{}"), "refused as 400"),
        (Answer(400, "application/json", b"not json"), "refused as 400"),
        (Answer(400, "application/json", b'{"code":"too-large","text":"Big."}'), "not 413"),
        (Answer(413, "application/json", b'{"code":"too-large"}'), "nothing that people can read"),
    ],
)
def test_a_refusal_must_be_whole(answer: Answer, why: str) -> None:
    with pytest.raises(CheckFailed, match=why):
        refused(answer, "too-large", status=413)


def answering(**changes: object) -> Callable[[bytes], Answer]:
    """A node that answers with an empty parcel of its own making."""

    def answer(body: bytes) -> Answer:
        asked = unpack(open_envelope(body, {NODE.opening.keyid: NODE.opening}, NODE.authority)).claimed
        said = {"sender": NODE.authority, "to": asked.sender, "reply_to": asked.id, **changes}
        parcel = Parcel(id=asked.id, at=NOW, card=NODE.signed.digest, **said)  # type: ignore[arg-type]
        return Answer(200, MEDIA_TYPE, seal(pack(parcel, NODE.signing), ME.authority, ME.opening.public))

    return answer


def test_an_answer_must_be_of_the_node_to_this_parcel_and_show_its_register() -> None:
    for changes, why in (({"reply_to": None}, "of another parcel"), ({}, "shows no checkpoint")):
        with pytest.raises(CheckFailed, match=why):
            talk(answering(**changes)).say()
    shown = talk(lambda body: answering(checkpoint=node.progress(0, 4))(body))
    node = Talk(shown.ask, NODE, ME.card, lambda: NOW, os.urandom)
    assert isinstance(shown.say(), Reply)
    elsewhere = talk(lambda body: answering(checkpoint=node.progress(2, 6))(body))
    elsewhere.me.seen = shown.me.seen
    with pytest.raises(CheckFailed, match="starts at 2, not at 4"):
        elsewhere.say()


def test_a_message_without_its_receipt_is_missed() -> None:
    found = talk(answering())
    message = found.message()
    parcel = found.parcel(message)
    with pytest.raises(CheckFailed, match="there is no receipt"):
        Reply(parcel, {}).place(message)


def test_authorities_are_kept_in_their_folder(tmp_path: Path) -> None:
    made = identity.at(tmp_path / "as", NOW, os.urandom)
    made[0].size = 7
    made[0].seen = NODE.checkpoint(3).checkpoint
    made[0].save()
    again = identity.at(tmp_path / "as", NOW, os.urandom)
    assert [each.authority for each in again] == [each.authority for each in made]
    assert (again[0].size, again[0].seen) == (7, made[0].seen)
    assert (tmp_path / "as" / "main.json").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "as" / "card.json").read_text()) == made[0].signed.to_json()


def test_nobody_at_the_address_is_an_os_error() -> None:
    with pytest.raises(OSError, match="refused"):
        line_to("127.0.0.1:9")("GET", {}, b"")
