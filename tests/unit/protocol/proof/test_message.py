# SPDX-License-Identifier: Apache-2.0
"""What it takes to believe a message: each step fails by its name."""

from dataclasses import replace
from typing import Any

import pytest
from tests.fixtures.cards import START, YEAR, card, ring, signed
from tests.fixtures.proofs import CHINA, DAY_TWO, SPAIN, case, say

from comity.protocol.errors import ComityError
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.message import believed_beside, verify_message
from comity.protocol.wire import dsse, endorsement, trust
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.endorsement import Endorsement
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, digest_of

MINISTRY, OTHER = AuthorityId("CN/moj"), AuthorityId("CN/mfa")


def _line(name: str, authority: AuthorityId) -> Any:
    keys = ring(name)
    return trust.begin(signed(replace(card(keys), authority=authority, country="CN", officers=()), keys), at=START)


CASE = case()
LINES = Lines(
    {
        CHINA: trust.begin(CASE.cards[0], at=START),
        SPAIN: trust.begin(CASE.cards[1], at=START),
        MINISTRY: _line("ministry", MINISTRY),
        OTHER: _line("foreign", OTHER),
    }
)


def code(message: Message, **how: Any) -> str:
    with pytest.raises(ComityError) as failed:
        verify_message(message, LINES, **{"arrived": None, "soft_allowed": True, **how})
    return failed.value.code


def word(message: Digest, name: str, by: AuthorityId) -> Signed:
    return dsse.sign(endorsement.PAYLOAD_TYPE, Endorsement(by, message, DAY_TWO).to_bytes(), ring(name).signing)


def test_a_message_that_holds() -> None:
    held = verify_message(CASE.request, LINES, arrived=DAY_TWO, soft_allowed=True)
    assert held.card.authority == CHINA
    assert [each.officer for each in held.approvals] == ["cn-0417"]


def test_software_counts_for_nobody_where_it_is_not_allowed() -> None:
    assert code(CASE.request, soft_allowed=False) == "approval-missing"


def test_it_must_come_in_time() -> None:
    assert code(CASE.request, arrived=START + YEAR + YEAR) == "key-expired"


def test_a_request_of_an_unknown_kind_is_refused_and_a_move_is_only_believed() -> None:
    request = say("preservation", CASE.chinese, at=DAY_TWO, kind="unheard-of")
    assert code(request) == "unknown-kind"
    move = say("acknowledged", CASE.spanish, (CASE.request,), at=DAY_TWO, approve=False, kind="unheard-of")
    assert verify_message(move, LINES, arrived=None, soft_allowed=True).approvals == ()


def test_a_body_must_be_what_its_kind_asks() -> None:
    assert code(say("preservation", CASE.chinese, at=DAY_TWO, body={})) == "body-invalid"


def test_every_relay_endorses_and_a_relay_asks_only_those_before_it() -> None:
    bare = say("preservation", CASE.chinese, at=DAY_TWO, via=(MINISTRY, OTHER))
    first, second = word(bare.digest, "ministry", MINISTRY), word(bare.digest, "foreign", OTHER)
    assert code(bare) == "endorsement-missing"
    assert code(replace(bare, endorsements=(first,))) == "endorsement-missing"
    assert code(bare, relay=OTHER) == "endorsement-missing"
    assert verify_message(bare, LINES, arrived=None, soft_allowed=True, relay=MINISTRY).endorsed == ()
    both = replace(bare, endorsements=(CASE.cards[0], second, first))
    held = verify_message(both, LINES, arrived=None, soft_allowed=True)
    assert held.endorsed == (MINISTRY, OTHER)
    assert held.message == replace(bare, endorsements=(first, second))
    elsewhere = replace(bare, endorsements=(word(digest_of(b"other"), "ministry", MINISTRY),))
    assert code(elsewhere) == "endorsement-invalid"


def junk(message: Message) -> tuple[Signed, ...]:
    """What a carrier may lay beside a message: no endorsement, an unreadable one, forged ones, and one of no relay."""
    true = word(message.digest, "ministry", MINISTRY)
    return (
        Signed("text/x", b"junk", ()),
        Signed(endorsement.PAYLOAD_TYPE, b"junk", ()),
        replace(true, signatures=true.signatures[:1]),
        word(message.digest, "foreign", MINISTRY),
        word(digest_of(b"other"), "ministry", MINISTRY),
        word(message.digest, "spanish", SPAIN),
    )


def test_what_cannot_be_believed_later_is_not_kept_beside_a_message() -> None:
    held = verify_message(replace(CASE.answer, endorsements=junk(CASE.answer)), LINES, arrived=None, soft_allowed=True)
    assert held.message == CASE.answer
    bare = say("preservation", CASE.chinese, at=DAY_TWO, via=(MINISTRY, OTHER))
    first, second = word(bare.digest, "ministry", MINISTRY), word(bare.digest, "foreign", OTHER)
    laid = replace(bare, endorsements=(*junk(bare), first, first, second))
    kept = verify_message(laid, LINES, arrived=None, soft_allowed=True).message
    assert kept.endorsements == (first, second)


def test_a_relay_keeps_neither_its_own_endorsement_nor_later_ones() -> None:
    bare = say("preservation", CASE.chinese, at=DAY_TWO, via=(MINISTRY, OTHER))
    first, second = word(bare.digest, "ministry", MINISTRY), word(bare.digest, "foreign", OTHER)
    laid = replace(bare, endorsements=(second, first))
    for relay, kept in ((MINISTRY, ()), (OTHER, (first,))):
        assert verify_message(laid, LINES, arrived=None, soft_allowed=True, relay=relay).message.endorsements == kept


def test_those_that_hold_are_found_among_others() -> None:
    bare = say("preservation", CASE.chinese, at=DAY_TWO, via=(MINISTRY, OTHER))
    second = word(bare.digest, "foreign", OTHER)
    assert believed_beside(replace(bare, endorsements=(*junk(bare), second)), LINES) == (second,)
    assert endorsement.authors(junk(bare)) == {MINISTRY, SPAIN}
