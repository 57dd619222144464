# SPDX-License-Identifier: Apache-2.0
"""No other bytes than those that the officer approved, in any of the four places, make an approval that holds."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.fixtures.cards import ORIGIN, RP_ID, START, card, ring, soft

from comity.protocol.wire import approval_check
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.errors import ApprovalInvalid

STATEMENT = b'{"kind":"preservation"}'
CARD = card(ring("card"))
GOOD = soft("es-0417").approve(STATEMENT, "es-0417", RP_ID, ORIGIN)


@given(st.sampled_from(["credential", "authenticator_data", "client_data", "signature"]), st.data())
def test_a_changed_byte_is_refused(part: str, data: st.DataObject) -> None:
    value = bytearray(getattr(GOOD, part))
    value[data.draw(st.integers(0, len(value) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ApprovalInvalid):
        approval_check.verify(replace(GOOD, **{part: bytes(value)}), STATEMENT, CARD, START)  # type: ignore[arg-type]


@given(st.binary(max_size=64))
def test_another_statement_is_refused(statement: bytes) -> None:
    assume(statement != STATEMENT)
    with pytest.raises(ApprovalInvalid):
        approval_check.verify(GOOD, statement, CARD, START)


@given(st.builds(Approval, st.text(max_size=9), *[st.binary(max_size=90)] * 4), st.booleans())
def test_any_bytes_are_refused_by_name(found: Approval, named: bool) -> None:
    if named:
        found = replace(found, officer=GOOD.officer, credential=GOOD.credential)
    with pytest.raises(ApprovalInvalid):
        approval_check.verify(found, STATEMENT, CARD, START)


@given(st.binary(max_size=200))
def test_any_statement_can_be_approved(statement: bytes) -> None:
    found = soft("es-0417").approve(statement, "es-0417", RP_ID, ORIGIN)
    assert approval_check.verify(found, statement, CARD, START).soft
