# SPDX-License-Identifier: Apache-2.0
"""A proof file holds as it was made; each thing that can be wrong with it ends the step that looks at it, by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.fixtures.cards import START, YEAR, card, officer, revoked, ring, signed, successor
from tests.fixtures.proofs import CHINA, DAY_TWO, SPAIN, Book, Case, case, chinese_card, give, minutes, received, say

from comity.protocol.ledger import cosignature, note
from comity.protocol.proof.errors import StepFailed
from comity.protocol.proof.files import Growth, LeftOut, OpenLeaf, ProofFile
from comity.protocol.proof.lines import digits
from comity.protocol.proof.report import Report
from comity.protocol.proof.verifier import verify
from comity.protocol.terms import kinds
from comity.protocol.wire import dsse, endorsement, revocation
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.endorsement import Endorsement
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, Digest, digest_of, format_time
from comity.protocol.wire.revocation import Reason

FOREIGN = AuthorityId("CN/moj")


def broken(file: ProofFile | bytes, trusted: set[Digest] | None = None) -> tuple[int, str, StepFailed]:
    """The step that fails, the code of the error behind it, and the failure."""
    with pytest.raises(StepFailed) as failed:
        verify(file if isinstance(file, bytes) else file.to_bytes(), trusted)
    return failed.value.failed.number, failed.value.error.code, failed.value


def fault(file: ProofFile | bytes, trusted: set[Digest] | None = None) -> tuple[int, str]:
    return broken(file, trusted)[:2]


def held(file: ProofFile) -> Report:
    return verify(file.to_bytes())


def unsigned(signed: Signed, which: int) -> Signed:
    """The same with one signature taken off."""
    return replace(signed, signatures=tuple(each for at, each in enumerate(signed.signatures) if at != which))


def spoilt(signed: Signed, which: int) -> Signed:
    """The same with one signature changed in its last byte."""
    each = signed.signatures[which]
    bad = replace(each, sig=each.sig[:-1] + bytes([each.sig[-1] ^ 1]))
    return replace(signed, signatures=tuple(bad if at == which else one for at, one in enumerate(signed.signatures)))


def test_the_sample_holds_and_says_for_whom_and_when() -> None:
    made = case()
    trusted = {each.digest for each in made.cards}
    report = verify(made.file().to_bytes(), trusted)
    told = report.as_json()
    assert told["holds"] is True
    assert told["what"] == "proof of a thread"
    assert [each.number for each in report.steps] == list(range(1, 10))
    request, answer = report.facts["messages"]
    assert (request["kind"], request["outcome"]) == ("preservation", "applied")
    assert request["approvals"] == [{"officer": "cn-0417", "role": "approver", "soft": True}]
    (receipt,) = request["receipts"]
    assert (receipt["by"], receipt["index"], receipt["received"]) == (SPAIN, 1, "2026-11-02T00:01:00.000Z")
    assert receipt["cosigned"] == [{"by": CHINA, "at": "2026-11-02T00:09:00.000Z"}]
    assert [each["event"] for each in request["leaves"]] == ["sent", "receipted"]
    assert answer["leaves"][0]["cosigned"] == [{"by": SPAIN, "at": "2026-11-02T00:09:00.000Z"}]
    assert report.facts["thread"]["lanes"][SPAIN]["state"] == "received"
    assert all(each["compare"][0]["trusted"] for each in report.facts["authorities"])


def test_the_reader_is_told_what_no_file_can_do() -> None:
    told = held(case().file())
    still = "\n".join(told.still)
    for each in case().cards:
        assert each.digest in still
    assert "software" in still
    assert "sample data" in still
    assert "revoked" in still
    assert "What you must still do:" in told.as_text()
    assert told.as_text().startswith("HOLDS, IF THESE CARDS ARE THE AUTHORITIES' OWN: ")
    trusting = verify(case().file().to_bytes(), {each.digest for each in case().cards})
    assert "whether its card" not in "\n".join(trusting.still)


def test_cards_that_nobody_compared_are_not_told_as_checked() -> None:
    told = held(case().file())
    assert (told.as_json()["holds"], told.as_json()["cards_checked"]) == (True, False)
    step = told.steps[2]
    assert step.as_json()["checked"] is False
    assert step.lines()[0].endswith("not checked: nobody told which cards are the authorities' own")
    assert "--trust DIGEST" in step.found[0]
    for each in case().cards:
        assert any(each.digest in line for line in step.found)
        assert any(digits(each.digest) in line for line in step.found)
    assert "What is proven, if these cards are the authorities' own:" in told.as_text()


def test_cards_that_the_reader_compared_are() -> None:
    told = verify(case().file().to_bytes(), {each.digest for each in case().cards})
    assert told.as_json()["cards_checked"] is True
    assert told.as_text().startswith("HOLDS: a proof of a thread\n")
    assert "3. The cards are those of the authorities: holds\n" in told.as_text()
    assert "What is proven:" in told.as_text()


def test_a_card_that_the_reader_does_not_trust() -> None:
    made = case()
    step, code, failed = broken(made.file(), {made.cards[0].digest})
    assert (step, code) == (3, "not-trusted")
    assert failed.as_json()["failed"]["statement"] == f"the cards of {SPAIN}"  # type: ignore[index]
    text = failed.as_text()
    assert text.startswith("DOES NOT HOLD")
    assert "3. The cards are those of the authorities: DOES NOT HOLD" in text
    assert len(failed.steps) == 2


# Each part dropped.


@pytest.mark.parametrize(
    ("part", "which", "found"),
    [
        ("cards", 0, (4, "key-unknown")),
        ("cards", 1, (4, "key-unknown")),
        ("receipts", 0, (8, "unconnected")),
        ("checkpoints", 0, (4, "incomplete")),
        ("checkpoints", 1, (4, "incomplete")),
        ("consistency", 0, (8, "unconnected")),
    ],
)
def test_what_is_taken_out_is_missed(part: str, which: int, found: tuple[int, str]) -> None:
    file = case().file()
    less = tuple(each for at, each in enumerate(getattr(file, part)) if at != which)
    assert fault(replace(file, **{part: less})) == found


def test_a_message_taken_out_is_missed() -> None:
    made = case()
    assert fault(made.file(messages=(made.answer,))) == (6, "incomplete")
    assert fault(made.file(messages=(made.request,))) == (8, "incomplete")


def test_a_receipt_taken_out_is_missed_though_its_checkpoint_is_too() -> None:
    file = case().file(receipts=())
    ours = tuple(each for each in file.checkpoints if each.startswith(f"comity/{CHINA}"))
    assert fault(replace(file, checkpoints=ours)) == (8, "incomplete")


@pytest.mark.parametrize("which", range(3))
def test_a_leaf_taken_out_is_missed(which: int) -> None:
    file = case().file()
    less = tuple(each for at, each in enumerate(file.register.leaves) if at != which)
    assert fault(replace(file, register=replace(file.register, leaves=less))) == (8, "incomplete")


def test_nothing_at_all_is_no_proof() -> None:
    file = case().file()
    assert fault(replace(file, messages=())) == (5, "incomplete")
    assert fault(replace(file, checkpoints=(), consistency=())) == (5, "incomplete")


# What the exporting node left out by name.


def without_receipt(*gaps: LeftOut) -> ProofFile:
    file = case().file(receipts=())
    ours = tuple(each for each in file.checkpoints if each.startswith(f"comity/{CHINA}"))
    return replace(file, checkpoints=ours, left_out=gaps).ordered()


def test_a_receipt_that_the_exporting_node_left_out_is_told_as_missing() -> None:
    request = case().request.digest
    gap = LeftOut(request, SPAIN, "bad-receipt")
    report = held(without_receipt(gap))
    assert (report.holds, report.verdict) == (False, "indeterminate")
    assert report.facts["left_out"] == [{"message": request, "receipt_of": SPAIN, "code": "bad-receipt"}]
    assert "Missing, on the exporting node's word:" in report.as_text()
    assert report.as_text().startswith("HOLDS IN PART")
    assert fault(without_receipt(LeftOut(request, CHINA, "bad-receipt"))) == (8, "unconnected")
    assert fault(case().file(left_out=(gap,))) == (8, "unconnected")
    assert fault(without_receipt(gap, gap)) == (1, "disordered")


def test_a_message_that_the_exporting_node_left_out_is_told_as_missing() -> None:
    made = case()
    answer = LeftOut(made.answer.digest, None, "signature-invalid")
    report = held(made.file(messages=(made.request,), left_out=(answer,)))
    assert report.verdict == "indeterminate"
    assert f"the message {made.answer.digest}" in report.as_text()
    assert fault(made.file(left_out=(answer,))) == (8, "unconnected")
    request = LeftOut(made.request.digest, None, "signature-invalid")
    assert fault(made.file(messages=(made.answer,), left_out=(request,))) == (6, "unconnected")
    both = (request, LeftOut(made.request.digest, SPAIN, "unconnected"))
    assert held(replace(without_receipt(*both), messages=(made.answer,))).verdict == "indeterminate"


# Something added.


def test_a_line_of_cards_without_a_part_is_too_much() -> None:
    made = case()
    other = ring("myanmar")
    extra = signed(card(other, authority=AuthorityId("MM/police-force"), country="MM", officers=()), other)
    cards = (made.cards[0], made.cards[1], extra)
    assert fault(made.file(cards=cards)) == (8, "unconnected")


def test_a_receipt_for_another_thread_is_too_much() -> None:
    made = case()
    stray = say("preservation", made.chinese, at=DAY_TWO + minutes(20))
    book = Book(SPAIN, made.spanish, list(made.spain.entries))
    place = book.add("received", DAY_TWO + minutes(21), **received(stray))
    extra = give(book, made.spanish, CHINA, [(stray.digest, place)], DAY_TWO + minutes(21))
    assert fault(made.file(receipts=(*made.receipts, extra))) == (6, "unconnected")


def test_a_message_of_another_thread_is_too_much() -> None:
    made = case()
    stray = say("preservation", made.chinese, at=DAY_TWO + minutes(20))
    assert fault(made.file(messages=(made.request, made.answer, stray))) == (5, "not-one-thread")


def test_a_leaf_of_something_else_is_too_much() -> None:
    made = case()
    size = len(made.china.entries)
    file = made.file()
    other = made.china.leaf(size - 1, size)
    assert fault(replace(file, register=replace(file.register, leaves=(*file.register.leaves, other)))) == (
        5,
        "unconnected",
    )


def of_thread(made: Case, **members: Any) -> ProofFile:
    """The sample's file after one more entry of its thread in China's register."""
    thread = made.request.statement.thread
    grown = replace(made, china=Book(CHINA, made.chinese, list(made.china.entries)))
    grown.china.add(at=DAY_TWO + minutes(8), **{"thread": thread, "message": made.request.digest, **members})
    return grown.file()


def test_leaves_of_the_thread_must_be_of_its_messages_and_of_known_events() -> None:
    assert fault(of_thread(case(), event="approved")) == (8, "unconnected")
    assert fault(of_thread(case(), event="received", message=digest_of(b"other"))) == (8, "incomplete")
    assert fault(of_thread(case(), event="receipted", **{"from": FOREIGN})) == (8, "incomplete")
    held(of_thread(case(), event="relayed", to=FOREIGN))


def test_a_checkpoint_that_nothing_names_is_too_much() -> None:
    made = case()
    file = made.file()
    early = made.china.note(2).to_bytes().decode()
    assert fault(replace(file, checkpoints=(*file.checkpoints, early)).ordered()) == (8, "unconnected")


def test_growth_from_a_size_to_itself_is_too_much() -> None:
    file = case().file()
    none = Growth(f"comity/{SPAIN}", 2, 2, ())
    assert fault(replace(file, consistency=(*file.consistency, none)).ordered()) == (4, "unconnected")


def test_growth_of_another_register_joins_what_a_receipt_names() -> None:
    made = case()
    file = made.file()
    early = made.spain.note(1).to_bytes().decode()
    more = made.spain.growth(1, 2)
    both = replace(file, checkpoints=(*file.checkpoints, early), consistency=(*file.consistency, more)).ordered()
    assert len(held(both).facts["registers"]) == 4


def test_a_chain_of_growth_joins() -> None:
    made = case()
    file = made.file()
    early = made.china.note(3).to_bytes().decode()
    longer = replace(
        file, checkpoints=(*file.checkpoints, early), consistency=(*file.consistency, made.china.growth(3, 5))
    )
    assert len(held(longer.ordered()).facts["registers"]) == 4


# Cards and keys.


def test_a_card_signed_by_others_does_not_hold() -> None:
    made = case()
    forged = spoilt(made.cards[0], 1)
    assert fault(made.file(cards=(forged, made.cards[1]))) == (2, "signature-invalid")


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("part", ["cards", "receipts"])
def test_one_signature_is_not_enough(part: str, which: int) -> None:
    file = case().file()
    bare = (unsigned(getattr(file, part)[0], which), *getattr(file, part)[1:])
    assert fault(replace(file, **{part: bare})) == ({"cards": 2, "receipts": 6}[part], "signature-missing")


@pytest.mark.parametrize("which", [0, 1])
def test_a_message_with_one_signature_is_not_enough(which: int) -> None:
    made = case()
    bare = replace(made.request, signed=unsigned(made.request.signed, which))
    assert fault(made.file(messages=(bare, made.answer))) == (7, "signature-missing")


def test_an_expired_card() -> None:
    made = case()
    until = START + timedelta(hours=1)
    short = replace(chinese_card(made.chinese), until=until, officers=(officer("cn-0417", until=until),))
    file = made.file(cards=(signed(short, made.chinese), made.cards[1]))
    assert fault(file) == (4, "key-expired")
    assert fault(plain(file)) == (7, "key-expired")


def plain(file: ProofFile) -> ProofFile:
    """The file without its cosignatures."""
    texts = (each.partition(f"— comity/{SPAIN}/witness")[0] for each in file.checkpoints)
    return replace(file, checkpoints=tuple(each.partition(f"— comity/{CHINA}/witness")[0] for each in texts))


# Keys that were revoked after they signed.


def disowned(
    since: datetime,
    reason: Reason = Reason.COMPROMISE,
    *,
    by: AuthorityId = SPAIN,
    heard: datetime | None = DAY_TWO + timedelta(days=200),
) -> ProofFile:
    """The sample's file after one of the two revoked its only keys, and China heard of it, if it did."""
    made = case()
    keys = made.spanish if by == SPAIN else made.chinese
    word = revoked(keys, keys, since, reason, by)
    if heard is None:
        return made.file(revocations=(word,))
    book = Book(CHINA, made.chinese, list(made.china.entries))
    note_it(book, word, heard)
    file = replace(made, china=book).file(revocations=(word,))
    leaves = (*file.register.leaves, book.leaf(len(book.entries) - 1, len(book.entries)))
    return replace(file, register=replace(file.register, leaves=leaves))


