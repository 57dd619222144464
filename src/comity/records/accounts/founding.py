# SPDX-License-Identifier: Apache-2.0
"""The first administrator, and the way back in when none is left: a link made at the node's own command line.

Whoever runs that command holds the node's files and passphrase anyway; the register shows `console` as the one who did
it.
"""

from comity.records.accounts import policy
from comity.records.accounts.enrolling import EnrolmentLink, enrolment_link
from comity.records.accounts.models import Means, Officer
from comity.records.accounts.people import create_officer
from comity.records.actors import CONSOLE, Role
from comity.records.errors import NotInSeason
from comity.records.home import Home


def found_administrator(home: Home, means: Means = Means.PASSKEY, name: str = "") -> EnrolmentLink:
    """A link for an administrator, waiting or new. Raises `NotInSeason` while one can sign in."""
    with home.active():
        now = home.now()
        everybody = list(Officer.objects.order_by("pk"))
        if policy.administrators(everybody, home, now):
            raise NotInSeason(what="node", id=home.authority, state="administered", needed="without an administrator")
        waiting = [each for each in everybody if Role.ADMINISTRATOR in each.held and each.active_at(now)]
    officer = waiting[0] if waiting else create_officer(home, CONSOLE, name=name, roles=[Role.ADMINISTRATOR])
    return enrolment_link(home, CONSOLE, officer.pseudonym, means)
