# SPDX-License-Identifier: Apache-2.0
"""A mailbox's files and collections: an envelope stays until its recipient says that it has it, and only then goes."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.cards import START, card, ring, signed

from comity.cooperation.exchange.errors import MailboxFull
from comity.interfaces.federation import mailbox
from comity.interfaces.federation.mailbox import Collection, Store
from comity.protocol.errors import ComityError
from comity.protocol.wire import envelope, trust
from comity.protocol.wire.errors import BadMember, NotForUs
from comity.protocol.wire.names import AuthorityId, digest_of

RELAY, SPAIN = AuthorityId("FR/relay"), AuthorityId("ES/policia-nacional")
NOW = START + timedelta(days=1)
KEYS = ring("spain")
LINEAGE = trust.begin(signed(card(KEYS), KEYS), at=START)


def sealed(text: bytes, to: AuthorityId = SPAIN) -> bytes:
    return envelope.seal(text, to, KEYS.opening.public)


@given(st.lists(st.binary(max_size=50)))
def test_what_is_joined_is_split_again(parts: list[bytes]) -> None:
    assert mailbox.split(mailbox.join(parts)) == parts


@given(st.binary(min_size=1, max_size=7) | st.just(b"\xff" * 8) | st.just(mailbox.join([b"abc"])[:-1]))
def test_a_body_that_leads_nowhere_is_named(body: bytes) -> None:
    with pytest.raises(BadMember):
        mailbox.split(body)


def test_an_envelope_stays_until_it_was_taken(tmp_path: Path) -> None:
    store = Store(tmp_path)
    envelopes = [sealed(str(number).encode()) for number in range(3)]
    for number, each in enumerate(envelopes):
        digest = store.leave(SPAIN, each)
        os.utime(tmp_path / "ES" / "policia-nacional" / digest.removeprefix("sha256:"), ns=(number, number))
    assert list(store.give(SPAIN)) == envelopes == list(store.give(SPAIN))
    store.leave(SPAIN, envelopes[0])
    assert len(list(store.give(SPAIN))) == 3, "leaving one twice leaves one"
    store.forget(SPAIN, [digest_of(envelopes[1]), digest_of(b"never here")])
    assert sorted(store.give(SPAIN)) == sorted([envelopes[0], envelopes[2]])
    assert list(store.give(AuthorityId("CN/mps"))) == []


def test_an_envelope_for_another_is_not_taken_in(tmp_path: Path) -> None:
    with pytest.raises(NotForUs):
        Store(tmp_path).leave(SPAIN, sealed(b"x", AuthorityId("CN/mps")))
    with pytest.raises(ComityError):
        Store(tmp_path).leave(SPAIN, b"nonsense")
    assert not list(tmp_path.iterdir())


def test_a_mailbox_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    monkeypatch.setattr(mailbox, "MAX_WAITING", 2)
    for number in range(2):
        store.leave(SPAIN, sealed(str(number).encode()))
    with pytest.raises(MailboxFull):
        store.leave(SPAIN, sealed(b"2"))
    monkeypatch.setattr(mailbox, "MAX_WAITING", 10)
    monkeypatch.setattr(mailbox, "MAX_HELD", 100)
    with pytest.raises(MailboxFull):
        store.leave(SPAIN, sealed(b"2"))


def test_one_collection_gives_no_more_than_the_next_may_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recipient that was away for long must be able to say what it has."""
    monkeypatch.setattr(mailbox, "MAX_TAKEN", 3)
    store = Store(tmp_path)
    for number in range(5):
        store.leave(SPAIN, sealed(str(number).encode()))
    given_first = list(store.give(SPAIN))
    assert len(given_first) == 3
    taken = tuple(digest_of(each) for each in given_first)
    asked = Collection(SPAIN, RELAY, NOW, taken)
    found = mailbox.verify(mailbox.sign(asked, KEYS.signing), LINEAGE, RELAY, NOW)
    assert found == asked
    store.forget(SPAIN, found.taken)
    assert len(list(store.give(SPAIN))) == 2


def test_much_comes_in_parts_but_never_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MAX_GIVEN", 10)
    store = Store(tmp_path)
    for number in range(2):
        store.leave(SPAIN, sealed(str(number).encode()))
    assert len(list(store.give(SPAIN))) == 1


def test_a_half_written_envelope_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    whole = sealed(b"x")
    store.leave(SPAIN, whole)
    (tmp_path / "ES" / "policia-nacional" / "tmpabc.new").write_bytes(whole[:50])
    assert list(store.give(SPAIN)) == [whole]


def test_many_may_leave_and_take_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    envelopes = [sealed(str(number).encode()) for number in range(20)]
    stop, taken = threading.Event(), set[bytes]()

    def take() -> None:
        while not stop.is_set():
            found = list(store.give(SPAIN))
            taken.update(found)
            store.forget(SPAIN, [digest_of(each) for each in found])

    with ThreadPoolExecutor(6) as pool:
        takers = [pool.submit(take) for _ in range(2)]
        list(pool.map(lambda each: store.leave(SPAIN, each), [*envelopes, *envelopes]))
        stop.set()
        for each in takers:
            each.result()
    assert taken | set(store.give(SPAIN)) == set(envelopes)


@pytest.mark.parametrize(
    ("change", "late"),
    [
        ({"authority": AuthorityId("CN/mps")}, 0),
        ({"relay": AuthorityId("FR/other")}, 0),
        ({}, 6),
        ({}, -6),
    ],
)
def test_a_collection_is_its_recipients_for_this_relay_and_fresh(change: dict[str, AuthorityId], late: int) -> None:
    asked = replace(Collection(SPAIN, RELAY, NOW, ()), **change)
    with pytest.raises(BadMember):
        mailbox.verify(mailbox.sign(asked, KEYS.signing), LINEAGE, RELAY, NOW + timedelta(minutes=late))


def test_a_strangers_collection_gets_nothing() -> None:
    asked = Collection(SPAIN, RELAY, NOW, ())
    data = mailbox.sign(asked, ring("stranger").signing)
    with pytest.raises(ComityError):
        mailbox.verify(data, LINEAGE, RELAY, NOW)
    good = mailbox.sign(asked, KEYS.signing)
    at = good.index(b'"sig":"') + 10
    with pytest.raises(ComityError):
        mailbox.verify(good[:at] + (b"A" if good[at : at + 1] != b"A" else b"B") + good[at + 1 :], LINEAGE, RELAY, NOW)