def note_it(book: Book, signed: Signed, at: datetime) -> int:
    """A leaf that says that a node heard of the revocation."""
    said = revocation.read(signed)
    members = {"authority": said.authority, "keyids": list(said.keyids), "reason": str(said.reason)}
    return book.add("key-revoked", at, since=format_time(said.since), **members)


def lost(report: Report) -> dict[str, list[str]]:
    """What is signed with revoked keys, and how it is judged."""
    found: dict[str, list[str]] = {}
    for each in report.facts["revoked"]:
        found.setdefault(each["key"], []).append(each["what"])
    return found


def test_an_authority_cannot_disown_what_its_own_node_witnessed_before() -> None:
    report = held(disowned(START))
    told = report.as_json()
    assert (told["holds"], told["verdict"]) == (True, "disputed")
    assert lost(report) == {"revoked-later": ["receipt", "message"]}
    message = report.facts["revoked"][1]
    assert (message["name"], message["since"]) == (case().answer.digest, "2026-11-01T00:00:00.000Z")
    assert message["heard"] == "2027-05-21T00:00:00.000Z"
    assert message["shown"] == {"at": "2026-11-02T00:09:00.000Z", "by": SPAIN, "with": "revoked-keys"}
    assert [each["key"] for each in report.facts["messages"]] == ["good", "revoked-later"]
    text = report.as_text()
    assert text.startswith("HOLDS, THOUGH A KEY WAS REVOKED SINCE")
    assert "This was here by 2026-11-02T00:09:00.000Z, which is before" in text
    assert "whoever has them could say so too" in text
    assert f"Ask {SPAIN} when it revoked its key" in text


