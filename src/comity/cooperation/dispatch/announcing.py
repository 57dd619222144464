# SPDX-License-Identifier: Apache-2.0
"""A new card of ours reaches the peers at once: whoever issues it (an enrolment on a page, a renewal at the machine, a
rotation), a parcel is owed to every accepted peer in the same transaction, and the card goes with it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from comity.cooperation.dispatch.models import Reply
from comity.cooperation.dispatch.waking import wake
from comity.records.authorities.models import Authority, CardRecord, Standing


def announce_card(instance: CardRecord, *, created: bool, using: str, **_: Any) -> None:
    """Called when a card was kept: when it is a new one of ours, the peers are owed a parcel."""
    if not created or instance.authority.standing != Standing.OURSELVES:
        return
    owe_all(instance.came, using)


def owe_all(now: datetime, using: str) -> None:
    """Owe every accepted peer a parcel: what it carries is made when it leaves."""
    peers = Authority.objects.using(using).filter(standing=Standing.ACCEPTED).values_list("id", flat=True)
    Reply.objects.using(using).bulk_create(Reply(peer=peer, members={}, queued=now) for peer in peers)
    transaction.on_commit(wake, using=using)
