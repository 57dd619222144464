# SPDX-License-Identifier: Apache-2.0
"""Letters of an authority without a node: entered, compared by a second officer, answered and posted; and asked in the
same way."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from tests.fixtures.by_letter import LAOS, MINISTRY, SCAN, answered, came, entered, known, letter
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a, example, officer, size

from comity.cooperation.answering import actions as answering
from comity.cooperation.assessment import actions as assessment
from comity.cooperation.closing import actions as closing
from comity.cooperation.dispatch import approving, journeys, lettering, posting
from comity.cooperation.dispatch.errors import OwnStatement
from comity.cooperation.drafting import actions as drafting
from comity.cooperation.drafting import entering
from comity.cooperation.exchange.errors import ByLetter
from comity.cooperation.journey import Prepared
from comity.cooperation.reception.verify import Judged, _Bench
from comity.protocol.proof import verifier
from comity.protocol.proof.enclosed import Enclosed
from comity.protocol.terms import kinds
from comity.protocol.terms.errors import BodyInvalid
from comity.protocol.terms.handling import DEFAULT
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.protocol.wire.message import write
from comity.protocol.wire.names import digest_of
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import correspondents, peers
from comity.records.authorities.errors import HasNode, NotAlone, OurOwn
from comity.records.authorities.issuing import our_signed_card
from comity.records.authorities.models import Authority, Standing, Watch
from comity.records.errors import NotFound, NotInSeason, NotPermitted
from comity.records.threads import reading, scans, store
from comity.records.threads.models import Side


def text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).replace("\u200b", "")


def sent(node: SimulatedNode, said: Prepared) -> None:
    if said.awaiting:
        node.approve(said)


@contextmanager
def member(node: SimulatedNode) -> Iterator[None]:
    """As if the ministry had a node by now, whose card was accepted."""
    rows = Authority.objects.filter(id=LAOS)
    with node.home.active():
        rows.update(standing=Standing.ACCEPTED)
    yield
    with node.home.active():
        rows.update(standing=Standing.BY_LETTER)


def test_a_letter_counts_once_a_second_officer_compared_it(spain: SimulatedNode) -> None:
    known(spain)
    prepared = entered(spain)
    assert prepared.awaiting == 1
    with spain.home.active(), pytest.raises(NotFound):
        reading.thread(CONSOLE, prepared.thread)
    assert entering.scan(spain.home, CONSOLE, prepared.thread, SCAN.digest).content == SCAN.content
    spain.approve(prepared)
    with spain.home.active():
        row = reading.thread(CONSOLE, prepared.thread)
        said = store.roots_of(prepared.thread)[prepared.digest]
    assert (row.side, row.counterpart, row.ours, row.open) == (Side.ASKED, LAOS, True, True)
    assert said.entered is not None
    assert (said.sender, said.signer, said.entered.letter) == (LAOS, SPAIN, SCAN.digest)


def test_it_is_answered_by_the_same_road(network: Network, spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain, reference="SAMPLE LA 7/2026")
    decided = assessment.decide(spain.home, CONSOLE, thread, "accepted", example("accepted"))
    sent(spain, decided)
    network.deliver(rounds=5)
    waiting = [each for each in posting.to_post(spain.home, CONSOLE) if each.thread == thread]
    assert [(each.message, each.peer) for each in waiting] == [(decided.digest, LAOS)]
    made = lettering.letter_of(spain.home, CONSOLE, thread, "en", decided.digest)
    said = text(made)
    assert "SAMPLE LA 7/2026" in said
    assert "1 Sample Road" in said
    assert f"In answer to: Mutual legal assistance, no. SAMPLE LA 7/2026, of {spain.home.now().year}-01-02" in said
    whole = " ".join(said.split())
    assert all(each in whole for each in ("Place and date", "Signature and seal", "ask us, the author of this letter"))
    assert f"{spain.home.now().year}-01-02" in said
    today = spain.home.now().date()
    kept = posting.post(
        spain.home, CONSOLE, thread, decided.digest, language="en", road="registered-post", on=today, reference="RR 1"
    )
    assert kept.letter == digest_of(made)
    assert not [each for each in posting.to_post(spain.home, CONSOLE) if each.thread == thread]
    told = {each.message: each.status for each in journeys.deliveries(spain.home, CONSOLE, thread)}
    assert told[decided.digest] == "posted"
    with pytest.raises(NotInSeason):
        posting.post(spain.home, CONSOLE, thread, decided.digest, language="en", road="post", on=today)
    arrived = posting.note_arrival(spain.home, CONSOLE, thread, decided.digest, on=today, road="e-mail")
    assert (arrived.arrived, arrived.arrived_by) == (today, "e-mail")
    with pytest.raises(NotInSeason):
        posting.note_arrival(spain.home, CONSOLE, thread, decided.digest, on=today, road="e-mail")
    produced = answering.answer(spain.home, CONSOLE, thread, "produced", example("produced"))
    sent(spain, produced)
    assert [each.message for each in posting.on_paper(spain.home, CONSOLE, thread)] == [decided.digest, produced.digest]


def test_we_ask_by_letter_and_enter_what_comes_back(network: Network, spain: SimulatedNode) -> None:
    known(spain)
    body = example("preservation")
    draft = drafting.start(spain.home, CONSOLE, kind="preservation", to=[LAOS], body=body, handling=DEFAULT)
    asked = drafting.submit(spain.home, CONSOLE, draft.id)
    spain.approve(asked)
    network.deliver(rounds=5)
    assert [each.message for each in posting.on_paper(spain.home, CONSOLE, asked.thread)] == [asked.digest]
    with pytest.raises(MoveNotAllowed):
        answered(spain, asked.thread, "withdrawn")
    their = answered(spain, asked.thread, "acknowledged")
    assert spain.state(asked.thread).lanes[LAOS].state != "received"
    spain.approve(their)
    assert spain.state(asked.thread).lanes[LAOS].state == "received"
    assert entering.scan(spain.home, CONSOLE, asked.thread, SCAN.digest).media_type == "application/pdf"
    with pytest.raises(NotInSeason):
        lettering.letter_of(spain.home, CONSOLE, asked.thread, "en", their.digest)


def test_who_reads_the_proof_is_told_who_vouches_for_what(spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain)
    decided = assessment.decide(spain.home, CONSOLE, thread, "acknowledged", example("acknowledged"))
    sent(spain, decided)
    report = verifier.verify(journeys.proof(spain.home, CONSOLE, thread))
    told = report.as_text()
    assert f"{SPAIN} says that it read a mutual-legal-assistance in a letter of {LAOS}" in told
    assert f"{LAOS} signed nothing here" in told
    assert f"ENTERED FROM A LETTER, dated {spain.home.now().year}-01-02" in told
    first = report.facts["messages"][0]
    assert (first["from"], first["entered"]["by"], first["entered"]["letter"]) == (LAOS, SPAIN, SCAN.digest)
    assert first["approvals"]


def test_what_the_letter_does_not_say_may_be_missing_and_nothing_else(spain: SimulatedNode) -> None:
    known(spain)
    prepared = entered(spain, offence=None, investigating_authority=None)
    spain.approve(prepared)
    assert spain.state(prepared.thread).root == prepared.digest
    with pytest.raises(BodyInvalid) as error:
        entered(spain, offence=None, urgency="whenever")
    assert [each.path for each in error.value.problems] == ["urgency"]


def test_its_clocks_run_from_the_day_it_came(spain: SimulatedNode) -> None:
    known(spain)
    kind, basis = "subscriber-information", {"instrument": "CETS224", "article": "8"}
    when = (spain.home.now() - timedelta(days=9), spain.home.now())
    found = []
    for day in when:
        body = example(kind, due=[], basis=basis)
        told = entering.Letter(LAOS, day, None, None)
        draft = drafting.start(spain.home, CONSOLE, kind=kind, to=[SPAIN], body=body, handling=DEFAULT, letter=told)
        prepared = drafting.submit(spain.home, CONSOLE, draft.id)
        spain.approve(prepared)
        with spain.home.active():
            found.append(store.roots_of(prepared.thread)[prepared.digest].body["due"])
    early, late = found
    assert [each["what"] for each in early] == [each["what"] for each in late] != []
    assert all(one["at"] < other["at"] for one, other in zip(early, late, strict=True))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"sender": CHINA}, HasNode),
        ({"sender": SPAIN}, HasNode),
        ({"sender": "LA/nobody"}, NotFound),
        ({"came": timedelta(hours=1)}, BadMember),
        ({"dated": date(2999, 1, 1)}, BadMember),
        ({"scan": Enclosed("x.pdf", "application/pdf", b"<html>")}, BadMember),
        ({"scan": Enclosed("x.pdf", "application/pdf", b"%PDF-" + bytes(scans.LIMIT))}, TooLarge),
    ],
)
def test_what_is_no_letter_of_theirs_is_named(
    spain: SimulatedNode, change: dict[str, object], error: type[Exception]
) -> None:
    known(spain)
    before = size(spain)
    given = dict(change)
    if isinstance(given.get("came"), timedelta):
        given["came"] = spain.home.now() + timedelta(hours=1)
    wrong = replace(letter(spain), **given)  # type: ignore[arg-type]
    with pytest.raises(error):
        drafting.start(spain.home, CONSOLE, kind="preservation", to=[SPAIN], body={}, handling=DEFAULT, letter=wrong)
    assert size(spain) == before


def test_a_draft_of_a_letter_keeps_its_scan_until_another_comes(spain: SimulatedNode) -> None:
    known(spain)
    draft = drafting.start(
        spain.home, CONSOLE, kind="preservation", to=[SPAIN], body={}, handling=DEFAULT, letter=letter(spain)
    )
    again = drafting.revise(spain.home, CONSOLE, draft.id, 1, letter=letter(spain, None))
    assert again.entered["letter"] == SCAN.digest
    other = Enclosed("second.png", "image/png", b"\x89PNG\r\n\x1a\nsample")
    newest = drafting.revise(spain.home, CONSOLE, draft.id, 2, letter=letter(spain, other))
    assert newest.entered["letter"] == other.digest
    assert entering.scan(spain.home, CONSOLE, draft.id, other.digest).media_type == "image/png"
    drafting.discard(spain.home, CONSOLE, draft.id)
    with pytest.raises(NotFound):
        entering.scan(spain.home, CONSOLE, draft.id, other.digest)


def test_taken_back_and_submitted_again_the_scan_follows(spain: SimulatedNode) -> None:
    known(spain)
    first = entered(spain)
    approving.discard(spain.home, CONSOLE, first.id, again=True)
    draft = drafting.reopen(spain.home, CONSOLE, first.id)
    again = drafting.revise(spain.home, CONSOLE, draft.id, draft.revision, letter=letter(spain))
    second = drafting.submit(spain.home, CONSOLE, again.id)
    assert entering.scan(spain.home, CONSOLE, second.thread, SCAN.digest).name == SCAN.name
    approving.discard(spain.home, CONSOLE, second.id)
    with pytest.raises(NotFound):
        entering.scan(spain.home, CONSOLE, second.thread, SCAN.digest)


def test_who_has_a_node_is_no_correspondent(fresh: Network) -> None:
    china, spain = (fresh.nodes[each] for each in (CHINA, SPAIN))
    with pytest.raises(HasNode):
        correspondents.keep(spain.home, CONSOLE, CHINA, MINISTRY)
    with pytest.raises(OurOwn):
        correspondents.keep(spain.home, CONSOLE, SPAIN, MINISTRY)
    known(spain)
    with spain.home.active():
        Authority.objects.filter(id=LAOS).update(standing=Standing.ACCEPTED)
        assert correspondents.correspondent(LAOS) is None
    with pytest.raises(HasNode):
        entered(spain)
    assert peers.overview(china.home, CONSOLE)


def test_a_thread_that_began_by_letter_stays_by_letter(spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain)
    with member(spain):
        decided = assessment.decide(spain.home, CONSOLE, thread, "acknowledged", example("acknowledged"))
        their = answered(spain, thread, "withdrawn")
        with pytest.raises(HasNode):
            entered(spain)
    assert their.awaiting == 1
    assert [each.message for each in posting.on_paper(spain.home, CONSOLE, thread)] == [decided.digest]


def test_with_others_nobody_is_written_to_by_letter(spain: SimulatedNode) -> None:
    known(spain)
    body = example("preservation")
    for to, via in (([LAOS, CHINA], []), ([LAOS], [CHINA])):
        draft = drafting.start(spain.home, CONSOLE, kind="preservation", to=to, via=via, body=body, handling=DEFAULT)
        with pytest.raises(NotAlone):
            drafting.submit(spain.home, CONSOLE, draft.id)


def test_no_other_node_takes_what_was_entered(network: Network, spain: SimulatedNode, china: SimulatedNode) -> None:
    """Not even by a peer whose program sends it."""
    known(spain)
    thread = came(spain)
    with spain.home.active():
        message = store.message(store.state_of(thread).root or digest_of(b""))
    assert message is not None

    with china.home.active(), pytest.raises(ByLetter):
        _Bench(china.home, SPAIN, Judged()).verify(message)


def test_who_may(spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain)
    before = size(spain)
    with pytest.raises(NotPermitted):
        correspondents.keep(spain.home, a(Role.ANALYST), LAOS, MINISTRY)
    with pytest.raises(NotPermitted):
        entering.enter_move(spain.home, a(Role.ANALYST), thread, "withdrawn", {}, letter(spain))
    for reader in (NOBODY, ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            entering.scan(spain.home, reader, thread, SCAN.digest)
        assert posting.to_post(spain.home, reader) == []
    assert correspondents.correspondents(spain.home, NOBODY) == []
    with pytest.raises(NotPermitted):
        posting.post(spain.home, NOBODY, thread, "", language="en", road="post", on=spain.home.now().date())
    with pytest.raises(NotFound):
        entering.scan(spain.home, CONSOLE, "", SCAN.digest)
    assert size(spain) == before


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"name": " "}, "name"),
        ({"address": ""}, "address"),
        ({"source": ""}, "source"),
        ({"name": "a" * 201}, "name"),
        ({"email": "a\0"}, "email"),
        ({"timezone": "Vientiane"}, "timezone"),
        ({"timezone": "../x"}, "timezone"),
        ({"roles": ("king",)}, "roles"),
        ({"languages": ("tlh",)}, "languages"),
    ],
)
def test_an_address_has_its_form(spain: SimulatedNode, change: dict[str, object], member: str) -> None:
    with pytest.raises(BadMember) as error:
        correspondents.keep(spain.home, CONSOLE, LAOS, replace(MINISTRY, **change))  # type: ignore[arg-type]
    assert error.value.data["member"] == member


@pytest.mark.parametrize("wrong", [{"road": "pigeon"}, {"on": date(1999, 1, 1)}, {"on": date(2999, 1, 1)}])
def test_a_posting_has_its_form(spain: SimulatedNode, wrong: dict[str, object]) -> None:
    known(spain)
    thread = came(spain)
    decided = assessment.decide(spain.home, CONSOLE, thread, "acknowledged", example("acknowledged"))
    sent(spain, decided)
    given = {"language": "en", "road": "post", "on": spain.home.now().date(), **wrong}
    with pytest.raises(BadMember):
        posting.post(spain.home, CONSOLE, thread, decided.digest, **given)  # type: ignore[arg-type]


def test_a_letter_of_one_who_became_a_member_does_not_count(spain: SimulatedNode) -> None:
    known(spain)
    prepared = entered(spain)
    with member(spain), pytest.raises(HasNode):
        spain.approve(prepared)


def test_a_thread_by_letter_takes_nothing_from_the_line(spain: SimulatedNode, china: SimulatedNode) -> None:
    """Neither a second opening under its id, which the letter's code shows, nor a word of who signs by now."""
    known(spain)
    thread = came(spain)
    kind = next(each for each in kinds.request_kinds().values() if not each.approvals)
    with china.home.active():
        keys = china.home.keys.current.signing
    with spain.home.active():
        root = store.state_of(thread).root
        said = store.roots_of(thread)[root or digest_of(b"")]
    opening = replace(said, sender=CHINA, entered=None, kind=kind.name, body=dict(kind.example))
    note = replace(opening, id=china.home.new_id(), kind="note", body=example("note"), after=(digest_of(b"1"),))
    for forged in (opening, note, replace(opening, id=note.id, thread=note.id, paper=True)):
        with spain.home.active(), pytest.raises(ByLetter):
            _Bench(spain.home, CHINA, Judged()).verify(write(forged, keys))


