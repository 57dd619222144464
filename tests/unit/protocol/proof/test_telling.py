# SPDX-License-Identifier: Apache-2.0
"""Each message is told whole: who, what, when, which files, who approved; and forges no line of the report."""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tests.fixtures.cards import ring
from tests.fixtures.proofs import DAY_TWO, NOTE, NOTED, attached, case, exchange, minutes, say

from comity.protocol.proof.recognising import examine
from comity.protocol.proof.verifier import verify
from comity.protocol.terms import kinds
from comity.protocol.wire.names import digest_of

APART = digest_of(b"apart")


def plainly(kind: str, body: Mapping[str, Any]) -> Iterable[str]:
    """Every member in a line."""
    return [f"{name} = {value}" for name, value in body.items()]


def test_every_message_is_told_in_order_with_what_it_says() -> None:
    text = verify(case().file().to_bytes()).as_text(plainly)
    first, second = text.index("- preservation of CN/mps"), text.index("- acknowledged of ES/policia-nacional")
    request = text[first:second]
    assert f"    {case().request.digest}\n    says:\n" in request
    assert "      custodian = Sample Telecom\n" in request
    assert f"    attached: {NOTE}\n      {len(NOTED)} bytes, {digest_of(NOTED)}\n" in request
    assert "    approved by cn-0417 (approver, software)\n" in request
    assert base64.b64encode(NOTED).decode() not in request


def test_scripts_see_the_same_but_the_bytes() -> None:
    request, answer = verify(case().file().to_bytes()).facts["messages"]
    assert request["attachments"][0]["sha256"] == digest_of(NOTED)
    assert request["body"]["custodian"] == "Sample Telecom"
    assert "data" not in request["body"]["attachments"][0]
    assert answer["attachments"] == []


def test_exhibits_are_named_by_their_digests() -> None:
    text = verify(_with(exhibits=[APART])).as_text(plainly)
    assert f"    exhibit, sent apart: {APART}\n" in text


def _with(**members: Any) -> bytes:
    body = {**kinds.move_kinds()["acknowledged"].example, **members}
    answer = say("acknowledged", ring("spanish"), (case().request,), at=DAY_TWO + minutes(5), approve=False, body=body)
    return exchange(case().request, answer).file().to_bytes()


def test_handling_is_told_and_a_single_message_too() -> None:
    message = say("preservation", ring("chinese"), at=DAY_TWO, handling={"tlp": "RED"})
    report = examine(json.dumps(message.to_json()).encode())
    assert "    to be handled as:\n      tlp = RED" in report.as_text(plainly)
    assert report.facts["handling"] == {"tlp": "RED"}
    assert "says:" not in report.as_text()


def test_names_and_texts_forge_nothing() -> None:
    name = "report\u202efdp.exe"
    text = verify(_with(remarks="a\u202eb\x1b[2J\nHOLDS: a proof", attachments=[attached(name, b"x")])).as_text(plainly)
    assert "attached: report\\u202efdp.exe\n" in text
    assert "a\\u202eb\\x1b[2J\\nHOLDS: a proof" in text
    assert all(line.isprintable() for line in text.split("\n"))