def test_where_nothing_shows_that_it_is_older_it_may_be_the_thiefs() -> None:
    early = DAY_TWO + minutes(8)
    for file in (disowned(START, heard=None), disowned(START, heard=early), plain(disowned(START))):
        report = held(file)
        assert (report.holds, report.as_json()["verdict"]) == (False, "indeterminate")
        assert set(lost(report)) == {"in-doubt"}
        assert report.facts["messages"][1]["key"] == "in-doubt"
        assert "may be the thief's" in report.as_text()
        assert report.as_text().startswith("HOLDS IN PART")
        assert "CANNOT BE RELIED ON" in report.as_text()


def test_a_checkpoint_from_after_the_revocation_was_heard_of_shows_nothing() -> None:
    made = case()
    word = revoked(made.spanish, made.spanish, START)
    book = Book(CHINA, made.chinese, list(made.china.entries[:3]))
    index = note_it(book, word, DAY_TWO + minutes(20))
    book.add("received", DAY_TWO + minutes(6), **received(made.answer))
    book.add("listed", DAY_TWO + minutes(21), what="desk", count=1)
    file = replace(made, china=book).file(revocations=(word,))
    leaves = sorted((*file.register.leaves, book.leaf(index, 6)), key=lambda each: each.index)
    report = held(replace(file, register=replace(file.register, leaves=tuple(leaves))))
    assert report.facts["messages"][1]["key"] == "in-doubt"


