# SPDX-License-Identifier: Apache-2.0
"""`comity case …`: a case is an id, a title that stays here, and the threads under it."""

import argparse
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    cases = group(commands, "case", "cases: what the threads lie under")
    new = command(cases, "new", at_node(_new), "open a case")
    new.add_argument("--title", required=True)
    command(cases, "list", at_node(_list), "the newest cases")
    one = command(cases, "show", at_node(_show), "a case and its threads")
    one.add_argument("id", metavar="ID")


def _new(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases

    made = cases.new(home, CONSOLE, arguments.title)
    show(arguments, {"id": made.id, "title": made.title}, made.id)


def _list(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases

    found = cases.newest(home, CONSOLE)
    value = [{"id": each.id, "title": each.title, "created": each.created} for each in found]
    show(arguments, {"cases": value}, "\n".join(f"{each.id}  {each.title}" for each in found))


def _show(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases
    from comity.records.threads import reading

    case = cases.case(home, CONSOLE, arguments.id)
    with home.active():
        rows = reading.recent(CONSOLE, case=case.id).rows
    threads = [{"id": each.id, "kind": each.kind, "with": each.counterpart, "state": each.state} for each in rows]
    text = "\n".join(
        [case.title, *(f"  {each['id']}  {each['kind']}  {each['with']}  {each['state']}" for each in threads)]
    )
    show(arguments, {"id": case.id, "title": case.title, "threads": threads}, text)
