# SPDX-License-Identifier: Apache-2.0
"""Whatever somebody was handed is named, and no more is said of it than can be said."""

import json
from dataclasses import replace

import pytest
from tests.fixtures.cards import DAY, START, card, revoked, ring, signed, successor
from tests.fixtures.proofs import CHINA, DAY_TWO, SPAIN, case, chinese_card

from comity.protocol.ledger import cosignature
from comity.protocol.proof.errors import StepFailed
from comity.protocol.proof.recognising import cards_in, examine
from comity.protocol.wire import envelope
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.names import digest_of
from comity.protocol.wire.revocation import Reason

MADE = case()
FILES = [json.dumps(each.to_json()).encode() for each in MADE.cards]
BESIDE = cards_in([*FILES, b"not a card", b"[]", b'{"payloadType":"application/vnd.comity.card+json"}'])


def text(signed: Signed) -> bytes:
    return json.dumps(signed.to_json(), indent=1).encode()


def code(data: bytes, **how: object) -> str:
    with pytest.raises(StepFailed) as failed:
        examine(data, **how)  # type: ignore[arg-type]
    return failed.value.error.code


def test_a_proof_file_is_verified() -> None:
    assert examine(MADE.file().to_bytes()).what == "proof of a thread"
    assert code(MADE.file().to_bytes(), trusted=[digest_of(b"other")]) == "not-trusted"
    assert code(MADE.file().to_bytes()[:-1]) == "not-canonical"


def test_a_card_is_its_keys_holders() -> None:
    report = examine(FILES[1])
    assert (report.what, report.proven, report.facts["authority"]) == ("card", True, SPAIN)
    assert MADE.cards[1].digest in report.still[0]
    assert "sample" in report.still[1]
    assert examine(FILES[1], trusted=[MADE.cards[1].digest]).proven
    assert code(FILES[1], trusted=[MADE.cards[0].digest]) == "not-trusted"
    assert code(FILES[1].replace(b"ed25519:", b"ed25518:")) == "signature-missing"


def test_a_message_holds_by_the_card_beside_it() -> None:
    data = json.dumps(MADE.request.to_json()).encode()
    alone = examine(data)
    assert not alone.proven
    assert alone.as_text().startswith("NOT PROVEN: a message")
    assert "What is said:" in alone.as_text()
    assert not alone.cards_checked
    report = examine(data, BESIDE)
    assert report.proven
    assert report.facts["approvals"] == [{"officer": "cn-0417", "role": "approver", "soft": True}]
    assert not report.cards_checked
    trusting = examine(data, BESIDE, [MADE.cards[0].digest])
    assert trusting.cards_checked
    assert trusting.as_text().startswith("HOLDS: a message")
    assert code(data, known=BESIDE, trusted=[MADE.cards[1].digest]) == "not-trusted"
    bare = examine(text(MADE.answer.signed), BESIDE)
    assert bare.facts["kind"] == "acknowledged"
    assert code(text(MADE.request.signed), known=BESIDE) == "approval-missing"


def test_a_receipt_holds_by_the_card_beside_it() -> None:
    alone = examine(text(MADE.receipts[0]))
    assert (alone.what, alone.proven) == ("receipt", False)
    assert alone.facts["messages"] == [MADE.request.digest]
    report = examine(text(MADE.receipts[0]), BESIDE)
    assert report.proven
    assert SPAIN in report.still[0]


def test_a_revocation_holds_by_the_card_beside_it() -> None:
    word = revoked(MADE.spanish, MADE.spanish, DAY_TWO, Reason.LOSS)
    assert not examine(text(word)).proven
    assert examine(text(word), BESIDE).proven
    other = revoked(MADE.chinese, MADE.spanish, DAY_TWO, Reason.LOSS)
    assert code(text(other), known=BESIDE) == "key-unknown"


def test_a_checkpoint_holds_by_the_card_beside_it() -> None:
    plain = MADE.china.note(4)
    alone = examine(plain.to_bytes())
    assert (alone.what, alone.proven, alone.facts["size"]) == ("checkpoint", False, 4)
    cosigned = plain.with_line(cosignature.cosign(plain, MADE.spain.witness(), DAY_TWO))
    report = examine(cosigned.to_bytes(), BESIDE)
    assert report.proven
    assert report.facts["cosigned"] == [{"by": SPAIN, "at": "2026-11-02T00:00:00.000Z"}]
    spanish_only = cards_in([FILES[0]])
    unknown = examine(cosigned.to_bytes(), spanish_only)
    assert unknown.facts["cosigned"] == []


def test_an_envelope_says_only_to_whom() -> None:
    sealed = envelope.seal(b"parcel", SPAIN, MADE.spanish.opening.public)
    report = examine(sealed)
    assert not report.proven
    assert report.facts["recipient"] == SPAIN
    assert "only that node can open it" in report.as_text()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"payload":"","payloadType":"text/plain","signatures":[]}',
    ],
)
def test_anything_else_is_no_evidence(data: bytes) -> None:
    assert code(data) == "not-evidence"


def test_a_message_in_bad_form() -> None:
    assert code(b'{"signed":{}}') == "bad-member"


def test_cards_beside_hang_together_where_they_do() -> None:
    assert set(BESIDE.by_authority) == {CHINA, SPAIN}
    again = cards_in([FILES[0], FILES[0]])
    assert len(again(CHINA).held) == 1
    forged = FILES[0].replace(b"ed25519:", b"ed25518:")
    assert not cards_in([forged]).by_authority


def test_a_card_that_does_not_join_the_others_is_left_out() -> None:
    after = ring("chinese 2")
    second = successor(chinese_card(MADE.chinese), after, START + DAY)
    one, rival = (signed(replace(second, hours=hours), after, MADE.chinese) for hours in ("24/7", "office hours"))
    both = cards_in([FILES[0], text(one), text(rival)])
    assert len(both(CHINA).held) == 2


def test_a_card_that_is_no_sample_is_not_called_one() -> None:
    real = signed(replace(card(MADE.spanish), sample=False, officers=()), MADE.spanish)
    assert len(examine(text(real)).still) == 1