@pytest.mark.parametrize(
    ("since", "reason", "found"),
    [
        (DAY_TWO + minutes(4), Reason.COMPROMISE, ["message"]),
        (DAY_TWO + minutes(4), Reason.LOSS, ["message"]),
        (DAY_TWO + minutes(4), Reason.SUPERSEDED, ["message"]),
        (DAY_TWO + minutes(5.5), Reason.COMPROMISE, ["message"]),
        (DAY_TWO + minutes(5.5), Reason.LOSS, []),
        (DAY_TWO + minutes(0.5), Reason.COMPROMISE, ["receipt", "message"]),
    ],
)
def test_what_a_revocation_reaches(since: datetime, reason: Reason, found: list[str]) -> None:
    assert lost(held(plain(disowned(since, reason)))) == ({"in-doubt": found} if found else {})
    assert lost(held(disowned(since, reason))) == ({"revoked-later": found} if found else {})


def test_another_than_the_owner_shows_it_with_good_keys() -> None:
    report = held(disowned(START, by=CHINA))
    by_name = {each["name"]: each for each in report.facts["revoked"] if each["what"] == "message"}
    assert by_name[case().request.digest]["shown"] == {
        "at": "2026-11-02T00:01:00.000Z",
        "by": SPAIN,
        "with": "good-keys",
    }
    assert "though with keys" not in report.as_text()


