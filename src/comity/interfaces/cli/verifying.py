# SPDX-License-Identifier: Apache-2.0
"""`comity verify FILE…`: what a file proves, with no node, no database and no network. `comity conformance URL` asks a
node at an address whether it keeps to the protocol.

Exit status 0: everything given holds. 1: something does not, or is only said and not proven.
"""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import command

if TYPE_CHECKING:
    from comity.protocol.proof.errors import StepFailed
    from comity.protocol.proof.report import Report


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
        "--trust", action="append", metavar="DIGEST", help="a card that you trust; may be given several times"
    )


def _verify(arguments: argparse.Namespace) -> int:
    from comity.protocol.proof import recognising
    from comity.protocol.wire.names import digest

    trusted = None if arguments.trust is None else {digest(each, "--trust", "DIGEST") for each in arguments.trust}
    contents = {path: path.read_bytes() for path in arguments.files}
    beside = recognising.cards_in(contents.values())
    found = {path: _examined(data, beside, trusted) for path, data in contents.items()}
    told = {str(path): each.as_json() for path, each in found.items()}
    holds = all(each["holds"] for each in told.values())
    if arguments.json:
        only = next(iter(told.values())) if len(told) == 1 else {}
        print(json.dumps({**only, "holds": holds, "files": told}, ensure_ascii=False))
    else:
        print("\n\n".join(f"{path}\n{each.as_text()}" for path, each in found.items()))
    return 0 if holds else 1


def _examined(data: bytes, beside: Any, trusted: Any) -> "Report | StepFailed":
    from comity.protocol.proof import recognising
    from comity.protocol.proof.errors import StepFailed

    try:
        return recognising.examine(data, beside, trusted)
    except StepFailed as failed:
        return failed
