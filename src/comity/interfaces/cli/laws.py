# SPDX-License-Identifier: Apache-2.0
"""`comity law …`: what the facts of law say, with no node at all."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli import law_answers
from comity.interfaces.cli.shared import command, group, show

if TYPE_CHECKING:
    from comity.law.facts.fact import Fact
    from comity.law.view import View


def add(commands: Any) -> None:
    """Add these commands."""
    laws = group(commands, "law", "what binds whom, by facts that are dated and sourced")
    law_answers.add(laws)
    bound = command(laws, "parties", _parties, "whom an instrument binds, and since when", home=False)
    bound.add_argument("instrument", metavar="INSTRUMENT", help="its id, such as ETS185")
    dated(bound)
    checked = command(laws, "check", _check, "validate files of facts, and find contradictions", home=False)
    checked.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="a node's own facts, beside those shipped; else rules/"
    )


def dated(made: argparse.ArgumentParser) -> None:
    """The two days of a question."""
    made.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day asked about; today without it")
    made.add_argument(
        "--known", type=date.fromisoformat, metavar="DATE", help="by what was known on that day; today without it"
    )


def view(arguments: argparse.Namespace) -> "View":
    """The facts for the days asked about."""
    from comity.law.view import View, shipped_index

    today = datetime.now(UTC).date()
    return View(shipped_index(), arguments.on or today, arguments.known or today)


def sourced(fact: "Fact") -> dict[str, Any]:
    """A fact's source for scripts."""
    return {"source": fact.source, "verification": fact.verification, "to_verify": fact.to_verify, "note": fact.note}


def _parties(arguments: argparse.Namespace) -> None:
    from comity.law import binding

    asked = view(arguments)
    found = binding.parties(asked, arguments.instrument)
    value = {
        "instrument": arguments.instrument,
        "on": asked.on,
        "known": asked.known,
        "parties": [
            {
                "state": each.state,
                "finding": each.finding,
                "why": each.why,
                "since": each.since,
                "facts": [sourced(fact) for fact in each.facts],
            }
            for each in found
        ],
    }
    bound = [each for each in found if each.finding == "bound"]
    lines = [
        f"{each.state}  {each.finding:<11}  {each.since or ''!s:<10}  {each.why}"
        + ("" if all(fact.verified for fact in each.facts) else "  (not verified)")
        for each in found
    ]
    head = f"{arguments.instrument} on {asked.on}: binds {len(bound)} that the facts know of."
    silent = "Of states that are not listed the facts say nothing."
    show(arguments, value, "\n".join([head, *lines, silent]))


def _check(arguments: argparse.Namespace) -> int:
    from comity.law.errors import FactsUnsound
    from comity.law.facts.book import shipped
    from comity.law.facts.checking import check

    own: Path | None = arguments.folder
    folder = own or Path("rules")
    if not folder.is_dir():
        raise NotADirectoryError(20, "is no folder of facts", str(folder))
    checked = check(folder, beside=shipped() if own else None)
    if checked.faults and not arguments.json:
        print("\n".join(f"{folder}/{each}" for each in checked.faults))
        raise FactsUnsound(count=len(checked.faults), folder=str(folder))
    faults = [{"file": each.file, "line": each.line, "code": each.code, "text": each.text} for each in checked.faults]
    count = sum(1 for _ in checked.book.facts())
    show(arguments, {"holds": not faults, "facts": count, "faults": faults}, f"{count:,} facts hold together.")
    return 1 if faults else 0