def test_what_another_saw_before_the_keys_were_lost_is_older_whenever_that_was_heard_of() -> None:
    made = case()
    word = revoked(made.spanish, made.spanish, DAY_TWO + minutes(5.6))
    plain_note = made.china.note(5)
    early = plain_note.with_line(cosignature.cosign(plain_note, made.spain.witness(), DAY_TWO + minutes(5.5)))
    file = made.file(revocations=(word,))
    texts = [each for each in file.checkpoints if "\n5\n" not in each]
    report = held(replace(file, checkpoints=(early.to_bytes().decode(), *texts)).ordered())
    assert report.facts["revoked"][0]["shown"]["with"] == "good-keys"


def test_an_exporter_whose_key_was_revoked_before_its_leaves() -> None:
    report = held(plain(disowned(DAY_TWO + minutes(4), by=CHINA, heard=None)))
    assert lost(report) == {"in-doubt": ["leaf"]}
    covered = held(disowned(DAY_TWO + minutes(4), by=CHINA))
    assert lost(covered) == {"revoked-later": ["leaf", "checkpoint"]}


def test_a_witness_whose_key_was_revoked_says_nothing_for_others() -> None:
    made = case()
    words = (revoked(made.chinese, made.chinese, START, authority=CHINA), revoked(made.spanish, made.spanish, START))
    report = held(made.file(revocations=words))
    assert set(lost(report)) == {"in-doubt"}
    assert set(lost(report)["in-doubt"]) == {"leaf", "receipt", "checkpoint", "message"}
    assert report.facts["messages"][1]["leaves"][0]["cosigned"][0]["key"] == "revoked"
    assert "(key revoked)" in report.as_text()


def test_an_endorsement_by_a_revoked_key_is_in_doubt() -> None:
    request, _ = relayed(case())
    _, file = relayed(case(), word(request.digest))
    told = revoked(ring("ministry"), ring("ministry"), DAY_TWO, authority=FOREIGN)
    report = held(replace(file, revocations=(told,)))
    assert lost(report) == {"in-doubt": ["endorsement"]}
    assert report.facts["messages"][0]["key"] == "in-doubt"


def test_a_leaf_of_a_revocation_that_is_not_in_the_file_is_too_much() -> None:
    assert fault(replace(disowned(START), revocations=())) == (5, "unconnected")
    other = revoked(case().spanish, case().spanish, START + minutes(1))
    assert fault(replace(disowned(START), revocations=(other,))) == (5, "unconnected")


def test_keys_of_a_renewed_card_cosigned_under_the_one_before() -> None:
    made = case()
    renewed = successor(card(made.spanish), made.spanish, DAY_TWO + timedelta(days=1))
    again = signed(renewed, made.spanish)
    assert held(made.file(cards=(*made.cards, again))).verdict == "holds"


def test_a_revocation_that_came_later_takes_nothing_away() -> None:
    made = case()
    later = revoked(made.chinese, made.chinese, DAY_TWO + timedelta(days=30), Reason.COMPROMISE, CHINA)
    report = held(made.file(revocations=(later,)))
    assert any("revoked 3 keys" in each for each in report.steps[1].found)
    assert report.facts["authorities"][0]["revocations"] == 1


def test_a_revocation_of_nobody_in_the_file() -> None:
    made = case()
    word = revoked(made.chinese, made.chinese, DAY_TWO, Reason.LOSS, FOREIGN)
    assert fault(made.file(revocations=(word,))) == (2, "key-unknown")


# Lines of several cards.


def with_cards(made: Case, *chinese: Signed) -> ProofFile:
    return made.file(cards=(*chinese, made.cards[1]))


