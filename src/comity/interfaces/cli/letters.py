# SPDX-License-Identifier: Apache-2.0
"""`comity request letter`: a thread's request, or another message of it, as PDF, in any of the twelve languages.

A letter that is written leaves a leaf `exported`, as at the desk.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, new_file, show
from comity.protocol.terms.languages import LANGUAGE_CODES

if TYPE_CHECKING:
    from comity.records.home import Home


def add(requests: Any) -> None:
    """Add this command to `comity request`."""
    letter = command(requests, "letter", at_node(_letter), "write a thread's request as a letter, as PDF")
    letter.add_argument("--thread", required=True, metavar="ID")
    letter.add_argument(
        "--message", default="", metavar="DIGEST", help="another message of the thread than the request"
    )
    letter.add_argument(
        "--language", required=True, choices=LANGUAGE_CODES.codes, help="what the officer wrote stays as written"
    )
    letter.add_argument("--out", type=Path, required=True, metavar="FILE", help="over nothing")
    letter.add_argument("--force", action="store_true", help="let --out write over a file that is there")


def _letter(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import lettering
    from comity.protocol.wire.names import digest_of
    from comity.records.actors import CONSOLE

    with new_file(arguments.out, force=arguments.force) as file:
        made = lettering.letter_of(home, CONSOLE, arguments.thread, arguments.language, arguments.message)
        file.write(made)
    value = {"thread": arguments.thread, "language": arguments.language, "file": str(arguments.out)}
    value["digest"] = digest_of(made)
    show(arguments, value, f"{arguments.out}: {value['digest']}")
