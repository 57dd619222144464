# SPDX-License-Identifier: Apache-2.0
"""`comity envelope …`: the road without a line. The same sealed bytes, as a file on a disk."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    envelopes = group(commands, "envelope", "carry envelopes as files")
    export = command(envelopes, "export", at_node(_export), "write what waits for a peer as one sealed file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--to", metavar="AUTHORITY", help="needed when messages wait for several peers")
    take = command(envelopes, "import", at_node(_import), "take in a sealed file")
    take.add_argument("file", type=Path, metavar="FILE")


def _export(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import exporting
    from comity.protocol.wire.names import authority_id
    from comity.records.actors import CONSOLE

    peer = authority_id(arguments.to, "--to") if arguments.to else exporting.only_peer(home, CONSOLE)
    with arguments.file.open("xb") as file:  # first of all: what is exported is no longer owed
        try:
            made = exporting.export(home, CONSOLE, peer)
        except BaseException:  # boundary: no empty file is left, whatever stopped the export
            arguments.file.unlink()
            raise
        file.write(made.envelope)
    value = {"file": str(arguments.file), "to": peer, "messages": made.messages, "replies": made.replies}
    text = f"{arguments.file}: {made.messages} messages and {made.replies} replies, sealed to {peer}."
    show(arguments, {**value, "bytes": len(made.envelope)}, text)


def _import(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.cooperation.reception import importing
    from comity.records.actors import CONSOLE

    found = importing.take_in(home, CONSOLE, arguments.file.read_bytes())
    refused = [{"message": digest, "code": code} for digest, code in found.refused]
    value = {"from": found.sender, "new": found.fresh, "known": found.known, "refused": refused}
    text = f"From {found.sender}: {found.fresh} new, {found.known} known, {len(refused)} refused."
    show(arguments, value, text + "".join(f"\n  {each['message']} {each['code']}" for each in refused))
    return 1 if refused else 0
