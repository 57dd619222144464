# SPDX-License-Identifier: Apache-2.0
"""A message: the signed statement is kept as it was signed, and what lies beside it travels along."""

from dataclasses import replace
from typing import Any

import pytest
from tests.fixtures.wire import CHINESE_KEYS, SPANISH_KEYS, sample_approval, sample_message, sample_statement

from comity.protocol.wire import dsse, message, statement
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.errors import BadMember, NotCanonical, TooLarge
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import digest_of


def test_writing_signs_and_keeps_the_bytes() -> None:
    said = sample_statement()
    written = message.write(said, CHINESE_KEYS, [sample_approval()])
    payload = dsse.verify(written.signed, CHINESE_KEYS.public, payload_type=statement.PAYLOAD_TYPE)
    assert payload == said.to_bytes()
    assert written.digest == digest_of(payload)
    assert written.statement == said
    assert written.statement is written.statement
    assert written.approvals == (sample_approval(),)


def test_a_statement_that_no_peer_would_read_is_not_signed() -> None:
    with pytest.raises(BadMember, match="names nobody"):
        message.write(sample_statement(to=()), CHINESE_KEYS)


def test_json_and_back_with_everything_beside() -> None:
    word = dsse.sign("application/vnd.comity.endorsement+json", b"{}", SPANISH_KEYS)
    whole = replace(sample_message(), approvals=(sample_approval(),), endorsements=(word,), extra={"later": [1]})
    value = whole.to_json()
    assert Message.from_json(value) == whole
    assert Message.from_json(value).to_json() == value


def test_what_lies_beside_does_not_change_the_digest() -> None:
    bare = sample_message()
    assert replace(bare, approvals=(sample_approval(),)).digest == bare.digest


def test_extra_members_never_replace_ours() -> None:
    bare = sample_message()
    assert replace(bare, extra={"signed": 1, "approvals": 2}).to_json() == bare.to_json()


def test_reading_asks_for_the_form_only() -> None:
    """One message of a parcel that cannot be parsed must not take the others with it."""
    signed = dsse.sign(PayloadType.STATEMENT, b"{ }", CHINESE_KEYS)
    found = Message.from_json(Message(signed).to_json())
    assert found.digest == digest_of(b"{ }")
    with pytest.raises(NotCanonical):
        _ = found.statement


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"signed": None}, "payload"),
        ({"approvals": None}, "approvals"),
        ({"approvals": [sample_approval().to_json()] * 17}, "approvals"),
        ({"approvals": [1]}, "(all)"),
        ({"endorsements": [{}] * 9}, "endorsements"),
        ({"endorsements": [{}]}, "signatures"),
        ({"signed": dsse.sign(PayloadType.CARD, b"{}", CHINESE_KEYS).to_json()}, "signed"),
    ],
)
def test_every_member_has_its_form(members: dict[str, Any], member: str) -> None:
    with pytest.raises(BadMember) as error:
        Message.from_json({**sample_message().to_json(), **members})
    assert error.value.data["member"] == member


def test_it_is_an_object() -> None:
    with pytest.raises(BadMember, match="message"):
        Message.from_json("message")


def test_a_statement_is_bounded_before_it_is_parsed() -> None:
    with pytest.raises(TooLarge):
        Message(dsse.sign_once(PayloadType.STATEMENT, bytes(statement.MAX_BYTES + 1), CHINESE_KEYS))
