# SPDX-License-Identifier: Apache-2.0
"""A card is read whole or refused with the member's name; what is read is written back byte for byte."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.fixtures.cards import DAY, ORIGIN, START, YEAR, card, officer, ring, seed, signed, soft, successor

from comity.protocol.ledger import note
from comity.protocol.wire import canonical, dsse
from comity.protocol.wire import card as cards
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.errors import BadMember, SignatureInvalid, SignatureMissing, TooLarge, UnknownVersion
from comity.protocol.wire.octets import to_base64, to_base64url

Change = Callable[[dict[str, Any]], None]
KEYS = ring("card")


def changed(change: Change, base: Card | None = None) -> bytes:
    """The sample card's bytes after one change."""
    value = json.loads((base or card(KEYS)).to_bytes())
    change(value)
    return canonical.encode(value, limit=cards.MAX_BYTES * 4)


def put(*path: str | int, to: Any) -> Change:
    """The change that sets one member."""

    def change(value: dict[str, Any]) -> None:
        inner: Any = value
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = to

    return change


def without(*path: str) -> Change:
    """The change that takes one member away."""

    def change(value: dict[str, Any]) -> None:
        inner = value
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


def test_a_card_is_what_was_written() -> None:
    found = card(KEYS)
    assert cards.parse(found.to_bytes()) == found
    assert found.digest == signed(found, KEYS).digest


@pytest.mark.parametrize("part", [(), ("keys",), ("contact",), ("calendar",), ("officers", 0)])
def test_members_that_we_do_not_know_are_kept(part: tuple[str | int, ...]) -> None:
    data = changed(put(*part, "later", to={"any": ["thing", None]}))
    assert cards.parse(data).to_bytes() == data


def test_what_may_be_empty_or_absent() -> None:
    data = changed(without("calendar", "subdivision"))
    found = cards.parse(data)
    assert found.calendar.subdivision == ""
    assert found.to_bytes() == data
    bare = replace(found, officers=(), endpoints=(), competence=(), hours="", mailbox=None)
    assert cards.parse(bare.to_bytes()) == bare


def test_a_relay_holds_the_mail_of_a_node_that_cannot_be_reached() -> None:
    found = card(KEYS, mailbox="https://relay.example/box/es", endpoints=())
    assert cards.parse(found.to_bytes()).mailbox == "https://relay.example/box/es"


def test_bodies_of_many_states_sit_somewhere() -> None:
    data = changed(lambda value: value.update(authority="EU/sample-agency", country="NL"))
    assert cards.parse(data).country == "NL"


BAD: list[tuple[str, Change]] = [
    ("authority", put("authority", to="Spain")),
    ("(all)", put("name", to="Policía")),
    ("(all)", put("name", to={})),
    ("(all)", put("name", to={"Spanish!": "Policía"})),
    ("en", put("name", "en", to="")),
    ("en", put("name", "en", to="Police\u202eecilop")),
    ("country", put("country", to="es")),
    ("country", put("country", to="FR")),
    ("roles", put("roles", to=[])),
    ("roles", put("roles", to=["police", "police"])),
    ("roles", put("roles", to=["The Police"])),
    ("competence", put("competence", to=[7])),
    ("languages", put("languages", to=["Español"])),
    ("timezone", put("timezone", to="Europe/../etc")),
    ("country", put("calendar", "country", to="Spain")),
    ("subdivision", put("calendar", "subdivision", to="")),
    ("hours", put("hours", to="24/7\nor so")),
    ("hours", put("hours", to="x" * 501)),
    ("hours", without("hours")),
    ("telephone", put("contact", "telephone", to="ring me")),
    ("email", put("contact", "email", to="nobody")),
    ("serial", put("serial", to=0)),
    ("serial", put("serial", to=True)),
    ("previous", put("previous", to="sha256:" + "0" * 64)),
    ("previous", put("serial", to=2)),
    ("previous", lambda value: value.update(serial=2, previous="sha256:0")),
    ("from", put("from", to="2026-11-01")),
    ("until", put("until", to="2026-11-01T00:00:00.000Z")),
    ("until", put("until", to="9999-12-31T00:00:00.000Z")),
    ("sample", put("sample", to=1)),
    ("(all)", without("keys")),
    ("ed25519", put("keys", "ed25519", to=to_base64(bytes(31)))),
    ("ed25519", put("keys", "ed25519", to=to_base64(bytes(32)))),
    ("mldsa65", put("keys", "mldsa65", to="AA==")),
    ("sealing", put("keys", "sealing", to="AA==")),
    ("register", put("keys", "register", to=to_base64(bytes(32)))),
    ("witness", put("keys", "witness", to="not base64")),
    ("register", lambda value: value["keys"].update(register=value["keys"]["witness"])),
    ("register", lambda value: value["keys"].update(register=value["keys"]["ed25519"])),
    ("endpoints", put("endpoints", to=["ftp://example.org/"])),
    ("endpoints", put("endpoints", to=["https://" + "x" * 2048])),
    ("mailbox", put("mailbox", to="file:///etc/passwd")),
    ("mailbox", without("mailbox")),
    ("officers", put("officers", to={})),
    ("(all)", put("officers", to=["es-0417"])),
    ("officers", put("officers", to=None)),
    ("pseudonym", put("officers", 0, "pseudonym", to="García López")),
    ("role", put("officers", 0, "role", to="")),
    ("credential", put("officers", 0, "credential", to="")),
    ("public_key", put("officers", 0, "public_key", to="AA")),
    ("rp_id", put("officers", 0, "rp_id", to="127.0.0.1")),
    ("origins", put("officers", 0, "origins", to=[])),
    ("origins", put("officers", 0, "origins", to=["http://es.localhost:8001/"])),
    ("soft", put("officers", 0, "soft", to=None)),
    ("until", put("officers", 0, "until", to="2026-11-01T00:00:00.000Z")),
    ("officers", put("officers", 0, "from", to="2026-10-31T23:59:59.999Z")),
    ("officers", put("officers", 0, "until", to="2027-11-01T00:00:00.001Z")),
    ("officers", put("sample", to=False)),
]