def test_whoever_read_the_letter_does_not_compare_it(spain: SimulatedNode) -> None:
    known(spain)
    reader, other = officer(spain)[1], officer(spain, 1)[1]
    body = example("preservation")
    draft = drafting.start(
        spain.home, reader, kind="preservation", to=[SPAIN], body=body, handling=DEFAULT, letter=letter(spain)
    )
    prepared = drafting.submit(spain.home, other, draft.id)
    found = approving.outgoing(spain.home, CONSOLE, prepared.id)
    assert approving.own(found, reader.name)
    assert approving.own(found, other.name)
    for place in (0, 1):
        with pytest.raises(OwnStatement):
            approving.options(spain.home, officer(spain, place)[0], prepared.id)


def test_a_destroyed_letters_scan_is_handed_out_no_more(spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain)
    root = spain.state(thread).root
    body = {**example("recall"), "of": [root]}
    recall = entering.enter_move(spain.home, CONSOLE, thread, "recall", body, letter(spain, None))
    spain.approve(recall)
    assert entering.scan(spain.home, CONSOLE, thread, SCAN.digest)
    destroyed = {name: value for name, value in example("recall-destroyed").items() if name != "recall"}
    said = closing.answer_recall(spain.home, CONSOLE, thread, "recall-destroyed", recall.digest, destroyed)
    sent(spain, said)
    with pytest.raises(NotInSeason):
        entering.scan(spain.home, CONSOLE, thread, SCAN.digest)


