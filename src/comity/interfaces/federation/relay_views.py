# SPDX-License-Identifier: Apache-2.0
"""The mailbox's two addresses. Each recipient is an accepted peer of the relay; for anybody else there is no
mailbox."""

from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from comity.cooperation.exchange.errors import MailboxFull
from comity.cooperation.reception import leaves
from comity.interfaces.federation import mailbox
from comity.interfaces.federation.door import for_peers
from comity.protocol.errors import ComityError
from comity.protocol.wire.envelope import MAX_BYTES, read_header
from comity.protocol.wire.errors import NotForUs, TooLarge
from comity.protocol.wire.names import AuthorityId, authority_id, digest_of
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.authorities import peers
from comity.records.authorities.lineages import lineage
from comity.records.home import Home
from comity.records.register import events


def _home(request: HttpRequest) -> Home:
    return cast(Home, cast(Any, request).comity)


def _store(home: Home) -> mailbox.Store:
    return mailbox.Store(Path(home.config.home) / "mailbox")


def _recipient(country: str, name: str) -> AuthorityId:
    try:
        found = authority_id(f"{country}/{name}")
        peers.require_accepted([found])
    except ComityError:
        raise Http404 from None
    return found


@for_peers
@require_POST
def leave(request: HttpRequest, country: str, name: str) -> HttpResponse:
    """Leave an envelope for a recipient."""
    home, recipient = _home(request), _recipient(country, name)
    try:
        data = bytes(request.read(MAX_BYTES + 1))
        if len(data) > MAX_BYTES:
            raise TooLarge(what="The envelope", size=len(data), limit=MAX_BYTES)
        _require_its_key(recipient, data)
        _store(home).leave(recipient, data)
    except MailboxFull as error:  # nothing is wrong with the envelope: its sender tries again
        return JsonResponse(error.as_json(), status=507)
    except ComityError as error:
        return JsonResponse(error.as_json(), status=400)
    if leaves.spend(home, recipient, "relayed"):
        with acting(home, SYSTEM) as act:
            act.record(events.relayed(to=recipient, envelope=digest_of(data)))
    return HttpResponse(status=202)


def _require_its_key(recipient: AuthorityId, data: bytes) -> None:
    """What is sealed to no key of the recipient would lie here for nothing. Raises `NotForUs`."""
    key = read_header(data).key
    if key not in {each.card.keys.sealing.keyid for each in lineage(recipient).held}:
        raise NotForUs(recipient=recipient, key=key)


@for_peers
@require_POST
def collect(request: HttpRequest, country: str, name: str) -> HttpResponse:
    """Give a recipient its envelopes, and forget those it has."""
    home, recipient = _home(request), _recipient(country, name)
    try:
        data = bytes(request.read(mailbox.MAX_COLLECTION * 2 + 1))
        wanted = mailbox.verify(data, lineage(recipient), home.authority, home.now())
    except ComityError as error:
        return JsonResponse(error.as_json(), status=403)
    store = _store(home)
    store.forget(recipient, wanted.taken)
    return HttpResponse(mailbox.join(list(store.give(recipient))), content_type=mailbox.MEDIA_TYPE)
