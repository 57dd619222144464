# SPDX-License-Identifier: Apache-2.0
"""A statement: every member in its one form, and what a later version adds is kept."""

import json
from datetime import date
from typing import Any

import pytest
from tests.fixtures.wire import CHINA, NOON, SPAIN, sample_statement

from comity.protocol.wire import canonical, statement
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.errors import BadMember, NotCanonical, TooLarge, UnknownVersion
from comity.protocol.wire.names import digest_of

LETTER = {"by": "ES/policia-nacional", "came": "2026-11-22T12:00:00.123Z", "dated": "2026-11-09"}


def changed(**members: Any) -> bytes:
    value = {**json.loads(sample_statement().to_bytes()), **members}
    return canonical.encode({name: value[name] for name in value if value[name] is not ...}, limit=1 << 22)


def test_bytes_and_back() -> None:
    said = sample_statement(via=("CN/moj",), after=(digest_of(b"1"), digest_of(b"0")))
    assert statement.parse(said.to_bytes()) == said
    assert statement.parse(said.to_bytes()).to_bytes() == said.to_bytes()


def test_what_it_says() -> None:
    said = statement.parse(sample_statement().to_bytes())
    assert (said.sender, said.to, said.sent, said.kind) == (CHINA, (SPAIN,), NOON, "preservation")
    assert said.opens
    assert not sample_statement(thread="017f22e2-79b0-7cc3-98c4-dc0c0c07398f").opens


def test_what_was_entered_from_a_letter() -> None:
    letter = Entered(SPAIN, NOON, date(2026, 11, 9), digest_of(b"scan"))
    said = sample_statement(entered=letter)
    assert statement.parse(said.to_bytes()) == said
    assert (said.sender, said.signer) == (CHINA, SPAIN)
    assert sample_statement().signer == CHINA
    bare = statement.parse(changed(entered={"by": SPAIN, "came": LETTER["came"]}))
    assert bare.entered == Entered(SPAIN, NOON)


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"by": "ES"}, "by"),
        ({"came": "2026-11-09"}, "came"),
        ({"dated": "2026-02-30"}, "dated"),
        ({"dated": "20261109"}, "dated"),
        ({"dated": None}, "dated"),
        ({"letter": "sha256:"}, "letter"),
    ],
)
def test_every_member_of_a_letter_has_its_form(members: dict[str, Any], member: str) -> None:
    with pytest.raises(BadMember) as error:
        statement.parse(changed(entered={**LETTER, **members}))
    assert error.value.data["what"] == "statement entered"
    assert error.value.data["member"] == member


def test_what_goes_on_paper_says_so() -> None:
    said = sample_statement(paper=True)
    assert statement.parse(said.to_bytes()) == said
    assert said.by_letter
    assert not sample_statement().by_letter
    assert "paper" not in sample_statement().to_json()


def test_later_members_of_a_letter_are_kept() -> None:
    data = changed(entered={**LETTER, "pages": 3})
    assert statement.parse(data).to_bytes() == data


def test_later_members_are_kept_and_never_replace_ours() -> None:
    data = changed(later={"a": [1]}, body={"later": True})
    said = statement.parse(data)
    assert said.extra == {"later": {"a": [1]}}
    assert said.body == {"later": True}
    assert said.to_bytes() == data
    forged = sample_statement(extra={"from": "ES/policia-nacional", "via": ["CN/moj"], "v": 2})
    assert forged.to_bytes() == sample_statement().to_bytes()


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"id": "1"}, "id"),
        ({"thread": ...}, "thread"),
        ({"kind": ""}, "kind"),
        ({"kind": "Preservation"}, "kind"),
        ({"kind": "a b"}, "kind"),
        ({"kind": "a" * 65}, "kind"),
        ({"kind": None}, "kind"),
        ({"from": "CN"}, "from"),
        ({"to": []}, "to"),
        ({"to": ["ES/policia-nacional"] * 2}, "to"),
        ({"to": ["CN/mps"]}, "to"),
        ({"to": "ES/policia-nacional"}, "to"),
        ({"to": [f"ES/a{each}" for each in range(65)]}, "to"),
        ({"sent": "2026-11-22"}, "sent"),
        ({"after": None}, "after"),
        ({"after": ["sha256:"]}, "after"),
        ({"after": [digest_of(b"")] * 2}, "after"),
        ({"after": [digest_of(bytes([each])) for each in range(256)] + [digest_of(b"")]}, "after"),
        ({"handling": []}, "handling"),
        ({"body": ...}, "body"),
        ({"via": []}, "via"),
        ({"via": None}, "via"),
        ({"via": ["CN/moj"] * 2}, "via"),
        ({"via": [f"CN/a{each}" for each in range(9)]}, "via"),
        ({"paper": False}, "paper"),
        ({"paper": True, "via": ["CN/moj"]}, "paper"),
        ({"paper": True, "to": ["ES/policia-nacional", "ES/another"]}, "paper"),
        ({"paper": True, "entered": LETTER}, "paper"),
        ({"entered": None}, "entered"),
        ({"entered": {**LETTER, "by": "ES/another"}}, "entered"),
        ({"entered": LETTER, "via": ["CN/moj"]}, "entered"),
        ({"entered": LETTER, "to": ["ES/policia-nacional", "ES/another"]}, "entered"),
    ],
)
def test_every_member_has_its_form(members: dict[str, Any], member: str) -> None:
    with pytest.raises(BadMember) as error:
        statement.parse(changed(**members))
    assert error.value.data["what"] == "statement"
    assert error.value.data["member"] == member


@pytest.mark.parametrize("version", [0, 2, True, "1", None, ...])
def test_only_version_one_is_read(version: object) -> None:
    with pytest.raises(UnknownVersion):
        statement.parse(changed(v=version))


def test_the_bytes_are_canonical_and_bounded() -> None:
    with pytest.raises(NotCanonical):
        statement.parse(sample_statement().to_bytes() + b"\n")
    with pytest.raises(TooLarge):
        statement.parse(changed(body={"facts": "a" * statement.MAX_BYTES}))
    with pytest.raises(TooLarge):
        sample_statement(body={"facts": "a" * statement.MAX_BYTES}).to_bytes()
