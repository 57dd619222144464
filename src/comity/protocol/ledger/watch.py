# SPDX-License-Identifier: Apache-2.0
"""Watching another's register: each checkpoint that it shows must extend the last one seen.

What may be wrong is told apart, since each asks for another call:

    WrongOrigin   the checkpoint is of another register
    Rollback      smaller than what we saw: restored from an old copy, or hiding; or only late (`confirm`)
    Fork          two signed histories: one size with two roots, or a tree with another past than was signed before
    Unproven      the proof does not lead to the new root: perhaps only a bad proof; ask again
"""

import base64
from collections.abc import Sequence

from comity.protocol.ledger.checkpoint import Checkpoint
from comity.protocol.ledger.errors import BadProof, Fork, Rollback, Unproven, WrongOrigin
from comity.protocol.ledger.proofs import consistent_roots


def advance(seen: Checkpoint | None, new: Checkpoint, proof: Sequence[bytes]) -> Checkpoint:
    """The checkpoint to remember from now on: `new`, held to extend `seen`.

    Both must have been verified as signed. The first checkpoint seen of a register is taken on its signature alone.

    1. Both are of one register.                                   WrongOrigin
    2. The new one is no smaller.                                  Rollback
    3. The proof leads from the one root to the other.             Fork, Unproven
    """
    if seen is None:
        return new
    if new.origin != seen.origin:  # 1
        raise WrongOrigin(found=new.origin, expected=seen.origin)
    if new.size < seen.size:  # 2
        raise Rollback(**_both(seen, new))
    _extends(seen, new, proof, (seen, new))  # 3
    return new


def confirm(seen: Checkpoint, late: Checkpoint, proof: Sequence[bytes]) -> None:
    """Hold that a smaller checkpoint, which came late, is of the same history. Raises as `advance`, save `Rollback`.

    Messages overtake each other; the register's authority gives the proof from the late size to the one seen.
    """
    if late.origin != seen.origin:
        raise WrongOrigin(found=late.origin, expected=seen.origin)
    _extends(late, seen, proof, (seen, late))


def _extends(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes], named: tuple[Checkpoint, Checkpoint]) -> None:
    if old.size == new.size and old.root != new.root:
        raise Fork(**_both(*named))
    try:
        earlier, later = consistent_roots(old.size, new.size, old.root, new.root, proof)
    except BadProof as refused:
        raise Unproven(**_both(*named), why=str(refused.data["why"])) from None
    if later != new.root:
        raise Unproven(**_both(*named), why="it leads to another root")
    if earlier != old.root:
        raise Fork(**_both(*named))


def _both(seen: Checkpoint, new: Checkpoint) -> dict[str, str | int]:
    return {
        "origin": new.origin,
        "seen_size": seen.size,
        "seen_root": base64.b64encode(seen.root).decode(),
        "new_size": new.size,
        "new_root": base64.b64encode(new.root).decode(),
    }
