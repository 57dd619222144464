# SPDX-License-Identifier: Apache-2.0
"""The register: what this node did, leaf by leaf, newest first; the checkpoint, who cosigned it, and the proof of a
leaf.
"""

import base64
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from comity.interfaces.web import problems, words
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.numbers import number
from comity.interfaces.web.times import Moment, moment
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import parse_time
from comity.records.actors import Permission
from comity.records.errors import NotFound
from comity.records.register import check as checking
from comity.records.register import checkpoints, entry, listing, proofs

PAGE = 50


@require_GET
@signed_in
def register(visit: Visit) -> HttpResponse:
    """A page of leaves, and the newest checkpoint."""
    visit.actor.require(Permission.READ_REGISTER)
    return _page(visit)


@require_POST
@signed_in
def check(visit: Visit) -> HttpResponse:
    """Compute the whole register anew, and say what came out."""
    visit.actor.require(Permission.READ_REGISTER)
    try:
        checked = checking.check(using=visit.home.alias)
    except ComityError as error:
        return _page(visit, fault=problems.text(error))
    return _page(visit, checked=checked)


@require_GET
@signed_in
def leaf(visit: Visit, index: int) -> HttpResponse:
    """One leaf with its proof up to the last checkpoint. Raises `NotFound`."""
    visit.actor.require(Permission.READ_REGISTER)
    signed = checkpoints.latest_checkpoint(visit.home.alias)
    covered = signed is not None and index < signed.checkpoint.size
    size = signed.checkpoint.size if signed and covered else checkpoints.head(visit.home.alias).size
    if index >= size:
        raise NotFound(what="leaf", id=index)
    found = proofs.prove(index, size, using=visit.home.alias)
    said = entry.parse(found.entry) if found.entry is not None else None
    visit.lists("register", 1)
    return visit.page(
        "leaf.html",
        leaf=found,
        members=_members(said) if said else None,
        commitment=found.commitment.hex(),
        salt=base64.b64encode(found.salt).decode() if found.salt else "",
        path=[each.hex() for each in found.proof],
        note=signed.note.to_bytes().decode() if signed and covered else "",
    )


def _page(visit: Visit, **context: Any) -> HttpResponse:
    before = number(visit.request.GET.get("before", ""))
    page = listing.page(using=visit.home.alias, before=before, limit=PAGE)
    signed = checkpoints.latest_checkpoint(visit.home.alias)
    visit.lists("register", len(page.leaves))
    return visit.page(
        "register.html",
        leaves=[(each, _at(each.members, visit), _about(each.members)) for each in page.leaves],
        before=page.before,
        size=checkpoints.head(visit.home.alias).size,
        signed=signed,
        note=signed.note.to_bytes().decode() if signed else "",
        cosigned=_cosigned(visit, signed.checkpoint.size) if signed else [],
        **context,
    )


def _cosigned(visit: Visit, size: int) -> list[tuple[str, Moment]]:
    return [(each.name, moment(each.at, visit.zone)) for each in checkpoints.cosigned_by(size, visit.home.alias)]


def _at(members: Mapping[str, Any] | None, visit: Visit) -> Moment | None:
    return moment(parse_time(members["at"]), visit.zone) if members else None


def _about(members: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What the leaf is about, beside its event, its time and who did it."""
    hidden = ("at", "by", "event")
    return [(name, _text(value)) for name, value in (members or {}).items() if name not in hidden]


def _members(members: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(words.said(name), _text(value)) for name, value in members.items()]


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