def test_successors_hang_together_and_a_new_first_card_does_not() -> None:
    made = case()
    after, anew = ring("chinese 2"), ring("chinese 3")
    first = chinese_card(made.chinese)
    second = successor(first, after, START + timedelta(days=40))
    third = chinese_card(anew, start=START + timedelta(days=80))
    one, two = made.cards[0], signed(second, after, made.chinese)
    three = signed(replace(third, officers=()), anew)
    told = verify(with_cards(made, one, two).to_bytes(), {two.digest, made.cards[1].digest})
    assert told.facts["authorities"][0]["cards"] == 2
    assert len(told.facts["authorities"][0]["compare"]) == 1
    both = with_cards(made, one, two, three)
    assert len(held(both).facts["authorities"][0]["compare"]) == 2
    assert fault(both, {one.digest, made.cards[1].digest}) == (3, "not-trusted")
    assert fault(with_cards(made, two, one)) == (2, "card-out-of-order")
    assert fault(with_cards(made, one, one)) == (2, "disordered")
    assert fault(made.file(cards=(made.cards[1], one))) == (2, "disordered")
    lonely = signed(replace(second, serial=3), after)
    assert fault(with_cards(made, one, lonely)) == (2, "signature-missing")


def test_a_card_that_the_one_before_cannot_vouch_for_begins_a_new_run() -> None:
    made = case()
    after = ring("chinese 2")
    until = START + timedelta(days=20)
    first = replace(chinese_card(made.chinese), until=until, officers=(officer("cn-0417", until=until),))
    late = successor(first, after, START + timedelta(days=40), officers=())
    one, two = signed(first, made.chinese), signed(late, after, made.chinese)
    file = with_cards(made, one, two)
    assert len(held(file).facts["authorities"][0]["compare"]) == 2
    assert fault(file, {one.digest, made.cards[1].digest}) == (3, "not-trusted")


def test_revocations_that_a_node_accepted_hold_in_whatever_order() -> None:
    made = case()
    second = ring("spanish 2")
    later = successor(card(made.spanish), second, START + timedelta(days=40))
    cards = (*made.cards, signed(later, second, made.spanish))
    old = revoked(second, made.spanish, START + timedelta(days=50), Reason.LOSS)
    own = revoked(second, second, START + timedelta(days=45), Reason.LOSS)
    assert held(made.file(cards=cards, revocations=(old, own))).facts["authorities"][1]["revocations"] == 2
    nothing = revoked(made.spanish, ring("nobody's"), START, Reason.LOSS)
    assert fault(made.file(revocations=(nothing,))) == (2, "revokes-nothing")


# Approvals and endorsements.


def test_a_stripped_approval() -> None:
    made = case()
    assert fault(made.file(messages=(replace(made.request, approvals=()), made.answer))) == (7, "approval-missing")


def test_an_approval_of_another_statement() -> None:
    made = case()
    other = say("preservation", made.chinese, at=DAY_TWO + minutes(3))
    moved = replace(made.request, approvals=other.approvals)
    assert fault(made.file(messages=(moved, made.answer))) == (7, "approval-invalid")


def relayed(made: Case, *words: Signed) -> tuple[Message, ProofFile]:
    """The sample with a request that goes by way of China's ministry of justice."""
    request = say("preservation", made.chinese, at=DAY_TWO, via=(FOREIGN,))
    request = replace(request, endorsements=words)
    book = Book(CHINA, made.chinese)
    thread = request.statement.thread
    book.add("sent", DAY_TWO, thread=thread, message=request.digest, to=FOREIGN, kind="preservation")
    book.add("listed", DAY_TWO, what="desk", count=1)
    grown = replace(made, request=request, china=book, receipts=())
    note_now = book.note(2).to_bytes().decode()
    ministry = ring("ministry")
    theirs = signed(replace(chinese_card(ministry), authority=FOREIGN, officers=()), ministry)
    cards = (theirs, *made.cards)
    file = grown.file(cards=cards, messages=(request,), checkpoints=(note_now,), consistency=())
    return request, file


def word(message: Digest, by: AuthorityId = FOREIGN) -> Signed:
    said = Endorsement(by, message, DAY_TWO + minutes(1))
    return dsse.sign(endorsement.PAYLOAD_TYPE, said.to_bytes(), ring("ministry").signing)


def test_the_authors_copy_lacks_the_endorsements_of_its_road() -> None:
    _, file = relayed(case())
    (told,) = held(file).facts["messages"]
    assert told["endorsements_elsewhere"] == [FOREIGN]
    assert told["receipts"] == []


def test_an_endorsement_must_be_of_this_message_and_of_a_relay() -> None:
    request, _ = relayed(case())
    _, endorsed = relayed(case(), word(request.digest))
    assert held(endorsed).facts["messages"][0]["endorsed_by"] == [FOREIGN]
    _, other = relayed(case(), word(digest_of(b"another")))
    assert fault(other) == (7, "endorsement-invalid")
    made = case()
    added = replace(made.request, endorsements=(word(made.request.digest),))
    assert fault(made.file(messages=(added, made.answer))) == (7, "endorsement-invalid")
    foreign = replace(made.request, endorsements=(made.cards[0],))
    assert fault(made.file(messages=(foreign, made.answer))) == (7, "endorsement-invalid")


