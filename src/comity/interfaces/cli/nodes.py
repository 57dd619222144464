# SPDX-License-Identifier: Apache-2.0
"""`comity node …`: found a node, serve it, look after it."""

import argparse
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli import founding, officers, revocations
from comity.interfaces.cli.shared import at_node, command, group, node, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    nodes = group(commands, "node", "found, serve and look after a node")
    founding.add(nodes)
    serve = command(nodes, "serve", _serve, "serve officers and peers, and work the outbox", as_json=False)
    serve.add_argument("--listen", required=True, metavar="HOST:PORT")
    serve.add_argument("--only", choices=("web", "outbox"), help="run one part, the other elsewhere")
    relay = command(nodes, "relay", _relay, "serve mailboxes for peers that cannot be reached", as_json=False)
    relay.add_argument("--listen", required=True, metavar="HOST:PORT")
    command(nodes, "doctor", at_node(_doctor), "check the node and say what to do")
    card = command(nodes, "card", at_node(_card), "print our card, to hand to peers", as_json=False)
    card.add_argument("--renew", action="store_true", help="issue a new one first, as the settings are now")
    rotate = command(nodes, "rotate", at_node(_rotate), "make new keys; the old ones sign the new card")
    rotate.add_argument(
        "--lost", action="store_true", help="the old keys are lost: every peer must compare words again"
    )
    revocations.add_to_nodes(nodes)
    officers.add(commands, nodes)


def _serve(arguments: argparse.Namespace) -> None:
    from comity.interfaces import serving
    from comity.records import config
    from comity.records.authorities import keyring

    module, node_config = node(), config.read(arguments.home)
    keyring.load(node_config)  # a node whose keys do not open could only refuse
    parts = (arguments.only,) if arguments.only else module.PARTS
    with serving.held(arguments.home, parts):
        if "web" in parts:
            serving.require_free(arguments.listen)
            text = f"Serving {node_config.authority} at {node_config.web}, listening on {arguments.listen}"
            serving.when_it_answers(arguments.listen, lambda: print(text, flush=True))
        else:
            print(f"Working the outbox of {node_config.authority}", flush=True)
        module.serve(arguments.home, arguments.listen, parts)


def _relay(arguments: argparse.Namespace) -> None:
    from comity.interfaces import serving
    from comity.records import config

    config.read(arguments.home)
    with serving.held(arguments.home, ("relay",)):
        node().serve_mailboxes(arguments.home, arguments.listen)


def _doctor(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.records import doctor

    findings = doctor.examine(home)
    value = {"healthy": all(each.good for each in findings), "findings": [each.as_json() for each in findings]}
    show(arguments, value, "\n".join(each.as_text() for each in findings))
    return 0 if value["healthy"] else 1


def _card(arguments: argparse.Namespace, home: "Home") -> None:
    import json

    from comity.records.accounts.roster import card_officers
    from comity.records.action import acting
    from comity.records.actors import CONSOLE, Permission
    from comity.records.authorities import issuing

    if arguments.renew:
        with acting(home, CONSOLE, Permission.MANAGE_KEYS) as act:
            issuing.reissue(act, card_officers(home, act.now))
    print(json.dumps(issuing.our_signed_card().to_json()))


def _rotate(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.accounts.roster import card_officers
    from comity.records.actors import CONSOLE
    from comity.records.authorities import issuing

    named = card_officers(home, home.now())
    after = (issuing.refound if arguments.lost else issuing.rotate_keys)(home, CONSOLE, named)
    keyids = after.keys.current.signing.public.keyids
    follow = "Every peer must compare words again: comity node card > card.json" if arguments.lost else _FOLLOW
    show(arguments, {"keyids": list(keyids), "lost": arguments.lost}, f"New keys {', '.join(keyids)}. {follow}")


_FOLLOW = "Peers follow by themselves. Were the old keys stolen? comity node revoke --reason compromise --since TIME"
