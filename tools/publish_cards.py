# SPDX-License-Identifier: Apache-2.0
"""Writes the examples into docs/protocol/{card,approval,keys-over-time}.md, between their marks, by running the code.

    python -m tools.publish_cards            write
    python -m tools.publish_cards --check    only say whether the pages are current

Every key grows from a name that is printed in tests/fixtures/cards.py. All persons, numbers and keys are invented.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fixtures.cards import DAY, ORIGIN, RP_ID, SPAIN, START, Ring, card, ring, signed, soft, successor

from comity.protocol.wire import approval_check, dsse, trust, trust_errors
from comity.protocol.wire.approval import challenge
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.errors import KeyExpired, KeyRevoked, KeyUnknown, WireError
from comity.protocol.wire.lineage import Lineage
from comity.protocol.wire.names import MessageId, digest_of, format_time
from comity.protocol.wire.octets import to_base64url
from comity.protocol.wire.revocation import Reason, Revocation
from comity.protocol.wire.statement import Statement

FOLDER = Path(__file__).resolve().parents[1] / "docs/protocol"
A, B = ring("card a"), ring("card b")
FIRST = card(A)
TURN = START + 100 * DAY
SECOND = successor(FIRST, B, TURN)
SINCE, KNOWN = TURN + 40 * DAY, TURN + 42 * DAY
HOUR = timedelta(hours=1)


def shortened(value: Any) -> Any:
    """The value with each long base64 text cut, so that a person can read it."""
    if isinstance(value, Mapping):
        return {name: shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shortened(each) for each in value]
    return f"{value[:12]}…" if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/=_-]{40,}", value) else value


def as_json(value: Any) -> str:
    """A JSON block."""
    return f"```json\n{json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)}\n```\n"


def example_card() -> str:
    """The sample card."""
    return as_json(shortened(json.loads(FIRST.to_bytes())))


def example_signed() -> str:
    """The sample card's successor as it travels. ML-DSA signs with chance, so signatures are told by their length."""
    found = signed(SECOND, B, A)
    value = found.to_json()
    for each, line in zip(value["signatures"], found.signatures, strict=True):
        each["sig"] = f"({len(line.sig)} bytes)"
    return as_json(shortened(value))


def example_vkeys() -> str:
    """The keys of the sample card's register and witness."""
    return f"```text\n{FIRST.register_vkey}\n{FIRST.witness_vkey}\n```\n"


def sample_statement() -> bytes:
    """What the officer approves in the example."""
    said = MessageId("019aac00-0000-7000-8000-000000000001")
    body = {"reference": "SAMPLE-2026-0417", "facts": "An invented account of an invented bank"}
    to = (type(SPAIN)("CN/mps"),)
    return Statement(said, said, "preservation", SPAIN, to, START + HOUR, (), {"tlp": "amber"}, body).to_bytes()


def example_approval() -> str:
    """Statement, challenge, approval, and what is in it."""
    statement = sample_statement()
    found = soft("es-0417").approve(statement, "es-0417", RP_ID, ORIGIN)
    approval_check.verify(found, statement, FIRST, START + HOUR)
    data = found.authenticator_data
    steps = [
        ("statement", statement.decode()),
        ("its digest", digest_of(statement)),
        ("challenge", to_base64url(challenge(statement))),
        ("client data", found.client_data.decode()),
        ("rpIdHash", f"{data[:32].hex()} = SHA-256({RP_ID})"),
        ("flags", f"{data[32]:#04x}: user present, user verified"),
        ("counter", str(int.from_bytes(data[33:37]))),
        ("public key", to_base64url(FIRST.officers[0].public_key)),
        ("signed", hashlib.sha256(data + hashlib.sha256(found.client_data).digest()).hexdigest() + " (its SHA-256)"),
    ]
    told = "\n".join(f"{name:12}{value}" for name, value in steps)
    return f"{as_json(found.to_json())}\n```text\n{told}\n```\n"


def example_revocation() -> str:
    """The revocation of the timeline."""
    return as_json(json.loads(Revocation(SPAIN, B.public.keyids, SINCE, Reason.COMPROMISE).to_bytes()))


@dataclass(frozen=True, slots=True)
class Case:
    """A message in the timeline's table."""

    by: Ring
    sent: datetime
    arrived: datetime
    note: str