@pytest.mark.parametrize(("member", "change"), BAD)
def test_a_bad_member_is_named(member: str, change: Change) -> None:
    with pytest.raises(BadMember) as caught:
        cards.parse(changed(change))
    assert caught.value.data["member"] == member


@pytest.mark.parametrize("version", [2, True, "1", None])
def test_another_version_is_not_guessed_at(version: object) -> None:
    with pytest.raises(UnknownVersion):
        cards.parse(changed(put("v", to=version)))


def test_a_card_has_a_limit() -> None:
    with pytest.raises(TooLarge):
        cards.parse(changed(put("later", to="x" * cards.MAX_BYTES)))


def test_two_officers_cannot_share_a_passkey() -> None:
    twice = card(KEYS, officers=(officer("es-1"), replace(officer("es-1"), pseudonym="es-2")))
    with pytest.raises(BadMember, match="one credential twice"):
        cards.parse(twice.to_bytes())


def test_one_key_in_two_spellings_is_one_key() -> None:
    one = officer("es-1")
    spelled = b"\xb8" + one.public_key[:1].replace(b"\xa5", b"\x05") + one.public_key[1:]
    two = replace(one, pseudonym="es-2", credential=b"another", public_key=spelled)
    with pytest.raises(BadMember, match="one credential twice"):
        cards.parse(card(KEYS, officers=(one, two)).to_bytes())


def test_one_officer_may_have_two_passkeys_and_one_role() -> None:
    spare = replace(officer("es-spare"), pseudonym="es-0417")
    found = cards.parse(card(KEYS, officers=(officer(), spare)).to_bytes())
    assert len(found.officers_named("es-0417")) == 2
    assert found.officers_named("es-9999") == ()
    with pytest.raises(BadMember, match="two roles"):
        cards.parse(card(KEYS, officers=(officer(), replace(spare, role="analyst"))).to_bytes())


def test_an_officers_time_is_cut_to_the_cards() -> None:
    long = officer(start=START - DAY, until=START + 2 * YEAR).within(START, START + YEAR)
    assert (long.start, long.until) == (START, START + YEAR)
    assert long.valid_at(START)
    assert not long.valid_at(START + YEAR)


def test_a_card_is_valid_from_its_first_instant_and_before_its_last() -> None:
    found = card(KEYS)
    assert found.valid_at(START)
    assert not found.valid_at(START - timedelta(milliseconds=1))
    assert not found.valid_at(START + YEAR)


def test_its_keys_are_the_registers_and_the_witnesss() -> None:
    found = card(KEYS)
    register, witness = note.parse_key(found.register_vkey), note.parse_key(found.witness_vkey)
    assert (register.name, register.public, register.kind) == (
        "comity/ES/policia-nacional",
        found.keys.register,
        note.Kind.ED25519,
    )
    assert (witness.name, witness.public, witness.kind) == (
        "comity/ES/policia-nacional/witness",
        found.keys.witness,
        note.Kind.COSIGNATURE,
    )


def test_who_wrote_a_card_has_its_keys() -> None:
    found = card(KEYS)
    assert cards.verify(signed(found, KEYS)) == found
    assert found.keys.keyids == (*KEYS.signing.public.keyids, KEYS.opening.keyid)


def test_nobody_signs_a_card_with_other_keys_or_a_bad_one() -> None:
    with pytest.raises(BadMember, match="not the keys"):
        cards.sign(card(KEYS), ring("other").signing)
    with pytest.raises(BadMember):
        cards.sign(card(KEYS, country="FR"), KEYS.signing)


def test_a_successor_carries_four_signatures_and_a_renewal_two() -> None:
    first, new = card(KEYS), ring("new")
    assert len(signed(successor(first, new, START + DAY), new, KEYS).signatures) == 4
    assert len(signed(successor(first, KEYS, START + DAY), KEYS, KEYS).signatures) == 2


def test_a_card_signed_by_others_is_refused() -> None:
    data = card(KEYS).to_bytes()
    with pytest.raises(SignatureMissing):
        cards.verify(dsse.sign(PayloadType.CARD, data, ring("other").signing))
    good = signed(card(KEYS), KEYS)
    with pytest.raises(SignatureInvalid):
        cards.verify(replace(good, payload=changed(put("hours", to="never"))))
    with pytest.raises(BadMember, match="payloadType"):
        cards.verify(dsse.sign(PayloadType.STATEMENT, data, KEYS.signing))


def test_the_sample_officer_is_the_software_one() -> None:
    assert officer().credential == soft("es-0417").credential("es.localhost")
    assert to_base64url(officer().credential) in card(KEYS).to_bytes().decode()
    assert officer().origins == (ORIGIN,)
    assert seed("a") != seed("b")
