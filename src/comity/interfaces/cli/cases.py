# SPDX-License-Identifier: Apache-2.0
"""`comity case …`: a case is an id, a title that stays here, and the threads under it."""

import argparse
from typing import Any

from comity.interfaces.cli.shared import boot, command, group, show


def add(commands: Any) -> None:
    """Add these commands."""
    cases = group(commands, "case", "cases: what the threads lie under")
    new = command(cases, "new", _new, "open a case")
    new.add_argument("--title", required=True)
    command(cases, "list", _list, "the newest cases")
    one = command(cases, "show", _show, "a case and its threads")
    one.add_argument("id", metavar="ID")


def _new(arguments: argparse.Namespace) -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases

    made = cases.new(boot(arguments), CONSOLE, arguments.title)
    show(arguments, {"id": made.id, "title": made.title}, made.id)


def _list(arguments: argparse.Namespace) -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases

    found = cases.newest(boot(arguments), CONSOLE)
    value = [{"id": each.id, "title": each.title, "created": each.created} for each in found]
    show(arguments, {"cases": value}, "\n".join(f"{each.id}  {each.title}" for each in found))


def _show(arguments: argparse.Namespace) -> None:
    from comity.records.actors import CONSOLE
    from comity.records.casefiles import cases
    from comity.records.threads import reading

    home = boot(arguments)
    case = cases.case(home, CONSOLE, arguments.id)
    with home.active():
        rows = reading.recent(CONSOLE, case=case.id).rows
    threads = [{"id": each.id, "kind": each.kind, "with": each.counterpart, "state": each.state} for each in rows]
    text = "\n".join(
        [case.title, *(f"  {each['id']}  {each['kind']}  {each['with']}  {each['state']}" for each in threads)]
    )
    show(arguments, {"id": case.id, "title": case.title, "threads": threads}, text)
