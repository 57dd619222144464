# SPDX-License-Identifier: Apache-2.0
"""`comity verify FILE…`: what a file proves, with no node, no database and no network. `comity conformance URL` asks a
node at an address whether it keeps to the protocol.

Exit status 0: everything given holds. 1: something does not, or is only said and not proven, cannot be read, is no file
of a message that holds, or cannot be written.
"""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import command, read_json

if TYPE_CHECKING:
    from datetime import datetime

    from comity.interfaces.conformance.identity import Identity


def add(commands: Any) -> None:
    """Add these commands."""
    verify = command(
        commands, "verify", _verify, "say what a file proves: for whom, when, and what is left to ask", home=False
    )
    verify.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="a proof file, message, card, receipt, checkpoint or envelope",
    )
    verify.add_argument(
        "--trust",
        action="append",
        metavar="DIGEST",
        help="a card that you compared with its authority, by its digest or its digits in quotes; once for each",
    )
    verify.add_argument("--full", action="store_true", help="print long texts whole")
    verify.add_argument("--match", type=Path, nargs="+", metavar="FILE", help="say which attachment each of these is")
    verify.add_argument("--extract", type=Path, metavar="DIR", help="write the attachments here, over nothing")
    conformance = command(
        commands, "conformance", _conformance, "ask a node whether it keeps to the protocol", home=False
    )
    conformance.add_argument("url", metavar="URL", help="where peers post to, such as http://127.0.0.1:8001/comity/v1")
    conformance.add_argument("--card", type=Path, metavar="FILE", help="the node's card: comity node card --home DIR")
    conformance.add_argument(
        "--as", type=Path, dest="folder", metavar="DIR", help="our throw-away authorities; made at the first time"
    )


def _verify(arguments: argparse.Namespace) -> int:
    from comity.interfaces.cli import checking
    from comity.protocol.proof import trusting

    trusted = None if arguments.trust is None else {trusting.named(each) for each in arguments.trust}
    told = checking.check(arguments.files, trusted, full=arguments.full)
    if arguments.match:
        told.match(arguments.match)
    if arguments.extract:
        told.extract(arguments.extract)
    print(told.as_json() if arguments.json else told.as_text())
    return 0 if told.good else 1


def _conformance(arguments: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from comity.interfaces.conformance import suite
    from comity.interfaces.conformance.line import answered
    from comity.interfaces.conformance.talk import Talk
    from comity.protocol.wire import card as cards
    from comity.protocol.wire.dsse import Signed

    now = datetime.now(UTC)
    ours = _identities(arguments.folder, now)
    node = ours[0].card
    if arguments.card:
        node = cards.verify(Signed.from_json(read_json(arguments.card)))
    line = answered(arguments.url)
    talks = [Talk(line, each, node, lambda: datetime.now(UTC), os.urandom) for each in ours]
    found = []
    for result in suite.run(*talks, card=arguments.card is not None):
        found.append(result)
        if not arguments.json:
            print(result.as_text(), flush=True)
    counts = {each: sum(one.outcome == each for one in found) for each in ("passed", "failed", "skipped")}
    if arguments.json:
        print(json.dumps({"conforms": not counts["failed"], **counts, "checks": [each.as_json() for each in found]}))
    else:
        print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
        print(_how_to_accept(arguments.folder, ours, arguments.card, counts["skipped"]), end="")
    return 1 if counts["failed"] else 0


def _identities(folder: Path | None, now: "datetime") -> "list[Identity]":
    from comity.interfaces.conformance import identity
    from comity.protocol.wire.names import AuthorityId

    if folder is not None:
        return identity.at(folder, now, os.urandom)
    return [identity.new(AuthorityId(f"ZZ/conformance-{os.urandom(4).hex()}"), now, os.urandom) for _ in range(2)]


def _how_to_accept(folder: Path | None, ours: "list[Identity]", card: Path | None, skipped: int) -> str:
    """What the node's administrator does for the rest of the checks."""
    if not skipped:
        return ""
    if folder is None or card is None:
        return "For the rest: comity conformance URL --card NODE_CARD.json --as DIR\n"
    from comity.protocol.proof.lines import spoken
    from comity.protocol.wire import card as cards
    from comity.protocol.wire import trust
    from comity.protocol.wire.dsse import Signed

    node = cards.verify(Signed.from_json(read_json(card)))
    lines = ["For the rest, the administrator of the node accepts our sample cards, and you run this again:"]
    for each, name in zip(ours, ("card.json", "second-card.json"), strict=True):
        words = spoken(trust.comparison(node, each.card))
        lines.append(f"  comity peer invite --home HOME {folder / name}")
        lines.append(f'  comity peer accept --home HOME {folder / name} --words "{words}"')
    return "\n".join(lines) + "\n"