# Receipts, checkpoints, leaves.


def test_a_forged_receipt() -> None:
    made = case()
    book = Book(SPAIN, made.spanish, list(made.spain.entries))
    ours = give(book, made.chinese, CHINA, [(made.request.digest, 1)], DAY_TWO + minutes(1))
    assert fault(made.file(receipts=(ours,))) == (6, "key-unknown")
    assert fault(made.file(receipts=(spoilt(made.receipts[0], 0),))) == (6, "signature-invalid")


def test_a_register_that_tells_two_stories() -> None:
    made = case()
    other = Book(SPAIN, made.spanish, [*made.spain.entries])
    other.entries[0] = other.entries[0].replace(b"desk", b"list")
    forked = other.note(2).to_bytes().decode()
    file = made.file()
    ours = tuple(each for each in file.checkpoints if each.startswith(f"comity/{CHINA}"))
    assert fault(replace(file, checkpoints=(*ours, forked))) == (6, "fork")
    both = tuple(each for each in file.checkpoints if each.startswith(f"comity/{SPAIN}"))
    assert fault(replace(file, checkpoints=(*ours, *both, forked)).ordered()) == (4, "fork")


def test_a_register_that_changed_its_past() -> None:
    made = case()
    other = Book(CHINA, made.chinese, list(made.china.entries))
    other.entries[0] = other.entries[0].replace(b"desk", b"list")
    file = made.file()
    texts = [each for each in file.checkpoints if "\n5\n" not in each]
    forked = other.note(5).to_bytes().decode()
    changed = replace(file, checkpoints=(forked, *texts)).ordered()
    assert fault(changed)[0] == 4
    assert fault(changed)[1] in {"fork", "unproven"}


def growth(change: Callable[[Growth], Growth]) -> ProofFile:
    file = case().file()
    return replace(file, consistency=(change(file.consistency[0]),))


def test_growth_that_is_not_proven() -> None:
    assert fault(growth(lambda each: replace(each, hashes=each.hashes[:-1]))) == (4, "unproven")
    assert fault(growth(lambda each: replace(each, start=4))) == (4, "incomplete")
    assert fault(growth(lambda each: replace(each, start=6, end=5))) == (4, "rollback")


def leafed(change: Callable[[OpenLeaf], OpenLeaf]) -> ProofFile:
    file = case().file()
    first, *rest = file.register.leaves
    return replace(file, register=replace(file.register, leaves=(change(first), *rest)))


def test_leaves_that_are_not_the_registers() -> None:
    assert fault(leafed(lambda each: replace(each, salt=bytes(32)))) == (5, "bad-proof")
    assert fault(leafed(lambda each: replace(each, index=0))) == (5, "bad-proof")
    assert fault(leafed(lambda each: replace(each, entry=each.entry.replace(b"sent", b"lost")))) == (5, "bad-proof")


def cosigned_by(name: str, seed_name: str, at: datetime = DAY_TWO) -> ProofFile:
    """China's newest checkpoint, cosigned by somebody."""
    made = case()
    book = Book(AuthorityId(name), ring(seed_name))
    newest = made.china.note(len(made.china.entries))
    line = cosignature.cosign(newest, book.witness(), at)
    file = made.file()
    texts = tuple(each for each in file.checkpoints if "\n6\n" not in each)
    return replace(file, checkpoints=(*texts, newest.with_line(line).to_bytes().decode())).ordered()


def test_cosignatures_must_be_of_a_witness_whose_card_is_there() -> None:
    held(cosigned_by(SPAIN, "spanish"))
    assert fault(cosigned_by("FR/police", "spanish")) == (4, "key-unknown")
    assert fault(cosigned_by(SPAIN, "another")) == (4, "note-unsigned")
    assert fault(cosigned_by(SPAIN, "spanish", START - timedelta(days=1))) == (4, "key-expired")
    assert fault(cosigned_by(SPAIN, "spanish", START + YEAR)) == (4, "key-expired")


def test_a_checkpoint_by_a_key_on_no_card() -> None:
    made = case()
    file = made.file()
    stranger = Book(CHINA, ring("another"), list(made.china.entries)).note(6).to_bytes().decode()
    texts = tuple(each for each in file.checkpoints if "\n6\n" not in each)
    assert fault(replace(file, checkpoints=(*texts, stranger)).ordered()) == (4, "note-unsigned")


