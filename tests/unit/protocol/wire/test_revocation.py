# SPDX-License-Identifier: Apache-2.0
"""A revocation is read whole or refused with the member's name."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.fixtures.cards import SPAIN, START, ring

from comity.protocol.wire import canonical, revocation
from comity.protocol.wire.errors import BadMember, TooLarge, UnknownVersion
from comity.protocol.wire.revocation import Reason, Revocation

FOUND = Revocation(SPAIN, ring("a").public.keyids, START, Reason.COMPROMISE)


def changed(**members: Any) -> bytes:
    return canonical.encode(json.loads(FOUND.to_bytes()) | members, limit=1 << 20)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_revocation_is_what_was_written(reason: Reason) -> None:
    found = replace(FOUND, reason=reason, extra={"later": [1]})
    assert revocation.parse(found.to_bytes()) == found


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("authority", "Spain"),
        ("keyids", []),
        ("keyids", ["ed25519:" + "0" * 16] * 2),
        ("keyids", ["rsa:" + "0" * 16]),
        ("keyids", ["ed25519:" + "0" * 15]),
        ("since", "yesterday"),
        ("reason", "a whim"),
        ("reason", None),
    ],
)
def test_a_bad_member_is_named(member: str, value: object) -> None:
    with pytest.raises(BadMember) as caught:
        revocation.parse(changed(**{member: value}))
    assert caught.value.data["member"] == member


def test_another_version_and_too_much_are_refused() -> None:
    with pytest.raises(UnknownVersion):
        revocation.parse(changed(v=2))
    with pytest.raises(TooLarge):
        revocation.parse(changed(later="x" * revocation.MAX_BYTES))
