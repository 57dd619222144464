# SPDX-License-Identifier: Apache-2.0
"""No change of a proof file goes unseen: of any byte, by any edit, or of what its entries are."""

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.fixtures.proofs import case

from comity.protocol.proof import recognising, verifier
from comity.protocol.proof.errors import StepFailed
from comity.protocol.wire import canonical

DATA = case().file().to_bytes()
TRUSTED = {each.digest for each in case().cards}
STRIDE = 89


def holds(data: bytes) -> bool:
    """Whether anything is proven by these bytes."""
    try:
        return recognising.examine(data, trusted=TRUSTED).proven
    except StepFailed:
        return False


def flipped(place: int, by: int) -> bytes:
    return DATA[:place] + bytes([DATA[place] ^ by]) + DATA[place + 1 :]


def test_the_file_holds_as_it_is() -> None:
    assert holds(DATA)


def test_a_change_of_a_byte_is_seen() -> None:
    assert [place for place in range(0, len(DATA), STRIDE) if holds(flipped(place, 1))] == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_change_of_each_byte_is_seen() -> None:
    assert [place for place in range(len(DATA)) if holds(flipped(place, 1))] == []


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_change_of_any_byte_is_seen(place: int, by: int) -> None:
    assert not holds(flipped(place, by))


@given(st.integers(0, len(DATA)), st.integers(0, 40), st.binary(max_size=40))
def test_any_edit_is_seen(place: int, cut: int, put: bytes) -> None:
    edited = DATA[:place] + put + DATA[place + cut :]
    assume(edited != DATA)
    assert not holds(edited)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something lies in a JSON value."""
    found = [here] if here else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        found += paths(each, (*here, name))
    return found


PATHS = paths(json.loads(DATA))
LONE = ("checkpoints", 2)
"""The checkpoint of Spain's register that China cosigned: the receipt carries the same one, without the cosignature."""
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=8), st.just([]), st.just({}))


@settings(max_examples=150)
@given(st.sampled_from(PATHS), st.sampled_from(["drop", "put", "twice"]), VALUES)
def test_no_entry_can_be_dropped_put_or_doubled(path: tuple[Any, ...], how: str, value: Any) -> None:
    whole = json.loads(DATA)
    owner = whole
    for name in path[:-1]:
        owner = owner[name]
    if how == "drop":
        del owner[path[-1]]
    elif how == "twice" and isinstance(owner, list):
        owner.insert(path[-1], owner[path[-1]])
    else:
        owner[path[-1]] = value
    data = canonical.encode(whole, limit=1 << 20)
    assume(data != DATA and (path, how) != (LONE, "drop"))
    assert not holds(data)


def test_a_checkpoint_that_no_other_entry_needs_can_be_dropped_and_proves_less() -> None:
    whole = json.loads(DATA)
    del whole[LONE[0]][LONE[1]]
    report = verifier.verify(canonical.encode(whole, limit=1 << 20), TRUSTED)
    before = verifier.verify(DATA, TRUSTED)
    assert report.facts["thread"] == before.facts["thread"]
    for less, more in zip(report.facts["messages"], before.facts["messages"], strict=True):
        assert [{**each, "cosigned": []} for each in more["receipts"]] == less["receipts"]
        assert more["leaves"] == less["leaves"]


@given(st.permutations(range(3)), st.sampled_from(["messages", "cards", "checkpoints"]))
def test_no_entries_can_be_swapped(order: list[int], part: str) -> None:
    whole = json.loads(DATA)
    entries = whole[part]
    whole[part] = [entries[at] for at in order if at < len(entries)]
    data = canonical.encode(whole, limit=1 << 20)
    assume(data != DATA)
    assert not holds(data)


@given(st.binary(max_size=2000))
def test_noise_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(StepFailed):
        verifier.verify(data)
