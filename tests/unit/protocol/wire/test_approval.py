# SPDX-License-Identifier: Apache-2.0
"""An approval's data: what the passkey is asked to sign, and the form in which its answer travels."""

import hashlib
from typing import Any

import pytest
from tests.fixtures.wire import sample_approval, sample_statement

from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.errors import BadMember


def test_the_challenge_is_of_exactly_these_bytes() -> None:
    said = sample_statement().to_bytes()
    assert challenge(said) == hashlib.sha256(b"comity/approval/v1\x00" + said).digest()
    assert challenge(said) != challenge(said + b" ")


def test_json_and_back() -> None:
    value = sample_approval().to_json()
    assert value["credential"] == "Y3JlZGVudGlhbA"
    assert Approval.from_json(value) == sample_approval()


def test_later_members_are_kept() -> None:
    value = {**sample_approval().to_json(), "later": [1]}
    assert Approval.from_json(value).to_json() == value


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("officer", ""),
        ("officer", "a" * 65),
        ("officer", None),
        ("credential", ""),
        ("credential", "Y3JlZGVudGlhbA=="),
        ("credential", "AAAA" * 342),
        ("authenticator_data", None),
        ("client_data", "AAAA" * 2731),
        ("signature", "+/+/"),
        ("signature", "AAAA" * 342),
    ],
)
def test_every_member_has_its_form(member: str, value: Any) -> None:
    with pytest.raises(BadMember) as error:
        Approval.from_json({**sample_approval().to_json(), member: value})
    assert error.value.data["member"] == member


def test_it_is_an_object() -> None:
    with pytest.raises(BadMember, match="approval"):
        Approval.from_json([])