def cases() -> Iterator[Case]:
    """The messages of the timeline."""
    yield Case(A, START + DAY, START + DAY, "the first card's time")
    yield Case(A, TURN - HOUR, TURN + 3 * DAY, "sent before the turn, delayed on the way")
    yield Case(A, TURN + HOUR, TURN + HOUR, "the old keys, after the turn")
    yield Case(A, TURN - HOUR, TURN + 15 * DAY, "the old keys with an old time, more than 14 days after")
    yield Case(B, TURN + HOUR, TURN + HOUR, "the new keys")
    yield Case(B, TURN - HOUR, TURN, "the new keys, before their card begins")
    yield Case(B, SINCE - HOUR, SINCE + HOUR, "sent before the theft, here before it was known")
    yield Case(B, SINCE + HOUR, SINCE + 2 * HOUR, "sent after the theft; refused once it is known")
    yield Case(B, SINCE - HOUR, KNOWN + HOUR, "so it says; but it came when the theft was known")


def timeline() -> Lineage:
    """Two cards, then the theft of the second one's keys."""
    lineage = trust.begin(signed(FIRST, A), at=START)
    lineage = trust.accept_successor(lineage, signed(SECOND, B, A), at=TURN - DAY)
    stolen = Revocation(SPAIN, B.public.keyids, SINCE, Reason.COMPROMISE).to_bytes()
    return trust.accept_revocation(lineage, dsse.sign(PayloadType.REVOCATION, stolen, B.signing), at=KNOWN)


def outcome(lineage: Lineage, case: Case) -> str:
    """What `judge` says."""
    try:
        found = lineage.judge(case.by.signing.public.keyids, case.sent, arrived=case.arrived)
    except WireError as error:
        return f"`{error.code}`"
    return f"card {found.serial}"


def example_timeline() -> str:
    """The table of what is judged how."""
    lineage = timeline()
    rows = ["| Signed by | `sent` | Arrived | Judged | |", "|---|---|---|---|---|"]
    for case in cases():
        by = "card 1" if case.by == A else "card 2"
        times = f"{format_time(case.sent)[:16]} | {format_time(case.arrived)[:16]}"
        rows.append(f"| {by} | {times} | {outcome(lineage, case)} | {case.note} |")
    return "\n".join(rows) + "\n"


def example_errors() -> str:
    """Every refusal, in the order of the module."""
    rows = ["| Code | What it is | What to do |", "|---|---|---|"]
    named: list[type[WireError]] = [KeyUnknown, KeyExpired, KeyRevoked, *own_errors()]
    rows += [f"| `{each.code}` | {(each.__doc__ or '').strip()} | {each.advice} |" for each in named]
    return "\n".join(rows) + "\n"


def own_errors() -> Iterator[type[WireError]]:
    """The errors that `trust_errors` defines."""
    for each in vars(trust_errors).values():
        if isinstance(each, type) and issubclass(each, WireError) and each.__module__ == trust_errors.__name__:
            yield each


EXAMPLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "card.md": {"card": example_card, "signed": example_signed, "vkeys": example_vkeys},
    "approval.md": {"approval": example_approval},
    "keys-over-time.md": {"timeline": example_timeline, "revocation": example_revocation, "errors": example_errors},
}


def published(page: str, examples: Mapping[str, Callable[[], str]]) -> str:
    """The page with its examples as they are now. Raises `ValueError` when a mark is missing."""
    for name, make in examples.items():
        begin, end = f"<!-- {name} begin: written by tools/publish_cards.py -->\n", f"<!-- {name} end -->\n"
        before, found, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if not found or not ended:
            raise ValueError(f"the marks of {name} are missing")
        page = f"{before}{begin}\n{make()}\n{end}{after}"
    return page


def main(arguments: list[str]) -> int:
    """Publish, or check. 0 when the pages are current afterwards."""
    stale = []
    for name, examples in EXAMPLES.items():
        page = (FOLDER / name).read_text(encoding="utf-8")
        current = published(page, examples)
        if page != current and "--check" in arguments:
            stale.append(name)
        elif page != current:
            (FOLDER / name).write_text(current, encoding="utf-8")
    sys.stdout.write("".join(f"{name} is stale: run python -m tools.publish_cards\n" for name in stale))
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
