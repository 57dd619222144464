# SPDX-License-Identifier: Apache-2.0
"""The pages on statements, signatures, envelopes and parcels show what the code does today."""

import json
import re
from pathlib import Path

import pytest
from tests.fixtures.wire import CHINESE_KEYS, sample_statement
from tools import pages, publish_wire

from comity.cooperation.exchange import errors as exchange
from comity.protocol.errors import ComityError
from comity.protocol.wire import canonical, dsse, envelope, errors, message, parcel, statement
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.octets import from_base64


def page(name: str) -> str:
    return (pages.FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(publish_wire.EXAMPLES))
def test_the_examples_are_current(name: str) -> None:
    current = pages.published(page(name), publish_wire.EXAMPLES[name], publish_wire.TOOL)
    assert current == page(name), "run python -m tools.publish_wire"


def test_stale_pages_are_named_and_then_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "<!-- a begin: written by t -->\nold\n<!-- a end -->\n"
    (tmp_path / "page.md").write_text(text)
    examples = {"page.md": {"a": lambda: "new\n"}}
    assert pages.main(examples, "t", ["--check"], tmp_path) == 1
    assert capsys.readouterr().out == "page.md is stale: run python -m t\n"
    assert pages.main(examples, "t", [], tmp_path) == 0
    assert pages.main(examples, "t", ["--check"], tmp_path) == 0
    assert (tmp_path / "page.md").read_text() == text.replace("old\n", "\nnew\n\n")


def test_a_page_without_marks_is_noticed() -> None:
    with pytest.raises(ValueError, match="marks of statement"):
        pages.published("# The statement\n", publish_wire.EXAMPLES["statement.md"], publish_wire.TOOL)


def test_the_statement_on_the_page_is_the_one_that_the_signature_holds_for() -> None:
    line = re.search(r'^\{"after".*\}$', page("statement.md"), re.MULTILINE)
    told = re.search(r"^Ed25519 sig +(\S+)$", page("signatures.md"), re.MULTILINE)
    assert line
    assert told
    data = line[0].encode()
    assert data == sample_statement().to_bytes()
    signature = from_base64(told[1], "page", "sig")
    CHINESE_KEYS.public.ed25519_key.verify(signature, dsse.pae(PayloadType.STATEMENT, data))


def test_every_member_has_its_row() -> None:
    said = json.loads(sample_statement(via=("CN/moj",)).to_bytes())
    sent = json.loads(publish_wire.lean_parcel().to_bytes())
    for name, members in (("statement.md", said), ("parcel.md", sent)):
        rows = re.findall(r"^\| (`[^|]+) \|", page(name), re.MULTILINE)
        assert set(members) <= {each for row in rows for each in re.findall(r"`([^`]+)`", row)}


def test_every_code_on_the_pages_is_an_error() -> None:
    codes = {
        each.code
        for each in (*vars(errors).values(), *vars(exchange).values())
        if isinstance(each, type) and issubclass(each, ComityError)
    }
    for name in publish_wire.EXAMPLES:
        table = page(name).partition("## How it is refused")[2]
        told = {
            each
            for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
            for each in re.findall(r"`([^`]+)`", row)
        }
        assert told
        assert told <= codes


def test_every_type_is_on_the_page() -> None:
    assert all(f"`{each}`" in page("signatures.md") for each in PayloadType)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("statement.md", statement.MAX_BYTES),
        ("statement.md", canonical.DEPTH),
        ("statement.md", statement.MAX_PARTIES),
        ("statement.md", statement.MAX_RELAYS),
        ("statement.md", statement.MAX_AFTER),
        ("signatures.md", dsse.MAX_SIGNATURES),
        ("signatures.md", dsse.MAX_SIGNATURE_BYTES),
        ("signatures.md", message.MAX_APPROVALS),
        ("signatures.md", message.MAX_ENDORSEMENTS),
        ("envelope.md", envelope.MAX_BYTES),
        ("envelope.md", envelope.MAX_HEADER_BYTES),
        ("parcel.md", parcel.MAX_LINE_BYTES),
        ("parcel.md", parcel.MAX_CARDS),
        ("parcel.md", parcel.MAX_MESSAGES),
        ("parcel.md", parcel.MAX_THREADS),
        ("parcel.md", parcel.MAX_DIGESTS),
    ],
)
def test_the_numbers_are_those_of_the_code(name: str, number: int) -> None:
    assert re.search(rf"(?<![\d,]){number:,}(?![\d,])", page(name))
