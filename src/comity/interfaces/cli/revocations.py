# SPDX-License-Identifier: Apache-2.0
"""`comity node revoke` and `comity peer revoke`: keys that count no more, and since when.

A revocation is never taken back. So nothing is guessed: a peer's keys are named, and the time lies between the first
card that bore them and now."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, show

if TYPE_CHECKING:
    from comity.protocol.wire.lineage import Lineage
    from comity.records.home import Home

REASONS = ("superseded", "compromise", "loss")


def add_to_nodes(nodes: Any) -> None:
    """Add `comity node revoke`."""
    ours = command(nodes, "revoke", at_node(_ours), "declare keys of earlier cards no longer ours")
    _when_and_why(ours)
    ours.add_argument("keyids", nargs="*", metavar="KEYID", help="those of all earlier cards without it")


def add_to_peers(peers: Any) -> None:
    """Add `comity peer revoke`."""
    theirs = command(peers, "revoke", at_node(_theirs), "enter a peer's revocation, on its word by telephone")
    theirs.add_argument("authority", metavar="AUTHORITY")
    _when_and_why(theirs)
    theirs.add_argument("--all", action="store_true", help="every key of every card of it that we know")
    theirs.add_argument("keyids", nargs="*", metavar="KEYID", help="which; without any, those known are listed")


def _when_and_why(made: argparse.ArgumentParser) -> None:
    made.add_argument("--reason", required=True, choices=REASONS)
    made.add_argument("--since", metavar="TIME", help="such as 2026-11-22T07:33:54.123Z; now without it")


def _ours(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import delivering
    from comity.interfaces.cli.errors import NoEarlierKeys
    from comity.protocol.wire.revocation import Reason
    from comity.records.actors import CONSOLE
    from comity.records.authorities import revoking
    from comity.records.authorities.issuing import our_card
    from comity.records.authorities.lineages import lineage

    with home.active():
        now, line = set(our_card().keys.keyids), lineage(home.authority)
    keyids = arguments.keyids or sorted(set(_starts(line)) - now)
    if not keyids:
        raise NoEarlierKeys(authority=home.authority)
    since = _since(arguments.since, line, keyids, home.now())
    signed = revoking.revoke_ours(home, CONSOLE, keyids, since, Reason(arguments.reason))
    delivering.announce(home)
    text = (
        f"Revoked {', '.join(keyids)}. Every peer hears of it with the next parcel; ring them if the keys were stolen."
    )
    show(arguments, {"revocation": signed.digest, "keyids": keyids, "since": str(since)}, text)


def _theirs(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.interfaces.cli.errors import KeysNotNamed
    from comity.protocol.wire.names import authority_id
    from comity.protocol.wire.revocation import Reason
    from comity.records.actors import CONSOLE
    from comity.records.authorities import revoking
    from comity.records.authorities.lineages import lineage

    authority = authority_id(arguments.authority)
    with home.active():
        line = lineage(authority)
    keyids = sorted(_starts(line)) if arguments.all else arguments.keyids
    if not keyids:
        raise KeysNotNamed(authority=authority, known=_listed(line))
    since = _since(arguments.since, line, keyids, home.now())
    revoking.revoke_by_hand(home, CONSOLE, authority, keyids, since, Reason(arguments.reason))
    text = f"{', '.join(keyids)} of {authority} count no more. Compare its new card before you exchange again."
    show(arguments, {"authority": authority, "keyids": keyids, "since": str(since)}, text)


def _starts(line: "Lineage") -> dict[str, datetime]:
    """Every key of the cards, with the start of the first card that bore it."""
    found: dict[str, datetime] = {}
    for each in line.held:
        for key in each.card.keys.keyids:
            found[key] = min(found.get(key, each.card.start), each.card.start)
    return found


def _since(text: str | None, line: "Lineage", keyids: list[str], now: datetime) -> datetime:
    """The time given, or now. Raises `TimeUnsound`."""
    from comity.interfaces.cli.errors import TimeUnsound
    from comity.protocol.wire.errors import BadMember
    from comity.protocol.wire.names import format_time, parse_time

    if not text:
        return now
    try:
        since = parse_time(text)
    except BadMember as error:
        raise TimeUnsound(since=text, why=str(error.data["why"]).removeprefix("is ")) from None
    begun = [start for key, start in _starts(line).items() if key in keyids]
    if since > now:
        raise TimeUnsound(since=text, why=f"in the future; it is {format_time(now)}")
    if begun and since < min(begun):
        raise TimeUnsound(since=text, why=f"before these keys' first card, which is from {format_time(min(begun))}")
    return since


def _listed(line: "Lineage") -> str:
    """The keys by the cards that bear them, each generation once, with its dates."""
    from comity.protocol.wire.names import format_time

    told: dict[tuple[str, ...], str] = {}
    for each in line.held:
        card = each.card
        told[tuple(card.keys.keyids)] = (
            f"    {' '.join(card.keys.keyids)}\n"
            f"      card {card.serial}, from {format_time(card.start)} until {format_time(line.end(each))}"
        )
    return "\n".join(told.values())
