# SPDX-License-Identifier: Apache-2.0
"""`comity peer …`: take in a card, compare words by telephone, accept, list, and find out why a line is still."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli import revocations
from comity.interfaces.cli.shared import at_node, command, group, read_json, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    peers = group(commands, "peer", "authorities that this node exchanges with")
    invite = command(
        peers, "invite", at_node(_invite), "take in a peer's card and print the words to compare by telephone"
    )
    invite.add_argument("card", type=Path, metavar="card.json")
    accept = command(peers, "accept", at_node(_accept), "trust a card whose words agree with those read out")
    accept.add_argument("card", type=Path, metavar="card.json")
    accept.add_argument("--words", required=True, help="the words, or the digits, that the other side read out")
    command(peers, "list", at_node(_list), "the peers, their standing and their lines")
    doctor = command(peers, "doctor", at_node(_doctor), "say what stops each line, and what to do")
    doctor.add_argument("--clear", metavar="AUTHORITY", help="after people have spoken: clear its alarm")
    revocations.add_to_peers(peers)
    suspend = command(peers, "suspend", at_node(_suspend), "stop all exchange with a peer at once")
    suspend.add_argument("authority", metavar="AUTHORITY")
    suspend.add_argument("--reason", default="other", choices=("compromised", "alarm", "agreement-ended", "other"))


def _signed(path: Path) -> Any:
    from comity.protocol.wire.dsse import Signed

    return Signed.from_json(read_json(path))


def _invite(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.protocol.wire import card as cards
    from comity.records.actors import CONSOLE
    from comity.records.authorities import peers

    signed = _signed(arguments.card)
    card = cards.verify(signed)
    compared = peers.invite(home, CONSOLE, signed)
    words, digits = " ".join(compared.words), " ".join(compared.digits)
    value = {"authority": card.authority, "card": signed.digest, "words": words, "digits": digits}
    text = (
        f"{card.authority}\n\n  {words}\n  {digits}\n\n"
        "Ring them at a number that you know, and have them read out their words. If they are these:\n"
        f'  comity peer accept --home {arguments.home} {arguments.card} --words "…"\n\n'
        f"The card says: {card.contact.telephone or 'no telephone'}. Whoever forged the card would answer there."
    )
    show(arguments, value, text)


def _accept(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.protocol.wire import card as cards
    from comity.records.actors import CONSOLE
    from comity.records.authorities import peers

    authority = cards.verify(_signed(arguments.card)).authority
    card = peers.accept(home, CONSOLE, authority, arguments.words)
    show(arguments, {"authority": authority, "card": card.digest, "standing": "accepted"}, f"{authority} is accepted.")


def _list(arguments: argparse.Namespace, home: "Home") -> None:
    found = [each.as_json() for each in _lines(home)]
    lines = [f"{each['authority']:<32} {each['standing']:<10} {each['line']}" for each in found]
    show(arguments, {"peers": found}, "\n".join(lines) or "No peers yet: comity peer invite --home DIR card.json")


def _doctor(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.protocol.wire.names import authority_id
    from comity.records.actors import CONSOLE
    from comity.records.authorities import peers

    if arguments.clear:
        peers.clear_alarm(home, CONSOLE, authority_id(arguments.clear))
    found = _lines(home)
    value = {"healthy": all(each.good for each in found), "peers": [each.as_json() for each in found]}
    show(arguments, value, "\n\n".join(each.as_text() for each in found) or "No peers yet.")
    return 0 if value["healthy"] else 1


def _lines(home: "Home") -> Any:
    from comity.cooperation.dispatch import lines
    from comity.records.actors import CONSOLE

    return lines.examine(home, CONSOLE)


def _suspend(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.protocol.wire.names import authority_id
    from comity.records.actors import CONSOLE
    from comity.records.authorities import peers

    authority = authority_id(arguments.authority)
    peers.suspend(home, CONSOLE, authority, arguments.reason)
    show(arguments, {"authority": authority, "standing": "suspended"}, f"Nothing is exchanged with {authority} now.")
