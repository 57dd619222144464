# SPDX-License-Identifier: Apache-2.0
"""Transitions in groups, so that a graph reads as its moves: one kind, one target, and all the states that it leaves.

The states in `usual` are those whose way is drawn; those in `also` are allowed as well and stand in the table only.
"""

from comity.protocol.thread.graph import Role, Transition


def moves(
    kind: str,
    by: Role,
    target: str,
    usual: tuple[str, ...],
    also: tuple[str, ...] = (),
    *,
    complete: bool | None = None,
) -> tuple[Transition, ...]:
    """One transition from each source; those in `usual` are drawn."""
    return tuple(Transition(each, kind, by, target, complete, usual=each in usual) for each in (*usual, *also))


def without(states: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    """The states less those left out."""
    return tuple(each for each in states if each not in left_out)


def parts(by: Role, usual: tuple[str, ...], also: tuple[str, ...]) -> tuple[Transition, ...]:
    """`produced`: parts lead to `producing`, the last one (or the only one) to `produced`."""
    return (
        *moves("produced", by, "producing", usual[:1], (*usual[1:], *also), complete=False),
        *moves("produced", by, "produced", usual, also, complete=True),
    )


def closed(usual: tuple[str, ...], also: tuple[str, ...] = ()) -> tuple[Transition, ...]:
    """Either side may close."""
    return (
        *moves("closed", Role.OPENER, "closed", usual, also),
        *moves("closed", Role.ADDRESSEE, "closed", usual, also),
    )
