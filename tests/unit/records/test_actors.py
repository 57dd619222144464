# SPDX-License-Identifier: Apache-2.0
"""Who may do what: the whole table, written out a second time."""

import pytest

from comity.records.actors import CONSOLE, HOLDERS, SYSTEM, Actor, Permission, Role
from comity.records.errors import NotPermitted

#                 read draft approve assess execute register peers people keys
TABLE = {
    "drafter": "x x - - - - - - -",
    "approver": "x x x x - - - - -",
    "duty-officer": "x x - x x - - - -",
    "analyst": "x - - - x - - - -",
    "custodian": "x - - - x - - - -",
    "auditor": "x - - - - x - - -",
    "administrator": "- - - - - x x x x",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_table_says(role: Role) -> None:
    actor = Actor("ES-0001", frozenset({role}))
    for permission, mark in zip(Permission, TABLE[role].split(), strict=True):
        assert actor.may(permission) is (mark == "x"), permission
        if mark == "x":
            actor.require(permission)
        else:
            with pytest.raises(NotPermitted) as refused:
                actor.require(permission)
            assert all(holder in str(refused.value) for holder in HOLDERS[permission])


def test_roles_add_up_and_nothing_else_does() -> None:
    both = Actor("ES-0001", frozenset({Role.AUDITOR, Role.DRAFTER}))
    assert {each for each in Permission if both.may(each)} == {
        Permission.READ,
        Permission.DRAFT,
        Permission.READ_REGISTER,
    }
    assert not any(Actor("ES-0001", frozenset()).may(each) for each in Permission)


def test_the_console_cannot_approve_and_the_node_itself_has_no_limits() -> None:
    assert {each for each in Permission if not CONSOLE.may(each)} == {Permission.APPROVE}
    assert all(SYSTEM.may(each) for each in Permission)


def test_every_permission_has_holders_and_every_role_a_row() -> None:
    assert set(HOLDERS) == set(Permission)
    assert all(HOLDERS.values())
    assert set(TABLE) == set(Role)
