# SPDX-License-Identifier: Apache-2.0
"""Watching a register: growth is taken; rollback, fork, bad proof and mix-up are told apart, both checkpoints named."""

import base64

import pytest
from tests.fixtures.ledger import CHINA, Tree, leaves

from comity.protocol.ledger.errors import BadProof, Fork, LedgerError, Rollback, Unproven, WrongOrigin
from comity.protocol.ledger.tree import EMPTY_ROOT
from comity.protocol.ledger.watch import advance, confirm

TREE = Tree(leaves(20))
OTHER = Tree([*leaves(4), *leaves(16, b"other story")])


def names_both(refused: LedgerError, seen: tuple[int, bytes], new: tuple[int, bytes]) -> None:
    assert refused.data["origin"] == "comity/ES/policia-nacional"
    assert (refused.data["seen_size"], refused.data["seen_root"]) == (seen[0], base64.b64encode(seen[1]).decode())
    assert (refused.data["new_size"], refused.data["new_root"]) == (new[0], base64.b64encode(new[1]).decode())


def test_the_first_checkpoint_is_taken_on_its_signature() -> None:
    assert advance(None, TREE.checkpoint(7), []) == TREE.checkpoint(7)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 9), (4, 9), (7, 13), (13, 13), (16, 20)])
def test_growth_is_remembered(old: int, new: int) -> None:
    assert advance(TREE.checkpoint(old), TREE.checkpoint(new), TREE.consistency(old, new)) == TREE.checkpoint(new)
    confirm(TREE.checkpoint(new), TREE.checkpoint(old), TREE.consistency(old, new))


def test_the_empty_register_has_the_empty_root() -> None:
    assert TREE.checkpoint(0).root == EMPTY_ROOT


def test_a_smaller_register_is_a_rollback() -> None:
    with pytest.raises(Rollback) as refused:
        advance(TREE.checkpoint(13), TREE.checkpoint(7), [])
    names_both(refused.value, (13, TREE.root(13)), (7, TREE.root(7)))


def test_two_roots_at_one_size_are_a_fork() -> None:
    with pytest.raises(Fork) as refused:
        advance(TREE.checkpoint(13), OTHER.checkpoint(13), [])
    names_both(refused.value, (13, TREE.root(13)), (13, OTHER.root(13)))


def test_a_tree_that_proves_another_past_is_a_fork() -> None:
    with pytest.raises(Fork) as refused:
        advance(TREE.checkpoint(7), OTHER.checkpoint(13), OTHER.consistency(7, 13))
    names_both(refused.value, (7, TREE.root(7)), (13, OTHER.root(13)))


def test_a_proof_that_leads_elsewhere_proves_nothing() -> None:
    with pytest.raises(Unproven, match="another root") as refused:
        advance(TREE.checkpoint(7), TREE.checkpoint(13), OTHER.consistency(7, 13))
    names_both(refused.value, (7, TREE.root(7)), (13, TREE.root(13)))
    assert isinstance(refused.value, BadProof)


@pytest.mark.parametrize("proof", [[], [bytes(32)], [bytes(31)], [bytes(32)] * 9])
def test_a_proof_of_the_wrong_shape_proves_nothing(proof: list[bytes]) -> None:
    with pytest.raises(Unproven):
        advance(TREE.checkpoint(7), TREE.checkpoint(13), proof)


def test_a_fork_at_a_power_of_two_is_at_least_unproven() -> None:
    """There the proof leaves the old root out, so that it cannot show the other past: it only fails to prove ours."""
    with pytest.raises(Unproven):
        advance(TREE.checkpoint(8), OTHER.checkpoint(13), OTHER.consistency(8, 13))


def test_another_register_is_a_mix_up() -> None:
    with pytest.raises(WrongOrigin):
        advance(TREE.checkpoint(7), TREE.checkpoint(13, CHINA), TREE.consistency(7, 13))
    with pytest.raises(WrongOrigin):
        confirm(TREE.checkpoint(13), TREE.checkpoint(7, CHINA), TREE.consistency(7, 13))


def test_a_late_checkpoint_of_the_same_history_is_no_rollback() -> None:
    confirm(TREE.checkpoint(13), TREE.checkpoint(7), TREE.consistency(7, 13))


def test_a_late_checkpoint_of_another_history_is_a_fork() -> None:
    with pytest.raises(Fork) as refused:
        confirm(TREE.checkpoint(13), OTHER.checkpoint(7), TREE.consistency(7, 13))
    names_both(refused.value, (13, TREE.root(13)), (7, OTHER.root(7)))


def test_a_checkpoint_that_is_larger_is_never_late() -> None:
    with pytest.raises(Unproven, match="does not come before"):
        confirm(TREE.checkpoint(7), TREE.checkpoint(13), [])