def test_growth_that_does_not_lead_to_the_extract_joins_nothing() -> None:
    made = case()
    file = made.file()
    early = tuple(made.china.note(size).to_bytes().decode() for size in (2, 3))
    grown = replace(
        file, checkpoints=(*file.checkpoints, *early), consistency=(*file.consistency, made.china.growth(2, 3))
    )
    assert fault(grown.ordered()) == (8, "unconnected")


def test_two_cosigned_copies_of_one_checkpoint_count_together() -> None:
    made = case()
    book = Book(SPAIN, made.spanish, list(made.spain.entries))
    plain = book.note(2)
    line = cosignature.cosign(plain, made.china.witness(), DAY_TWO + minutes(2))
    cosigned = plain.with_line(line)
    assert note.parse(cosigned.to_bytes()).lines[-1] == line
    theirs = tuple(each for each in made.file().checkpoints if each.startswith(f"comity/{CHINA}"))
    file = made.file(checkpoints=(*theirs, cosigned.to_bytes().decode()))
    assert held(file).facts["messages"][0]["receipts"][0]["cosigned"][0]["by"] == CHINA


# The thread.


def test_a_thread_without_its_first_message_is_told_so() -> None:
    made = case()
    spain = Book(SPAIN, made.spanish)
    thread = made.request.statement.thread
    spain.add("sent", DAY_TWO + minutes(5), thread=thread, message=made.answer.digest, to=CHINA, kind="acknowledged")
    spain.add("listed", DAY_TWO, what="desk", count=0)
    size = 2
    file = made.file(
        messages=(made.answer,),
        receipts=(),
        checkpoints=(spain.note(size).to_bytes().decode(),),
        consistency=(),
        register=replace(made.file().register, origin=f"comity/{SPAIN}", size=size, leaves=(spain.leaf(0, size),)),
    )
    report = held(file)
    assert report.facts["thread"]["condition"] == "no-root"
    assert "The first message is missing; nothing can be judged without it." in report.steps[8].found


def test_a_message_that_lacks_its_ancestor_is_told_so() -> None:
    made = case()
    missing = digest_of(b"never exported")
    after = (made.request.digest, missing)
    answer = say("acknowledged", made.spanish, (made.request,), at=DAY_TWO + minutes(5), approve=False, names=after)
    book = Book(CHINA, made.chinese, made.china.entries[:3])
    book.add("received", DAY_TWO + minutes(6), **received(answer))
    book.add("listed", DAY_TWO, what="desk", count=0)
    book.add("listed", DAY_TWO, what="desk", count=0)
    grown = replace(made, answer=answer, china=book)
    report = held(grown.file())
    assert report.facts["thread"]["missing"] == [missing]
    assert any(missing in each for each in report.steps[8].found)


def test_a_recall_is_told_with_who_still_holds_what() -> None:
    made = case()
    recall = say(
        "recall",
        made.chinese,
        (made.request,),
        at=DAY_TWO + minutes(7),
        sender=CHINA,
        to=(SPAIN,),
        body={**kinds.move_kinds()["recall"].example, "of": [made.request.digest]},
    )
    thread = made.request.statement.thread
    book = Book(CHINA, made.chinese, list(made.china.entries))
    book.add("sent", DAY_TWO + minutes(7), thread=thread, message=recall.digest, to=SPAIN, kind="recall")
    grown = replace(made, china=book)
    report = held(grown.file(messages=(made.request, made.answer, recall)))
    assert f"{CHINA} recalled 1 of its messages; {SPAIN} still holds them." in report.steps[8].found


def test_what_is_no_sample_is_not_called_one() -> None:
    made = case()
    real = [chinese_card(made.chinese), card(made.spanish)]
    cards = [replace(each, sample=False, officers=()) for each in real]
    texts = tuple(signed(each, keys) for each, keys in zip(cards, (made.chinese, made.spanish), strict=True))
    request = say("legal-advice", made.chinese, at=DAY_TWO, approve=False)
    book = Book(CHINA, made.chinese)
    book.add("sent", DAY_TWO, thread=request.statement.thread, message=request.digest, to=SPAIN, kind="legal-advice")
    book.add("listed", DAY_TWO, what="desk", count=0)
    grown = replace(made, china=book, request=request, receipts=())
    now = book.note(2).to_bytes().decode()
    file = grown.file(cards=texts, messages=(request,), checkpoints=(now,), consistency=())
    report = held(file)
    assert not report.facts["sample"]
    assert "sample" not in "".join(report.still)


def test_a_bad_origin_and_times_that_are_none() -> None:
    made = case()
    file = made.file()
    assert fault(replace(file, register=replace(file.register, origin="elsewhere")))[0] == 5
    unsound = OpenLeaf(1, b'{"at":"noon"}', bytes(32), ())
    assert fault(replace(file, register=replace(file.register, leaves=(unsound,)))) == (5, "bad-proof")
