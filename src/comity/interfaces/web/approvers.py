# SPDX-License-Identifier: Apache-2.0
"""What waits here for approval, and who else can give it: how many, never who."""

from comity.cooperation.dispatch import approving
from comity.cooperation.dispatch.models import Outgoing
from comity.records.accounts import passkeys
from comity.records.accounts.models import Officer
from comity.records.actors import Role
from comity.records.home import Home


def others(home: Home, found: Outgoing, me: Officer) -> int:
    """How many officers but this one may approve the statement now: approvers at work with a passkey, who have not
    approved it and did not submit it alone."""
    now, gave = home.now(), {str(each.get("officer", "")) for each in found.approvals}
    return sum(
        Role.APPROVER in each.held
        and each.active_at(now)
        and each.pseudonym not in gave
        and not approving.own(found, each.pseudonym)
        and passkeys.usable(home, each).exists()
        for each in Officer.objects.exclude(pk=me.pk)
    )


def waiting() -> int:
    """How many statements wait for approval here."""
    return Outgoing.objects.filter(status=Outgoing.Status.AWAITING).count()
