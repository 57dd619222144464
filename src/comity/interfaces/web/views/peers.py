# SPDX-License-Identifier: Apache-2.0
"""Peers: their cards, how we stand with them, the state of each line, and what is known of their registers."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from comity.cooperation.dispatch.models import Line
from comity.interfaces.web.door import Visit, signed_in
from comity.interfaces.web.times import moment
from comity.protocol.wire import card as cards
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import BadMember, SignatureInvalid, SignatureMissing, WireError
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import Permission
from comity.records.authorities import peers as records
from comity.records.authorities.issuing import our_card, our_signed_card
from comity.records.authorities.models import Standing
from comity.records.authorities.peers import Peer
from comity.records.errors import NotFound

LARGEST = 1 << 19
REASONS = ("compromised", "alarm", "agreement-ended", "other")


@require_http_methods(["GET", "POST"])
@signed_in
def peers(visit: Visit) -> HttpResponse:
    """Every authority that we know, and a place to hand in another's card."""
    if visit.request.method == "POST":
        visit.actor.require(Permission.MANAGE_PEERS)
        try:
            signed = _card(visit)
            records.invite(visit.home, visit.actor, signed)
        except WireError as error:
            return _all(visit, 422, problem=_unusable(error))
        return _to(visit, cards.verify(signed).authority)
    return _all(visit)


def _all(visit: Visit, status: int = 200, **context: Any) -> HttpResponse:
    found = records.overview(visit.home, visit.actor)
    lines = Line.objects.in_bulk([each.authority.id for each in found])
    shown = [(each, _line(visit, lines.get(each.authority.id))) for each in found]
    return visit.page("peers.html", status, peers=shown, ours=our_card(), **context)


def _unusable(error: WireError) -> str:
    """Why a card was not taken in, for somebody who knows files and no formats."""
    if isinstance(error, SignatureInvalid | SignatureMissing):
        return gettext(
            "This card was changed after it was signed. Take nothing from it; ask the authority for it again."
        )
    return gettext("This file is not a card that this node can read. Ask the authority for its file card.json again.")


@require_http_methods(["GET", "POST"])
@signed_in
def peer(visit: Visit, country: str, name: str) -> HttpResponse:
    """One authority: its card, the words to compare, its line, its register. Raises `NotFound`."""
    id = AuthorityId(f"{country}/{name}")
    if visit.request.method == "POST":
        return _act(visit, id)
    found = next((each for each in records.overview(visit.home, visit.actor) if each.authority.id == id), None)
    if found is None:
        raise NotFound(what="peer", id=id[:64])
    return visit.page("peer.html", **_shown(visit, found))


def _act(visit: Visit, id: AuthorityId) -> HttpResponse:
    """What an administrator does with a peer."""
    post = visit.request.POST
    match post.get("do"):
        case "accept":
            records.accept(visit.home, visit.actor, id, post.get("words", ""))
            return _to(visit, id, gettext("The card is accepted: you can exchange requests now."))
        case "suspend":
            reason = post.get("reason", "other")
            records.suspend(visit.home, visit.actor, id, reason if reason in REASONS else "other")
            return _to(visit, id, gettext("All exchange with this authority has stopped."))
        case "clear":
            records.clear_alarm(visit.home, visit.actor, id)
            return _to(visit, id, gettext("The alarm is cleared; its register is watched anew."))
    raise NotFound(what="action", id=str(post.get("do"))[:20])


def _shown(visit: Visit, found: Peer) -> dict[str, Any]:
    card, watch = found.card, found.watch
    return {
        "peer": found,
        "since": moment(found.authority.since, visit.zone),
        "until": moment(card.until, visit.zone) if card else None,
        "comparison": records.comparison(card) if card and visit.may(Permission.MANAGE_PEERS) else None,
        "line": _line(visit, Line.objects.filter(pk=found.authority.id).first()),
        "seen": moment(watch.seen_at, visit.zone) if watch and watch.seen_at else None,
        "alarm_at": moment(watch.alarm_at, visit.zone) if watch and watch.alarm_at else None,
        "suspended": found.authority.standing == Standing.SUSPENDED,
        "invited": found.authority.standing == Standing.INVITED,
    }


def _line(visit: Visit, line: Line | None) -> dict[str, Any]:
    """How the line to a peer goes, in a word that the page says in full."""
    if line is None:
        return {"state": "unused"}
    state = "good" if not line.attempts else "down"
    good = moment(line.last_good, visit.zone) if line.last_good else None
    again = moment(line.next_try, visit.zone) if line.next_try and line.attempts else None
    return {"state": state, "good": good, "again": again, "fault": line.fault}


def _card(visit: Visit) -> Signed:
    """The signed card that was handed in, as a file or as text. Raises `BadMember`."""
    file = visit.request.FILES.get("card")
    data = file.read(LARGEST) if file else visit.request.POST.get("text", "").encode()
    try:
        return Signed.from_json(json.loads(data))
    except (ValueError, RecursionError):
        raise BadMember(what="card", member="file", why="is not JSON") from None


@require_GET
@signed_in
def our_own(_visit: Visit) -> HttpResponse:
    """Our own signed card, to hand to another authority."""
    response = HttpResponse(json.dumps(our_signed_card().to_json()), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="card.json"'
    return response


def _to(visit: Visit, id: AuthorityId, said: str = "") -> HttpResponse:
    country, _, name = id.partition("/")
    return visit.to("peer", country, name, said=said)
