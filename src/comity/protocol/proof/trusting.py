# SPDX-License-Identifier: Apache-2.0
"""Whether the cards are the authorities' own: the one step that no file can take, and that all the others stand on.

Somebody rings each authority, at a number known from elsewhere, compares one card of each run (`lines.runs`) and names
those that agree. Until then the step is told as not checked, with what to compare.
"""

from collections.abc import Collection, Iterable

from comity.protocol.proof import lines
from comity.protocol.proof.lines import Lines
from comity.protocol.proof.steps import Here, Walk
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.lineage import Held
from comity.protocol.wire.names import AuthorityId, Digest, digest

TITLE = "The cards are those of the authorities"
UNCHECKED = "nobody told which cards are the authorities' own"
HOW = "Ring each authority, at a number that you know, compare its card, and name each that agrees: --trust DIGEST"
_GROUPS, _DIGITS = 16, 5


def hold(
    walk: Walk, known: Lines, trusted: Collection[Digest] | None, only: Iterable[AuthorityId] | None = None
) -> None:
    """Take the step for all lines, or for these authorities' `only`, or tell that it was not taken. Raises `StepFailed`
    when a line holds no trusted card."""
    with walk.step(TITLE) as here:
        asked = known if only is None else Lines({each: known(each) for each in only})
        if trusted is None:
            _leave(asked, here)
        else:
            lines.hold_trusted(asked, trusted, here)


def question(held: Held) -> str:
    """What to ask an authority of its card."""
    card = held.card
    return f"Ask {card.authority}, at a number that you know, whether its card {card.serial} is {held.digest}"


def named(text: str) -> Digest:
    """The digest that a reader names, as it is written or in the digits that were read out. Raises `BadMember`."""
    groups = text.split()
    if len(groups) == 1:
        return digest(groups[0], "--trust", "DIGEST")
    good = [int(each) for each in groups if each.isascii() and each.isdigit() and len(each) == _DIGITS]
    if len(groups) != _GROUPS or len(good) != _GROUPS or max(good) >= 1 << 16:
        raise BadMember(what="--trust", member="DIGEST", why="is not sixteen groups of five digits")
    return Digest("sha256:" + b"".join(each.to_bytes(2, "big") for each in good).hex())


def _leave(known: Lines, here: Here) -> None:
    here.unchecked = UNCHECKED
    here.say(HOW)
    for line in known.by_authority.values():
        for run in lines.runs(line):
            held = run[-1]
            here.say(f"{line.authority}, card {held.card.serial}: {held.digest}")
            here.say(f"  in digits {lines.digits(held.digest)}")
