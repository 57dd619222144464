# SPDX-License-Identifier: Apache-2.0
"""`comity letter …`: letters with authorities that have no node, in and out.

`address` says who is written to on paper; `enter` reads a letter of theirs into a form, or their move in a thread, and
says what waits to be compared by a second officer (`comity request approve`); `list` shows what waits to be posted,
`posted` and `arrived` note what became of it."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, new_file, read_body, show
from comity.protocol.terms.languages import LANGUAGE_CODES

if TYPE_CHECKING:
    from comity.cooperation.drafting.entering import Letter
    from comity.records.home import Home

ROADS = ("post", "registered-post", "courier", "by-hand", "diplomatic", "interpol", "e-mail", "fax")
"""As `dispatch.posting` has them, which needs a node."""


def add(commands: Any) -> None:
    """Add these commands."""
    letters = group(commands, "letter", "letters with authorities that have no node")
    address = command(letters, "address", at_node(_address), "who is written to on paper, and where")
    address.add_argument("authority", metavar="CC/name")
    for name in ("name", "address", "source", "timezone"):
        address.add_argument(f"--{name}", required=True, help="how we know" if name == "source" else None)
    for name in ("telephone", "email"):
        address.add_argument(f"--{name}", default="")
    address.add_argument("--role", action="append", default=[], help="may be given several times")
    address.add_argument("--language", action="append", default=[], choices=LANGUAGE_CODES.codes)
    enter = command(letters, "enter", at_node(_enter), "read a letter that came into a form")
    enter.add_argument("--from", dest="sender", required=True, metavar="AUTHORITY")
    enter.add_argument("--came", required=True, type=_moment, metavar="TIME", help="such as 2026-11-20T09:00+01:00")
    enter.add_argument("--dated", type=_day, metavar="DAY", help="the day that it bears")
    enter.add_argument("--scan", type=Path, metavar="FILE", help="PDF, PNG, JPEG or TIFF")
    enter.add_argument("--kind", required=True, help="of the request, or of their move in --thread")
    enter.add_argument("--thread", default="", metavar="ID")
    enter.add_argument(
        "--body", type=Path, required=True, metavar="FILE", help="what the letter does not say is left out"
    )
    enter.add_argument("--handling", type=Path, metavar="FILE", help="a file with a JSON object, such as tlp and pap")
    scan = command(letters, "scan", at_node(_scan), "write a letter that came, as it was scanned, to a file")
    scan.add_argument("--thread", required=True, metavar="ID")
    scan.add_argument("--digest", required=True, help="as `comity request show` tells it")
    scan.add_argument("--out", type=Path, required=True, metavar="FILE", help="over nothing")
    command(letters, "list", at_node(_list), "what waits to be posted")
    for name, do, says in (
        ("posted", _posted, "note that a letter was posted"),
        ("arrived", _arrived, "note that it came"),
    ):
        note = command(letters, name, at_node(do), says)
        note.add_argument("--thread", required=True, metavar="ID")
        note.add_argument("--message", required=True, metavar="DIGEST")
        note.add_argument("--on", required=True, type=_day, metavar="DAY")
        note.add_argument("--road", required=True, choices=ROADS)
        if name == "posted":
            note.add_argument("--language", required=True, choices=LANGUAGE_CODES.codes)
            note.add_argument("--reference", default="", help="what the post gave for it")


def _moment(text: str) -> datetime:
    """A time with its zone."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
        known = found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        known = None
    if known is None:
        why = "is no time with its zone, such as 2026-11-20T09:00+01:00 or 2026-11-20T08:00Z"
        raise argparse.ArgumentTypeError(f"{text!r} {why}")
    return known


def _day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-20") from None


