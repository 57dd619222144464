# SPDX-License-Identifier: Apache-2.0
"""The custody of an exhibit: one statement for each step, and its leaf in the register.

A statement says which exhibit, what was done, by whom, when, why and where, and the content's digest before and after.
It lies here, since reasons and places may be about persons; the register has its digest. Statements are added and never
changed: one that was wrong is corrected by another. `faults` holds a chain against itself and against the register.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.protocol.terms.custody import CUSTODY_STEPS
from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import Digest, MessageId, digest_of, format_time
from comity.records.action import Act
from comity.records.exhibits.models import CustodyStep, Exhibit
from comity.records.register import entry, events
from comity.records.register.models import Leaf

LIMIT = 1 << 20
_TEXTS = ("reason", "place")


@dataclass(frozen=True, slots=True)
class Told:
    """A step for people: the row, and its statement."""

    step: CustodyStep
    statement: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a chain: a code, and the place of the step that it is about."""

    code: str
    place: int


def note(
    act: Act,
    exhibit: Exhibit,
    step: str,
    *,
    before: Digest | None,
    after: Digest | None,
    reason: str = "",
    place: str = "",
    more: Mapping[str, Any] | None = None,
) -> CustodyStep:
    """Within `act`: one step more. Its leaf is known once the act has ended (`settle`). Raises `BadMember`."""
    if step not in CUSTODY_STEPS:
        raise BadMember(what="custody", member="step", why="is none of " + ", ".join(CUSTODY_STEPS.codes))
    said: dict[str, Any] = {
        "v": 1,
        "exhibit": exhibit.id,
        "step": step,
        "at": format_time(act.now),
        "by": act.actor.name,
        "before": before,
        "after": after,
        **{name: text for name, text in (("reason", reason), ("place", place)) if text},
        **(more or {}),
    }
    data = canonical.encode(said, limit=LIMIT)
    digest = digest_of(data)
    row = CustodyStep.objects.create(
        exhibit=exhibit, step=step, at=act.now, by=act.actor.name, statement=data, digest=digest
    )
    content = after or before or Digest(exhibit.content_id)
    act.record(events.custody(exhibit=MessageId(exhibit.id), what=step, content=content, statement=digest))
    return row


def settle(act: Act, steps: Sequence[CustodyStep]) -> None:
    """After `act`, which recorded these steps and nothing else: where their leaves lie."""
    if act.placed is None:
        return
    for offset, row in enumerate(steps):
        CustodyStep.objects.filter(pk=row.pk).update(leaf=act.placed.first + offset)


def chain(exhibit: Exhibit) -> list[Told]:
    """Every step, in order."""
    rows = CustodyStep.objects.filter(exhibit=exhibit).order_by("id")
    return [Told(row, canonical.decode_object(bytes(row.statement), limit=LIMIT)) for row in rows]


def faults(exhibit: Exhibit, steps: Sequence[Told]) -> list[Fault]:
    """What does not fit: a chain that does not begin with its acquisition, a digest that is another than the step
    before left, a time that goes back, a statement whose leaf says otherwise, a step after the destruction."""
    found = [*_order(exhibit, steps)]
    leaves = Leaf.objects.in_bulk([each.step.leaf for each in steps if each.step.leaf is not None])
    for place, each in enumerate(steps):
        leaf = leaves.get(each.step.leaf) if each.step.leaf is not None else None
        if digest_of(bytes(each.step.statement)) != each.step.digest or not _registered(leaf, each.step):
            found.append(Fault("not-as-registered", place))
    return sorted(found, key=lambda each: each.place)


def _order(exhibit: Exhibit, steps: Sequence[Told]) -> Iterator[Fault]:
    if not steps or steps[0].step.step not in ("acquired", "received"):
        yield Fault("no-beginning", 0)
    held: object = None
    for place, each in enumerate(steps):
        said = each.statement
        if place and said["before"] != held:
            yield Fault("digest-differs", place)
        if place and each.step.at < steps[place - 1].step.at:
            yield Fault("time-goes-back", place)
        if place and steps[place - 1].step.step == "destroyed":
            yield Fault("after-destruction", place)
        if said["exhibit"] != exhibit.id or said["step"] != each.step.step or said["by"] != each.step.by:
            yield Fault("not-as-stated", place)
        held = said["after"]


def _registered(leaf: Leaf | None, step: CustodyStep) -> bool:
    if leaf is None or leaf.entry is None or leaf.event != "custody":
        return False
    told = entry.parse(bytes(leaf.entry))
    return told.get("statement") == step.digest and told.get("what") == step.step and told.get("by") == step.by