def test_a_scan_of_a_draft_is_for_those_who_may_write_it(spain: SimulatedNode) -> None:
    known(spain)
    draft = drafting.start(
        spain.home, CONSOLE, kind="preservation", to=[SPAIN], body={}, handling=DEFAULT, letter=letter(spain)
    )
    with pytest.raises(NotFound):
        entering.scan(spain.home, a(Role.ANALYST), draft.id, SCAN.digest)
    other = Enclosed("second.png", "image/png", b"\x89PNG\r\n\x1a\nother")
    drafting.revise(spain.home, CONSOLE, draft.id, 1, letter=letter(spain, other))
    with pytest.raises(NotFound):
        entering.scan(spain.home, CONSOLE, draft.id, SCAN.digest)


def test_only_so_many_scans_are_kept_of_a_thread(spain: SimulatedNode, monkeypatch: pytest.MonkeyPatch) -> None:
    known(spain)
    thread = came(spain)
    monkeypatch.setattr(scans, "MOST", 1)
    answered(spain, thread, "withdrawn")
    other = Enclosed("x", "", b"%PDF-other")
    told = letter(spain, other)
    with pytest.raises(BadMember):
        entering.enter_move(spain.home, CONSOLE, thread, "withdrawn", example("withdrawn"), told)


def test_a_correspondent_that_is_invited_is_a_peer_to_be(fresh: Network) -> None:
    china, spain = (fresh.nodes[each] for each in (CHINA, SPAIN))
    with spain.home.active():
        Watch.objects.filter(authority=CHINA).delete()
        Authority.objects.filter(id=CHINA).update(standing=Standing.BY_LETTER, name="Typed by a drafter")
    with china.home.active():
        card = our_signed_card()
    peers.invite(spain.home, CONSOLE, card)
    found = {each.authority.id: each.authority for each in peers.overview(spain.home, CONSOLE)}[CHINA]
    assert (found.standing, found.name == "Typed by a drafter") == (Standing.INVITED, False)
    correspondents.keep(spain.home, CONSOLE, CHINA, MINISTRY)
    with spain.home.active():
        assert Authority.objects.get(id=CHINA).name == found.name
        assert peers.standing(LAOS) in ("unknown", "by-letter")
    known(spain)
    with pytest.raises(NotFound):
        peers.suspend(spain.home, CONSOLE, LAOS, "other")


def test_the_account_says_what_was_entered(spain: SimulatedNode) -> None:
    known(spain)
    thread = came(spain)
    told = journeys.account(spain.home, CONSOLE, thread)
    assert told["history"][0]["entered"]["by"] == SPAIN
    assert told["read_by"] == {LAOS: SPAIN}
    text = journeys.as_text(told)
    assert "ENTERED FROM A LETTER" in text
    assert "compared by" in text
    assert f"What {LAOS} says here stands on letters as {SPAIN} read them" in text
