# SPDX-License-Identifier: Apache-2.0
"""The proof file has one spelling: whatever is out of its place, twice, or signed by nobody is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.fixtures.proofs import case

from comity.protocol.errors import ComityError
from comity.protocol.proof import files
from comity.protocol.proof.files import ProofFile
from comity.protocol.wire import canonical
from comity.protocol.wire.dsse import Signature, Signed

DATA = case().file().to_bytes()


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    """The sample's JSON, changed and written canonically."""
    value = json.loads(DATA)
    change(value)
    return canonical.encode(value, limit=files.MAX_BYTES)


def code(data: bytes) -> str:
    with pytest.raises(ComityError) as failed:
        files.parse(data)
    return failed.value.code


def test_what_is_written_is_read() -> None:
    assert files.parse(DATA) == case().file()
    assert files.parse(DATA).to_bytes() == DATA
    assert files.is_proof(DATA)
    assert not files.is_proof(b"{}")


def test_it_holds_these_lists_and_nothing_else() -> None:
    assert set(json.loads(DATA)) == {
        *("comity", "cards", "revocations", "messages", "receipts"),
        *("checkpoints", "consistency", "register"),
    }


@pytest.mark.parametrize("part", ["messages", "checkpoints"])
def test_order_is_part_of_the_form(part: str) -> None:
    assert code(changed(lambda value: value[part].reverse())) == "disordered"


def test_leaves_lie_in_order() -> None:
    assert code(changed(lambda value: value["register"]["leaves"].reverse())) == "disordered"


@pytest.mark.parametrize("part", ["messages", "receipts", "consistency"])
def test_nothing_is_named_twice(part: str) -> None:
    assert code(changed(lambda value: value[part].append(value[part][-1]))) == "disordered"
    assert code(changed(lambda value: value["checkpoints"].append(value["checkpoints"][-1]))) == "bad-member"


@pytest.mark.parametrize(
    "place",
    [
        lambda value: value,
        lambda value: value["messages"][0],
        lambda value: next(each for each in value["messages"] if each["approvals"])["approvals"][0],
        lambda value: value["cards"][0],
        lambda value: value["receipts"][0]["signatures"][0],
        lambda value: value["register"],
        lambda value: value["register"]["leaves"][0],
        lambda value: value["consistency"][0],
    ],
)
def test_members_that_nothing_signs_are_refused(place: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    assert code(changed(lambda value: place(value).update(extra=1))) == "disordered"


def test_signatures_and_approvals_lie_in_order_and_once() -> None:
    approved = next(at for at, each in enumerate(json.loads(DATA)["messages"]) if each["approvals"])
    assert code(changed(lambda value: value["cards"][0]["signatures"].reverse())) == "disordered"
    approvals = lambda value: value["messages"][approved]["approvals"]  # noqa: E731  a place
    assert code(changed(lambda value: approvals(value).append(approvals(value)[0]))) == "disordered"


def test_another_version_is_not_read() -> None:
    assert code(changed(lambda value: value.update(comity="proof/v2"))) == "unknown-version"


def test_white_space_is_refused() -> None:
    assert code(DATA + b"\n") == "not-canonical"
    assert code(json.dumps(json.loads(DATA)).encode()) == "not-canonical"


def test_parts_have_their_forms() -> None:
    assert code(changed(lambda value: value["checkpoints"].__setitem__(0, "no note"))) == "bad-note"
    assert code(changed(lambda value: value["register"].update(size=-1))) == "bad-member"
    assert code(changed(lambda value: value["consistency"][0].update(hashes=["AA=="]))) == "bad-member"
    assert code(changed(lambda value: value["register"]["leaves"][0].update(salt="AA=="))) == "bad-member"


def test_ordering_brings_parts_into_the_files_order() -> None:
    made = case().file()
    mixed = ProofFile(
        cards=made.cards,
        revocations=made.revocations,
        messages=made.messages[::-1],
        receipts=made.receipts[::-1],
        checkpoints=made.checkpoints[::-1],
        consistency=made.consistency[::-1],
        register=replace(made.register, leaves=made.register.leaves[::-1]),
    )
    assert mixed.ordered() == made


def test_a_forged_copy_of_an_endorsement_takes_no_true_ones_place() -> None:
    true = Signed("application/vnd.comity.endorsement+json", b"{}", (Signature("ed25519:00", b"true"),))
    forged = replace(true, signatures=(Signature("ed25519:00", b"forged"),))
    made = case()
    for laid in ((true, forged), (forged, true)):
        found = made.file(messages=(replace(made.request, endorsements=laid), made.answer)).messages
        assert true in [word for each in found for word in each.endorsements]
