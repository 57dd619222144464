# SPDX-License-Identifier: Apache-2.0
"""Checkpoints of a stored register: of committed leaves only, never two histories, cosigned by those who hold them."""

import pytest
from django.db import transaction
from tests.fixtures.ledger import register_signer, witness_signer

from comity.protocol.ledger import checkpoint, cosignature
from comity.protocol.ledger.errors import Fork, NoteForged, NoteUnsigned, Rollback
from comity.protocol.ledger.tree import EMPTY_ROOT
from comity.protocol.ledger.watch import advance
from comity.records.errors import NotFound
from comity.records.register import proofs
from comity.records.register.checkpoints import (
    add_cosignature,
    checkpoint_at,
    cosigned_by,
    head,
    latest_checkpoint,
    sign_checkpoint,
)
from comity.records.register.models import Checkpoint

from .conftest import NOW, Register

KEY = register_signer().key


def test_the_empty_register_has_a_checkpoint_too(register: Register) -> None:
    assert latest_checkpoint(register.using) is None
    assert register.sign().checkpoint.root == EMPTY_ROOT


def test_a_checkpoint_holds_for_a_stranger(register: Register) -> None:
    register.grow(5)
    signed = checkpoint.verify(register.sign().note.to_bytes(), KEY)
    assert (signed.checkpoint.size, signed.checkpoint.root) == (5, head(register.using).root())


def test_one_size_is_signed_once(register: Register) -> None:
    register.grow(5)
    assert register.sign() == register.sign()
    assert Checkpoint.objects.using(register.using).count() == 1


def test_each_checkpoint_extends_the_last(register: Register) -> None:
    seen = register.sign().checkpoint
    for _ in range(5):
        register.grow(3)
        new = register.sign().checkpoint
        seen = advance(seen, new, proofs.consistency(seen.size, new.size, using=register.using))
    assert checkpoint_at(6, register.using).checkpoint.size == 6
    found = latest_checkpoint(register.using)
    assert found is not None
    assert found.checkpoint.size == 15


def test_leaves_that_may_yet_be_undone_are_not_signed(register: Register) -> None:
    with transaction.atomic(using=register.using):
        register.grow(2)
        with pytest.raises(transaction.TransactionManagementError):
            sign_checkpoint(register_signer(), now=NOW, using=register.using)
    assert latest_checkpoint(register.using) is None


def test_a_register_that_lost_leaves_signs_nothing(register: Register) -> None:
    register.grow(5)
    register.sign()
    register.execute("DELETE FROM register_leaf")
    register.execute("DELETE FROM register_head")
    register.grow(3)
    with pytest.raises(Rollback):
        register.sign()


def test_a_register_with_another_past_signs_nothing(register: Register) -> None:
    register.grow(5)
    register.sign()
    register.execute("DELETE FROM register_leaf")
    register.execute("DELETE FROM register_head")
    register.grow(5)
    with pytest.raises(Fork):
        register.sign()


def test_cosignatures_are_kept_with_their_checkpoint(register: Register) -> None:
    register.grow(5)
    signed, by = register.sign(), witness_signer()
    for _ in range(2):  # the second replaces the first
        add_cosignature(5, cosignature.cosign(signed.note, by, NOW), by.key, using=register.using)
    found = latest_checkpoint(register.using)
    assert found is not None
    assert cosignature.verify(found.note, by.key).at == NOW.replace(microsecond=0)
    assert [each.name for each in cosigned_by(5, register.using)] == ["comity/CN/mps/witness"]
    assert checkpoint.verify(found.note.to_bytes(), KEY).checkpoint == signed.checkpoint


def test_a_cosignature_must_hold(register: Register) -> None:
    register.grow(5)
    by, first = witness_signer(), register.sign()
    register.grow(1)
    register.sign()
    line = cosignature.cosign(first.note, by, NOW)
    with pytest.raises(NoteForged):
        add_cosignature(6, line, by.key, using=register.using)
    with pytest.raises(NoteUnsigned):
        add_cosignature(5, line, witness_signer(seed=9).key, using=register.using)
    with pytest.raises(NotFound):
        add_cosignature(4, line, by.key, using=register.using)
    assert cosigned_by(5, register.using) == []
