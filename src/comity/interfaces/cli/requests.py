# SPDX-License-Identifier: Apache-2.0
"""`comity request …` and `comity answer …`: ask, approve, send, show, recall; and answer.

The road of a request: `draft` writes it, `approve` freezes it and waits for the officers' passkeys, `send` sees it to
the peer's receipt. An answer takes the same road: `answer` makes the move and says how many approvals it awaits."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli import letters, threads
from comity.interfaces.cli.shared import at_node, command, group, node, read_body, show

if TYPE_CHECKING:
    from comity.records.home import Home

ANSWERS = {
    "acknowledge": "acknowledged",
    "clarify": "clarification",
    "clarified": "clarified",
    "accept": "accepted",
    "accept-in-part": "accepted-in-part",
    "accept-with-conditions": "accepted-with-conditions",
    "accept-conditions": "conditions-accepted",
    "decline-conditions": "conditions-declined",
    "postpone": "postponed",
    "refuse": "refused",
    "impossible": "impossible",
    "preserved": "preserved",
    "produce": "produced",
    "confirm": "confirmed",
    "state-criteria": "criteria-stated",
    "propose-allocation": "allocation-proposed",
    "agree-allocation": "allocation-agreed",
    "carry-out-allocation": "allocation-carried-out",
    "not-agreed": "not-agreed",
    "answer-dispute": "dispute-answered",
    "consult": "dispute-consultation",
    "conciliate": "dispute-conciliation",
    "propose-settlement": "settlement-proposed",
    "settle": "settled",
    "refer": "referred",
    "withdraw": "withdrawn",
    "close": "closed",
    "note": "note",
    "recall-sealed": "recall-sealed",
    "recall-destroyed": "recall-destroyed",
    "recall-refused": "recall-refused",
}
WAIT = 900


def add(commands: Any) -> None:
    """Add these commands."""
    requests = group(commands, "request", "ask another authority")
    command(requests, "kinds", _kinds, "the kinds of request", home=False)
    draft = command(requests, "draft", at_node(_draft), "write a request; it may be incomplete")
    draft.add_argument("--kind", required=True)
    draft.add_argument("--to", required=True, action="append", metavar="AUTHORITY", help="may be given several times")
    draft.add_argument(
        "--via", action="append", default=[], metavar="AUTHORITY", help="a home authority that relays it"
    )
    draft.add_argument(
        "--body",
        type=Path,
        required=True,
        metavar="FILE",
        help="a file with a JSON object; docs/protocol/kinds.md shows one for each kind",
    )
    draft.add_argument("--file", type=Path, action="append", default=[], metavar="FILE", help="attach a small file")
    draft.add_argument("--handling", type=Path, metavar="FILE", help="a file with a JSON object, such as tlp and pap")
    draft.add_argument("--case", default="", metavar="ID")
    approve = command(requests, "approve", at_node(_approve), "freeze it and wait for an officer's passkey")
    approve.add_argument("id", metavar="ID")
    approve.add_argument(
        "--soft", metavar="OFFICER", nargs="?", const="", help="use a software passkey, on sample nodes"
    )
    approve.add_argument("--wait", type=int, default=WAIT, metavar="SECONDS")
    send = command(requests, "send", at_node(_send), "see it to the peer's receipt")
    send.add_argument("id", metavar="ID")
    relay = command(
        requests, "relay", at_node(_relay), "as a home authority: endorse what waits in a thread, pass it on"
    )
    relay.add_argument("id", metavar="THREAD")
    recall = command(requests, "recall", at_node(_recall), "call back what we said in a thread")
    recall.add_argument("id", metavar="THREAD")
    recall.add_argument(
        "--body", type=Path, metavar="FILE", help="the reason, and `of`: which messages; all of ours without it"
    )
    threads.add(requests)
    letters.add(requests)
    discard = command(requests, "discard", at_node(_discard), "throw a draft away, or what waits for approval")
    discard.add_argument("id", metavar="ID")
    answer = command(commands, "answer", at_node(_answer), "make a move in a thread")
    answer.add_argument("id", metavar="THREAD")
    answer.add_argument("move", choices=sorted(ANSWERS))
    answer.add_argument("--body", type=Path, metavar="FILE")
    answer.add_argument("--file", type=Path, action="append", default=[], metavar="FILE", help="hand over a small file")


def _kinds(arguments: argparse.Namespace) -> None:
    from comity.protocol.terms import kinds

    found = kinds.titles()
    show(
        arguments,
        {"kinds": [{"kind": name, "title": title} for name, title in found.items()]},
        "\n".join(f"{name:<28} {title}" for name, title in found.items()),
    )


def _draft(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.drafting import actions
    from comity.protocol.terms.handling import DEFAULT
    from comity.records.actors import CONSOLE

    made = actions.start(
        home,
        CONSOLE,
        kind=arguments.kind,
        to=arguments.to,
        body=_with_files(read_body(arguments.body), arguments.file),
        handling=read_body(arguments.handling) or DEFAULT,
        via=arguments.via,
        case=arguments.case,
    )
    lacks = [{"path": each.path, "problem": each.code} for each in actions.problems(made)]
    text = f"{made.id}\n" + "".join(f"  still lacks {each['path']}: {each['problem']}\n" for each in lacks)
    show(arguments, {"id": made.id, "kind": made.kind, "lacks": lacks}, text.rstrip())


def _with_files(body: dict[str, Any], files: list[Path]) -> dict[str, Any]:
    from comity.cooperation.answering.actions import enclosed

    held = [enclosed(each).as_attachment() for each in files]
    return {**body, "attachments": [*body.get("attachments", ()), *held]} if held else body


def _approve(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.cooperation.dispatch import approving
    from comity.interfaces.cli.errors import AlreadySent
    from comity.records.actors import CONSOLE

    id = _frozen(home, arguments.id)
    before = approving.outgoing(home, CONSOLE, id)
    if before.needed and before.status == before.Status.SENT:
        raise AlreadySent(id=id, thread=before.thread)
    if before.needed == 0:
        pass  # it left when it was frozen
    elif arguments.soft is not None:
        _approve_softly(home, id, arguments.soft)
    else:
        address = f"{home.config.origin}/approve/{approving.ticket(home, CONSOLE, id)}"
        print(f"Open this once, within {arguments.wait // 60} minutes, with a passkey:\n{address}", file=sys.stderr)
        _wait_for_approval(home, id, arguments.wait)
    found = approving.outgoing(home, CONSOLE, id)
    given = len(found.approvals)
    value = {"id": found.id, "thread": found.thread, "status": found.status, "approvals": given, "needed": found.needed}
    how_far = _how_far(home, found.thread, found.digest) if found.status == found.Status.SENT else found.status
    text = f"{found.id}: {given} of {found.needed} approvals, {how_far}"
    show(arguments, {**value, "digest": found.digest}, text)
    return 0 if given > len(before.approvals) or found.needed == 0 else 1


def _how_far(home: "Home", thread: str, message: str) -> str:
    from comity.cooperation.dispatch import journeys
    from comity.records.actors import CONSOLE

    ours = [each for each in journeys.deliveries(home, CONSOLE, thread) if each.message == message]
    return "; ".join(journeys.how_far(each.as_json()) for each in ours) or "entered: it counts now"


def _frozen(home: "Home", id: str) -> str:
    """The id of the frozen statement: `id` itself, or what the draft `id` becomes now."""
    from comity.cooperation.drafting import actions
    from comity.cooperation.drafting.models import Draft
    from comity.records.actors import CONSOLE

    with home.active():
        draft = Draft.objects.filter(id=id).first()
    if draft is None:
        return id
    return draft.outgoing or actions.submit(home, CONSOLE, id).id


def _approve_softly(home: "Home", id: str, pseudonym: str) -> None:
    from comity.cooperation.dispatch import approving
    from comity.records.accounts import softly
    from comity.records.accounts.models import Officer
    from comity.records.actors import CONSOLE

    softly.require_sample(home)
    done = {each["officer"] for each in approving.outgoing(home, CONSOLE, id).approvals}
    for name, key in softly.keys(home).items():
        if name not in done and pseudonym in ("", name):
            with home.active():
                officer = Officer.objects.get(pseudonym=name)
            asked = approving.options(home, officer, id)
            approving.approve(home, officer, id, softly.answer(home, key, asked))
            return
    softly.key_of(home, pseudonym or "another officer")


def _wait_for_approval(home: "Home", id: str, seconds: int) -> None:
    from comity.cooperation.dispatch import approving
    from comity.records.actors import CONSOLE

    before = len(approving.outgoing(home, CONSOLE, id).approvals)
    until = time.monotonic() + seconds
    while time.monotonic() < until and len(approving.outgoing(home, CONSOLE, id).approvals) == before:
        time.sleep(0.5)


def _send(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.cooperation.dispatch import journeys
    from comity.records.actors import CONSOLE

    id = _frozen(home, arguments.id)
    thread = journeys.require_sent(home, CONSOLE, id)
    node().deliver_now(home)
    rows = [each.as_json() for each in journeys.deliveries(home, CONSOLE, thread)]
    done = all(each["status"] == "delivered" for each in rows)
    text = "\n".join(f"{each['message'][:19]}… {journeys.how_far(each)}" for each in rows)
    show(arguments, {"id": id, "thread": thread, "delivered": done, "deliveries": rows}, text)
    return 0 if done else 1


def _recall(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.closing import actions
    from comity.protocol.wire.names import MessageId
    from comity.records.actors import CONSOLE
    from comity.records.threads import reading, store

    body = read_body(arguments.body)
    with home.active():
        row = reading.thread(CONSOLE, arguments.id)
        ours = store.state_of(MessageId(row.id)).recallable.get(home.authority, ())
    prepared = actions.recall(home, CONSOLE, arguments.id, body.pop("of", None) or ours, body)
    _prepared(arguments, prepared)


def _discard(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import approving
    from comity.cooperation.drafting import actions
    from comity.cooperation.drafting.models import Draft
    from comity.records.actors import CONSOLE

    with home.active():
        draft = Draft.objects.filter(id=arguments.id).first()
    if draft and not draft.outgoing:
        actions.discard(home, CONSOLE, draft.id)
    else:
        approving.discard(home, CONSOLE, draft.outgoing if draft else arguments.id)
    show(arguments, {"id": arguments.id, "discarded": True}, f"{arguments.id} is thrown away. It was never sent.")


def _relay(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import relaying
    from comity.records.actors import CONSOLE

    waiting = relaying.to_relay(home, CONSOLE, arguments.id)
    passed = [
        {"message": each.digest, "kind": each.statement.kind, "to": list(relaying.relay(home, CONSOLE, each.digest))}
        for each in waiting
    ]
    text = "\n".join(f"{each['kind']} {each['message'][:19]}… to {', '.join(each['to'])}" for each in passed)
    show(arguments, {"thread": arguments.id, "relayed": passed}, text or "Nothing waits to be passed on.")


def _answer(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE

    body, kind = read_body(arguments.body), ANSWERS[arguments.move]
    prepared = node().make_move(home, CONSOLE, arguments.id, kind, body, arguments.file)
    _prepared(arguments, prepared)


def _prepared(arguments: argparse.Namespace, prepared: Any) -> None:
    value = {"id": prepared.id, "thread": prepared.thread, "digest": prepared.digest, "awaiting": prepared.awaiting}
    awaits = f"awaits {prepared.awaiting} approval(s)" if prepared.awaiting else "is on its way, or waits to be posted"
    show(arguments, value, f"{prepared.id} {awaits}")
