# SPDX-License-Identifier: Apache-2.0
"""A card is named by its digest, as it is written or as it was read out in digits."""

import pytest
from tests.fixtures.proofs import case

from comity.protocol.proof.lines import digits
from comity.protocol.proof.trusting import named
from comity.protocol.wire.errors import BadMember

CARD = case().cards[0].digest


def test_a_digest_or_its_digits() -> None:
    assert named(CARD) == named(f" {CARD}\n") == CARD
    assert named(digits(CARD)) == CARD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "sha256:00",
        digits(CARD)[6:],
        digits(CARD) + " 00000",
        "99999 " + digits(CARD)[6:],
        "1 " + digits(CARD)[6:],
        "x0000 " + digits(CARD)[6:],
        "²0000 " + digits(CARD)[6:],
    ],
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(BadMember):
        named(text)
