# SPDX-License-Identifier: Apache-2.0
"""`comity request show` and `comity request list`: what was asked and answered, how far it came, what waits.

Whoever is shown what a thread, a draft or a statement says leaves a leaf `read`; a list leaves a leaf `listed`; a file
that is written leaves a leaf `exported`. All as at the desk.
"""

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, new_file, show

if TYPE_CHECKING:
    from comity.records.home import Home


def add(requests: Any) -> None:
    """Add these commands to `comity request`."""
    one = command(
        requests, "show", at_node(_show), "what was said in a thread, draft or statement, and how far it came"
    )
    one.add_argument("id", metavar="ID")
    one.add_argument("--save", type=Path, metavar="DIR", help="write the attachments there, over nothing")
    one.add_argument("--proof", type=Path, metavar="FILE", help="write the file that `comity verify` reads")
    one.add_argument("--force", action="store_true", help="let --proof write over a file that is there")
    rows = command(requests, "list", at_node(_list), "the threads that moved last")
    which = rows.add_mutually_exclusive_group()
    which.add_argument("--ours", action="store_true", help="only those that wait for us")
    which.add_argument("--drafts", action="store_true", help="the drafts that are still open")
    which.add_argument("--to-approve", action="store_true", help="the statements that wait for approval")


def _show(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import proving
    from comity.interfaces.cli import bodies
    from comity.records.actors import CONSOLE

    found, text = _told(home, arguments.id)
    if arguments.proof:
        with new_file(arguments.proof, force=arguments.force) as file:
            file.write(proving.proof_of(home, CONSOLE, arguments.id))
        found["proof_file"] = str(arguments.proof)
    if arguments.save:
        said, closed = found.get("history", [found]), _closed(home, found)
        held = [file for each in said if each.get("digest") not in closed for file in bodies.attachments(each["body"])]
        found["saved"] = [str(_saved(home, found["thread"], each, arguments.save)) for each in held]
        text += "".join(f"\nSaved {each}" for each in found["saved"]) or "\nThere is no attachment to save."
        text += "".join(f"\nRecalled and closed here, not saved: the files of {each}" for each in sorted(closed))
    show(arguments, found, text)


def _closed(home: "Home", found: Mapping[str, Any]) -> frozenset[str]:
    """The messages of a thread that were recalled, and of which we answered that they are destroyed."""
    from comity.protocol.wire.names import MessageId
    from comity.records.threads import recalled, store

    if "history" not in found:
        return frozenset()
    with home.active():
        return frozenset(recalled.closed(home.authority, store.state_of(MessageId(found["thread"]))))


def _told(home: "Home", id: str) -> tuple[dict[str, Any], str]:
    """The thread, statement or draft of this id, as values and in words. Raises `NotFound`."""
    from comity.cooperation.dispatch import journeys
    from comity.cooperation.dispatch.models import Outgoing
    from comity.cooperation.drafting.models import Draft
    from comity.interfaces.cli import bodies
    from comity.records.actors import CONSOLE

    with home.active():
        draft = Draft.objects.filter(id=id).first()
        statement = Outgoing.objects.filter(id=draft.outgoing if draft else id).first()
    if statement and statement.status != Outgoing.Status.SENT:
        return _statement(home, statement)
    if draft and not statement:
        return _draft(home, draft)
    found = journeys.account(home, CONSOLE, statement.thread if statement else id)
    return found, journeys.as_text(found, bodies.words)


def _statement(home: "Home", row: Any) -> tuple[dict[str, Any], str]:
    from comity.protocol.wire import statement

    said = statement.parse(bytes(row.statement))
    value = {"id": row.id, "thread": row.thread, "kind": row.kind, "status": row.status, "digest": row.digest}
    value |= {"to": list(said.to), "handling": dict(said.handling), "body": dict(said.body), "needed": row.needed}
    value["approved_by"] = [each["officer"] for each in row.approvals]
    lines = [f"{row.kind}  {row.id}", f"  {row.digest}", f"  To {', '.join(said.to)}, in thread {row.thread}"]
    lines.append(f"  {row.status}, {len(row.approvals)} of {row.needed} approvals")
    return value, _read(home, value, lines)


def _draft(home: "Home", row: Any) -> tuple[dict[str, Any], str]:
    from comity.cooperation.drafting import actions

    lacks = [{"path": each.path, "problem": each.code} for each in actions.problems(row)]
    value = {"id": row.id, "thread": row.id, "kind": row.kind, "status": "draft", "to": row.to, "lacks": lacks}
    value |= {"handling": row.handling, "body": row.body}
    lines = [f"{row.kind}  {row.id}", f"  To {', '.join(row.to)}", "  A draft; nothing was sent"]
    lines += [f"  still lacks {each['path']}: {each['problem']}" for each in lacks]
    return value, _read(home, value, lines)


def _read(home: "Home", value: Mapping[str, Any], lines: Iterable[str]) -> str:
    """What is not sent yet, in words; the reading is registered."""
    from comity.interfaces.cli import bodies
    from comity.records.register import events

    _register(home, events.read(thread=value["thread"]))
    return "\n".join([*lines, "", *(f"    {each}" for each in bodies.words(value["kind"], value["body"]))])


def _saved(home: "Home", thread: Any, attachment: Mapping[str, Any], folder: Path) -> Path:
    from comity.interfaces.cli import bodies
    from comity.protocol.wire.names import digest
    from comity.records.register import events

    content = digest(attachment.get("sha256"), "attachment", "sha256")
    _register(home, events.exported(thread=thread, content=content, count=1))
    return bodies.save(attachment, folder)


def _register(home: "Home", entry: Any) -> None:
    from comity.records.action import acting
    from comity.records.actors import CONSOLE, Permission

    with acting(home, CONSOLE, Permission.READ) as act:
        act.record(entry)


def _list(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.register import events

    rows = _unsent(arguments, home) if arguments.drafts or arguments.to_approve else _threads(arguments, home)
    _register(home, events.listed(what="requests", count=len(rows)))
    text = "\n".join(_line(each) for each in rows)
    none = "No drafts." if arguments.drafts else "Nothing waits for approval." if arguments.to_approve else ""
    show(arguments, {"requests": rows}, text or none or "No requests yet.")


def _threads(arguments: argparse.Namespace, home: "Home") -> list[dict[str, Any]]:
    from comity.cooperation.dispatch import journeys
    from comity.records.actors import CONSOLE
    from comity.records.threads import reading

    with home.active():
        page = reading.our_move(CONSOLE) if arguments.ours else reading.recent(CONSOLE)
    sent = journeys.least_delivered(home, CONSOLE, [each.id for each in page.rows])
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "with": each.counterpart,
            "state": each.state,
            "ours": each.ours,
            "due": each.due,
            "how_far": journeys.how_far(sent[each.id].as_json()) if each.id in sent else "",
        }
        for each in page.rows
    ]


def _unsent(arguments: argparse.Namespace, home: "Home") -> list[dict[str, Any]]:
    from comity.cooperation.dispatch import approving
    from comity.cooperation.drafting import actions
    from comity.protocol.wire import statement
    from comity.records.actors import CONSOLE

    if arguments.drafts:
        return [_row(each, each.to, "draft", "") for each in actions.drafts(home, CONSOLE)]
    return [
        _row(
            each,
            statement.parse(bytes(each.statement)).to,
            "awaiting",
            f"{len(each.approvals)} of {each.needed} approvals",
        )
        for each in approving.waiting(home, CONSOLE)
    ]


def _row(row: Any, to: Iterable[str], state: str, how_far: str) -> dict[str, Any]:
    return {"id": row.id, "kind": row.kind, "with": ", ".join(to), "state": state, "how_far": how_far}


def _line(row: Mapping[str, Any]) -> str:
    state = "; ".join(each for each in (row["state"], row["how_far"]) if each)
    return f"{row['id']}  {row['kind']:<26} {row['with']:<26} {state}"
