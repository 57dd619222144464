# SPDX-License-Identifier: Apache-2.0
"""`comity register …`: what this node did, proven."""

import argparse
import base64
import sys
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, show

if TYPE_CHECKING:
    from comity.protocol.ledger.note import VerifierKey
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
    from comity.records.register import check

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr)

    keys = _keys(home)
    signed = _signatures(home, keys)
    found = check.check(using=home.alias, progress=progress)
    root = base64.b64encode(found.root).decode()
    value = {"holds": True, "size": found.size, "root": root, "erased": found.erased, "checkpoints": found.checkpoints}
    text = (
        f"{found.size:,} leaves hold, {found.erased:,} of them erased; "
        f"{found.checkpoints:,} checkpoints agree with them.\n"
        f"{signed:,} signatures of checkpoints verify, by {len(keys)} register key(s) of ours. {root}"
    )
    show(arguments, {**value, "signatures": signed, "keys": len(keys)}, text)


def _keys(home: "Home") -> "list[VerifierKey]":
    """The register keys of all our cards and key files: a checkpoint is signed by the one of its time."""
    from comity.protocol.ledger.checkpoint import register_key
    from comity.records.authorities.lineages import lineage

    with home.active():
        public = [each.card.keys.register for each in lineage(home.authority).held]
    public += [each.register.public_key().public_bytes_raw() for each in home.keys.generations]
    return [register_key(home.authority, each) for each in dict.fromkeys(public)]


def _signatures(home: "Home", keys: "list[VerifierKey]") -> int:
    """Verify the signature of every checkpoint; how many there are. Raises `RegisterDamaged`."""
    from comity.protocol.ledger import note as notes
    from comity.protocol.ledger.errors import LedgerError
    from comity.records.register.errors import RegisterDamaged
    from comity.records.register.models import Checkpoint

    count = 0
    for size, text in Checkpoint.objects.using(home.alias).order_by("size").values_list("size", "note").iterator():
        try:
            note = notes.parse(text.encode())
            key = next((each for each in keys if any(line.by(each) for line in note.lines)), keys[0])
            notes.verify(note, key)
        except LedgerError as refused:
            raise RegisterDamaged(index=size, why=f"its checkpoint does not hold ({refused.code})") from refused
        count += 1
    return count
