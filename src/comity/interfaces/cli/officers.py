# SPDX-License-Identifier: Apache-2.0
"""`comity approver …` and `comity node administrator`: the officers that can be made, and let in again, at the machine.

Whoever sits there holds the keys and the passphrase anyway. What they do is in the register, as done by `console`."""

import argparse
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, show
from comity.records.actors import Role

if TYPE_CHECKING:
    from comity.records.accounts.enrolling import EnrolmentLink
    from comity.records.home import Home


def add(commands: Any, nodes: Any) -> None:
    """Add these commands."""
    administrator = command(
        nodes, "administrator", at_node(_administrator), "a one-time link for an administrator, when none can sign in"
    )
    administrator.add_argument(
        "--again",
        metavar="OFFICER",
        nargs="?",
        const="",
        help="a link for one who is administrator already and lost the passkey; who it is when there are several",
    )
    approvers = group(commands, "approver", "officers who approve")
    enrol = command(approvers, "enrol", at_node(_enrol), "a new approver, and the one-time link for their passkey")
    enrol.add_argument("--name", default="", help="known to this node only")
    enrol.add_argument(
        "--role", action="append", choices=[each.value for each in Role], help="further roles; approver is given"
    )
    enrol.add_argument("--soft", action="store_true", help="a software passkey, on sample nodes only")


def _administrator(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.interfaces.cli.errors import Administered
    from comity.records.accounts import enrolling
    from comity.records.accounts.founding import found_administrator
    from comity.records.actors import CONSOLE

    able = _administrators(home)
    if not able:
        return _show_link(arguments, found_administrator(home))
    named = arguments.again or (able[0] if len(able) == 1 else "")
    if arguments.again is None or named not in able:
        raise Administered(officers=", ".join(able))
    link = enrolling.enrolment_link(home, CONSOLE, named)
    return _show_link(
        arguments, link, "\nThen remove the lost passkey on the officer's page: until then it still opens."
    )


def _administrators(home: "Home") -> list[str]:
    """Those who can sign in as administrator now."""
    from comity.records.accounts import policy
    from comity.records.accounts.models import Officer

    with home.active():
        everybody = list(Officer.objects.order_by("pk"))
        able = policy.administrators(everybody, home, home.now())
    return [each.pseudonym for each in everybody if each.pk in able]


def _enrol(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.accounts import enrolling, people, softly
    from comity.records.actors import CONSOLE

    roles = [Role.APPROVER, *(Role(each) for each in arguments.role or ())]
    officer = people.create_officer(home, CONSOLE, name=arguments.name, roles=roles)
    if arguments.soft:
        softly.enrol(home, officer)
        show(arguments, {"officer": officer.pseudonym, "soft": True}, f"{officer.pseudonym}: software passkey (sample)")
        return
    _show_link(arguments, enrolling.enrolment_link(home, CONSOLE, officer.pseudonym))


def _show_link(arguments: argparse.Namespace, link: "EnrolmentLink", then: str = "") -> None:
    value = {"officer": link.officer, "enrol": link.url, "expires": str(link.expires)}
    show(arguments, value, f"{link.officer}: open this once, within 24 hours:\n{link.url}{then}")
