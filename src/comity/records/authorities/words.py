# SPDX-License-Identifier: Apache-2.0
"""The words that two people read to each other by telephone: a comparison as twelve short words and as digits.

Words are of the BIP-39 English list, in which the first four letters tell each word from every other; the digits say
the same in any language. Twelve words carry all sixteen bytes and a check."""

from dataclasses import dataclass

from mnemonic import Mnemonic


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sixteen bytes for people. `digits` are eight groups of five."""

    words: tuple[str, ...]
    digits: tuple[str, ...]


def spell(comparison: bytes) -> Comparison:
    """The comparison in words and in digits."""
    pairs = [comparison[at : at + 2] for at in range(0, len(comparison), 2)]
    words = Mnemonic("english").to_mnemonic(comparison).split()
    return Comparison(tuple(words), tuple(f"{int.from_bytes(pair, 'big'):05d}" for pair in pairs))


def same(typed: str, expected: Comparison) -> bool:
    """Whether somebody typed these words, or these digits, whatever the spacing and case."""
    parts = tuple(typed.lower().split())
    return parts in (expected.words, expected.digits)
