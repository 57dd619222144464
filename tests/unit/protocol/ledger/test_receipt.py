# SPDX-License-Identifier: Apache-2.0
"""Receipts: one holds for a stranger with the card; each step of the verification refuses what it is there for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.ledger import CHINA, SPAIN, Tree, leaves, register_signer
from tests.fixtures.receipts import (
    AT,
    CHECKPOINT,
    ENTRIES,
    MESSAGES,
    SALTS,
    leaf,
    receipted,
    sample_receipt,
    signed,
)
from tests.fixtures.wire import CHINESE_KEYS, SPANISH_KEYS

from comity.protocol.errors import ComityError
from comity.protocol.ledger import checkpoint, note, receipt
from comity.protocol.ledger.errors import (
    BadNote,
    BadProof,
    BadReceipt,
    NoteForged,
    NoteUnsigned,
    NotReceipted,
    WrongOrigin,
)
from comity.protocol.ledger.receipt import Receipt, Receipted, parse, verify_receipt
from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import BadMember, NotCanonical, SignatureInvalid, SignatureMissing, UnknownVersion
from comity.protocol.wire.names import AuthorityId, digest_of

KEYS = SPANISH_KEYS.public
REGISTER = register_signer(SPAIN).key


def verify(value: Receipt | Signed, **changes: Any) -> receipt.VerifiedReceipt:
    given_ = value if isinstance(value, Signed) else signed(value)
    arguments: dict[str, Any] = {"keys": KEYS, "register": REGISTER, "to": CHINA, **changes}
    return verify_receipt(given_, **arguments)


def test_a_receipt_holds() -> None:
    held = verify(sample_receipt(), messages=MESSAGES[:2])
    assert (held.sender, held.to, held.at, held.size) == (SPAIN, CHINA, AT, 5)
    assert held.checkpoint == CHECKPOINT
    assert [(each.message, each.index) for each in held.receipted] == [(MESSAGES[0], 1), (MESSAGES[1], 2)]


def test_a_receipt_is_read_as_written_with_what_a_later_version_adds() -> None:
    value = replace(sample_receipt(), extra={"colour": "blue"})
    assert parse(value.to_bytes()) == value


# 1


def test_both_signatures_must_hold() -> None:
    whole = signed(sample_receipt())
    with pytest.raises(SignatureMissing):
        verify(whole, keys=CHINESE_KEYS.public)
    with pytest.raises(SignatureMissing):
        verify(replace(whole, signatures=whole.signatures[:1]))
    with pytest.raises(SignatureInvalid):
        verify(replace(whole, payload=whole.payload.replace(b'"index":1', b'"index":2')))


def test_another_signed_text_is_no_receipt() -> None:
    with pytest.raises(BadMember):
        verify(dsse.sign(PayloadType.CARD, sample_receipt().to_bytes(), SPANISH_KEYS))


# 2


def changed(change: Callable[[dict[str, Any]], object]) -> Signed:
    value = canonical.decode_object(sample_receipt().to_bytes(), limit=1 << 20)
    change(value)
    return dsse.sign(PayloadType.RECEIPT, canonical.encode(value, limit=1 << 20), SPANISH_KEYS)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.pop("from"),
        lambda value: value.update({"from": "Spain"}),
        lambda value: value.update(to=None),
        lambda value: value.update(at="yesterday"),
        lambda value: value.update(checkpoint=7),
        lambda value: value.update(entries={}),
        lambda value: value.update(entries=value["entries"] * 200),
        lambda value: value["entries"].append("entry"),
        lambda value: value["entries"][0].pop("message"),
        lambda value: value["entries"][0].update(entry="entry"),
        lambda value: value["entries"][0].update(salt="AAAA"),
        lambda value: value["entries"][0].update(index=-1),
        lambda value: value["entries"][0].update(index="1"),
        lambda value: value["entries"][0]["proof"].append("AAAA"),
        lambda value: value["entries"][0].update(proof=value["entries"][0]["proof"] * 40),
    ],
)
def test_a_member_out_of_form_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(BadMember):
        verify(changed(change))


def test_another_version_is_refused() -> None:
    with pytest.raises(UnknownVersion):
        verify(changed(lambda value: value.update(v=2)))


def test_bytes_that_are_not_canonical_are_refused() -> None:
    spaced = sample_receipt().to_bytes().replace(b'"v":1', b'"v": 1')
    with pytest.raises(NotCanonical):
        verify(dsse.sign(PayloadType.RECEIPT, spaced, SPANISH_KEYS))


# 3


def test_a_receipt_is_from_the_registers_authority_and_to_us() -> None:
    with pytest.raises(BadReceipt, match="whose register"):
        verify(replace(sample_receipt(), sender=AuthorityId("FR/police")))
    with pytest.raises(BadReceipt, match="another authority"):
        verify(sample_receipt(), to=AuthorityId("FR/police"))


# 4


def test_the_checkpoint_is_the_registers() -> None:
    other = checkpoint.sign(Tree(leaves(5)).checkpoint(5, CHINA), register_signer(CHINA))
    own = CHECKPOINT.note.to_bytes().decode()
    for text, error in [
        (own[:-8], BadNote),
        (other.note.to_bytes().decode(), NoteUnsigned),
        (own.replace("\n5\n", "\n6\n"), NoteForged),
    ]:
        with pytest.raises(error):
            verify(replace(sample_receipt(), checkpoint=text))
    with pytest.raises(NoteUnsigned):
        verify(sample_receipt(), register=register_signer(SPAIN, seed=9).key)


def test_a_checkpoint_of_another_origin_is_refused() -> None:
    foreign = note.sign(Tree(leaves(5)).checkpoint(5, CHINA).to_text(), register_signer(SPAIN))
    with pytest.raises(WrongOrigin):
        verify(replace(sample_receipt(), checkpoint=foreign.to_bytes().decode()))


# 5


def test_a_receipt_is_about_something_and_says_it_once() -> None:
    with pytest.raises(BadReceipt, match="no message"):
        verify(replace(sample_receipt(), entries=()))
    with pytest.raises(BadReceipt, match="twice"):
        verify(replace(sample_receipt(), entries=(receipted(0), receipted(0))))


# 6


@pytest.mark.parametrize("index", [0, 2, 4])
def test_the_entry_says_that_this_message_was_received(index: int) -> None:
    """Leaf 0 lists a desk, 2 is about another message, 4 says `read`: all are proven leaves, none is this receipt."""
    wrong = Receipted.of_leaf(MESSAGES[0], leaf(index))
    with pytest.raises(BadReceipt, match="does not say"):
        verify(replace(sample_receipt(), entries=(wrong,)))


# 7


@pytest.mark.parametrize(
    "change",
    [
        {"index": 2},
        {"index": 99},
        {"salt": SALTS[0]},
        {"entry": ENTRIES[1].replace(b"preservation", b"content-data")},
        {"proof": ()},
        {"proof": receipted(1).proof},
    ],
)
def test_the_entry_is_the_leaf_at_its_index(change: dict[str, Any]) -> None:
    with pytest.raises(BadProof):
        verify(replace(sample_receipt(), entries=(replace(receipted(0), **change),)))


# 8


def test_a_message_that_is_not_named_is_not_receipted() -> None:
    with pytest.raises(NotReceipted) as refused:
        verify(sample_receipt(), messages=[MESSAGES[0], MESSAGES[2]])
    assert refused.value.data == {"message": MESSAGES[2]}


def test_an_erased_leaf_gives_no_receipt() -> None:
    for erased in (replace(leaf(1), entry=None), replace(leaf(1), salt=None)):
        with pytest.raises(BadReceipt, match="erased"):
            Receipted.of_leaf(MESSAGES[0], erased)


WHOLE = signed(sample_receipt())


@given(st.integers(0, len(WHOLE.payload) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(at: int, turn: int) -> None:
    payload = bytearray(WHOLE.payload)
    payload[at] ^= turn
    with pytest.raises(ComityError):
        verify(replace(WHOLE, payload=bytes(payload)))


@given(st.integers(0, len(WHOLE.payload) - 1), st.integers(1, 255))
def test_a_sender_who_signs_a_changed_receipt_changes_no_message_in_it(at: int, turn: int) -> None:
    """Even the recipient's own key cannot move a message to another leaf, or another message to this one."""
    payload = bytearray(WHOLE.payload)
    payload[at] ^= turn
    try:
        held = verify(dsse.sign(PayloadType.RECEIPT, bytes(payload), SPANISH_KEYS))
    except ComityError:
        return
    assert {(each.message, each.index) for each in held.receipted} == {(MESSAGES[0], 1), (MESSAGES[1], 2)}
    assert held.checkpoint.checkpoint == CHECKPOINT.checkpoint
    assert digest_of(bytes(payload)) != WHOLE.digest
