# SPDX-License-Identifier: Apache-2.0
"""`comity register …`: what this node did, proven."""

import argparse
import base64
import sys
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    registers = group(commands, "register", "the node's own log, and proofs out of it")
    command(registers, "head", at_node(_head), "sign and print the checkpoint of now, and who cosigned the last")
    prove = command(registers, "prove", at_node(_prove), "prove one leaf")
    prove.add_argument("index", type=int, metavar="INDEX")
    command(registers, "check", at_node(_check), "compute the whole register anew and hold it against its checkpoints")


def _head(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.exchange.compose import our_checkpoint
    from comity.records.register import checkpoints

    signed = our_checkpoint(home)
    size = signed.checkpoint.size
    witnesses = [each.name for each in checkpoints.cosigned_by(size, home.alias)]
    note = signed.note.to_bytes().decode()
    root = base64.b64encode(signed.checkpoint.root).decode()
    show(arguments, {"size": size, "root": root, "checkpoint": note, "cosigned_by": witnesses}, note.removesuffix("\n"))


def _prove(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.exchange.compose import our_checkpoint
    from comity.records.register import entry, proofs

    signed = our_checkpoint(home)
    found = proofs.prove(arguments.index, signed.checkpoint.size, using=home.alias)
    said = entry.parse(found.entry) if found.entry else None
    value = {
        "index": found.index,
        "size": found.size,
        "entry": said,
        "salt": base64.b64encode(found.salt).decode() if found.salt else None,
        "commitment": found.commitment.hex(),
        "proof": [each.hex() for each in found.proof],
        "checkpoint": signed.note.to_bytes().decode(),
    }
    text = f"leaf {found.index} of {found.size}: {said or 'erased'}\n" + "\n".join(each.hex() for each in found.proof)
    show(arguments, value, text)


def _check(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.protocol.ledger.checkpoint import origin_of
    from comity.protocol.ledger.note import VerifierKey
    from comity.records.register import check

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr)

    key = VerifierKey(origin_of(home.authority), home.keys.current.register.public_key().public_bytes_raw())
    single = len(home.keys.generations) == 1
    found = check.check(using=home.alias, key=key if single else None, progress=progress)
    root = base64.b64encode(found.root).decode()
    value = {"holds": True, "size": found.size, "root": root, "erased": found.erased, "checkpoints": found.checkpoints}
    text = (
        f"{found.size:,} leaves hold, {found.erased:,} of them erased; {found.checkpoints:,} checkpoints agree. {root}"
    )
    show(arguments, value, text)