def _address(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.protocol.wire.names import authority_id
    from comity.records.actors import CONSOLE
    from comity.records.authorities import correspondents

    told = correspondents.Particulars(
        name=arguments.name,
        address=arguments.address,
        source=arguments.source,
        timezone=arguments.timezone,
        roles=tuple(arguments.role),
        languages=tuple(arguments.language),
        telephone=arguments.telephone,
        email=arguments.email,
    )
    kept = correspondents.keep(home, CONSOLE, authority_id(arguments.authority), told)
    show(arguments, {"authority": kept.authority.id}, f"{kept.authority.id} is written to on paper.")


def _enter(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.drafting import actions, entering
    from comity.protocol.terms import bodies
    from comity.protocol.terms.handling import DEFAULT
    from comity.records.actors import CONSOLE

    letter, body = _letter(arguments), read_body(arguments.body)
    handling = read_body(arguments.handling) or DEFAULT
    lacks: list[str] = []
    if arguments.thread:
        prepared = entering.enter_move(home, CONSOLE, arguments.thread, arguments.kind, body, letter, handling)
    else:
        lacks = [each.path for each in bodies.validate_entered(arguments.kind, body)]
        said = {"kind": arguments.kind, "to": [home.authority], "body": body, "handling": handling}
        draft = actions.start(home, CONSOLE, **said, letter=letter)
        prepared = actions.submit(home, CONSOLE, draft.id)
    value = {"id": prepared.id, "thread": prepared.thread, "digest": prepared.digest, "awaiting": prepared.awaiting}
    text = "".join(f"\n  the letter does not say: {each}" for each in lacks)
    show(arguments, {**value, "lacks": lacks}, f"{prepared.id} waits to be compared by a second officer{text}")


def _letter(arguments: argparse.Namespace) -> "Letter":
    from comity.cooperation.drafting.entering import Letter
    from comity.protocol.proof.enclosed import Enclosed
    from comity.protocol.wire.names import authority_id
    from comity.records.threads.scans import LIMIT

    scan = None
    if arguments.scan:
        with arguments.scan.open("rb") as file:
            scan = Enclosed(arguments.scan.name, "", file.read(LIMIT + 1))
    return Letter(authority_id(arguments.sender), arguments.came, arguments.dated, scan)


def _scan(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.drafting import entering
    from comity.records.actors import CONSOLE

    with new_file(arguments.out) as file:
        found = entering.scan(home, CONSOLE, arguments.thread, arguments.digest)
        file.write(bytes(found.content))
    show(arguments, {"file": str(arguments.out), "digest": found.digest}, f"{arguments.out}: {found.digest}")


def _list(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import posting
    from comity.protocol.wire.names import format_time
    from comity.records.actors import CONSOLE
    from comity.records.threads import store

    rows = posting.to_post(home, CONSOLE)
    with home.active():
        kinds = store.kinds_of([each.message for each in rows])
    found = [
        {
            "thread": each.thread,
            "message": each.message,
            "kind": kinds.get(each.message, ""),
            "to": each.peer,
            "since": format_time(each.queued),
        }
        for each in rows
    ]
    lines = (
        f"{each['since']}  {each['kind']} to {each['to']}\n  thread {each['thread']}\n  {each['message']}"
        for each in found
    )
    show(arguments, {"waiting": found}, "\n".join(lines) or "Nothing waits to be posted.")


def _posted(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import posting
    from comity.records.actors import CONSOLE

    kept = posting.post(
        home,
        CONSOLE,
        arguments.thread,
        arguments.message,
        language=arguments.language,
        road=arguments.road,
        on=arguments.on,
        reference=arguments.reference,
    )
    value = {"thread": arguments.thread, "message": arguments.message, "letter": kept.letter}
    show(arguments, value, f"Noted: posted as the letter {kept.letter}.")


def _arrived(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.cooperation.dispatch import posting
    from comity.records.actors import CONSOLE

    where = (arguments.thread, arguments.message)
    posting.note_arrival(home, CONSOLE, *where, on=arguments.on, road=arguments.road)
    show(arguments, {"thread": where[0], "message": where[1]}, "Noted: it arrived.")
