# SPDX-License-Identifier: Apache-2.0
"""An envelope refused whole leaves a trace: a `rejected` leaf with the code and the envelope's digest, and nothing
else.

Anybody who can reach the node can send rubbish. A hundred refusals an hour each get a leaf; beyond that they are only
counted, so that nobody can fill a register for ever by posting noise."""

from datetime import timedelta

from django.db.models import F

from comity.cooperation.reception.models import Rejection
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import digest_of
from comity.records.action import acting
from comity.records.actors import SYSTEM
from comity.records.home import Home
from comity.records.logs import log
from comity.records.register import events

LEAVES_AN_HOUR = 100
KEPT = timedelta(days=7)
_HOUR = timedelta(hours=1)


def refuse(home: Home, data: bytes, error: ComityError) -> None:
    """Register that an envelope was refused. Of one too large to be read, `data` is what was read."""
    envelope = digest_of(data)
    log("envelope-refused", envelope=envelope, code=error.code)
    with home.active():
        since = home.now() - _HOUR
        if Rejection.objects.filter(digest=envelope, at__gt=since).update(times=F("times") + 1):
            return
        recent = Rejection.objects.filter(at__gt=since)
        if recent[:LEAVES_AN_HOUR].count() >= LEAVES_AN_HOUR:
            recent.filter(pk=recent.order_by("-id").values("pk")[:1]).update(times=F("times") + 1)
            return
        with acting(home, SYSTEM) as act:
            Rejection.objects.filter(at__lt=act.now - KEPT).delete()
            Rejection.objects.create(digest=envelope, code=error.code, at=act.now)
            act.record(events.rejected(code=error.code, envelope=envelope))
