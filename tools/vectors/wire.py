# SPDX-License-Identifier: Apache-2.0
"""Vectors of the wire: canonical JSON, statements, keys, signed bytes, envelopes, cards, approvals."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.fixtures.cards import DAY, ORIGIN, RP_ID, START, YEAR, card, ring, seed, signed, soft, successor
from tests.fixtures.wire import NOON, SPAIN, SPANISH_KEYS, SPANISH_OPENING, sample_statement

from comity.protocol.wire import canonical, dsse, envelope
from comity.protocol.wire.dsse import PayloadType, Signature, Signed
from comity.protocol.wire.entered import Entered
from comity.protocol.wire.keys import OpeningKey, SigningKeys
from comity.protocol.wire.names import AuthorityId, digest_of, format_time
from comity.protocol.wire.octets import to_base64

Vector = Mapping[str, Any]
DEEP = 32


def canonical_json() -> Iterator[Vector]:
    """Values and their one spelling, then texts that are refused."""
    good: list[tuple[str, Any]] = [
        ("empty object", {}),
        ("names are sorted by UTF-16 code units", {"\ue000": 1, "\U0001f600": 2, "a": 3, "B": 4, "€": 5}),
        ("texts are escaped only where they must be", '\x00\x1f"\\/\u2028é中\U0001f46e'),
        ("the largest integers", [canonical.LARGEST, -canonical.LARGEST, 0, -1]),
        ("nesting", {"a": [{"b": [None, True, False]}]}),
    ]
    for about, value in good:
        yield {"about": about, "value": value, "bytes": to_base64(canonical.encode(value, limit=1 << 20))}
    bad = [
        ("white space", b'{"a": 1}', "not-canonical"),
        ("names out of order", b'{"b":1,"a":2}', "not-canonical"),
        ("a name twice", b'{"a":1,"a":1}', "not-canonical"),
        ("a fraction", b"[1.5]", "not-canonical"),
        ("an integer as a fraction", b"[1.0]", "not-canonical"),
        ("an exponent", b"[1e3]", "not-canonical"),
        ("minus nothing", b"[-0]", "not-canonical"),
        ("an integer over 2^53-1", b"[9007199254740992]", "not-canonical"),
        ("a needless escape", b'["\\u0061"]', "not-canonical"),
        ("a lone surrogate", b'["\\ud800"]', "not-canonical"),
        ("bytes that are not UTF-8", b'["\xff"]', "not-canonical"),
        ("a byte order mark", b"\xef\xbb\xbf[]", "not-canonical"),
        ("something after the end", b"[] ", "not-canonical"),
        ("not a number", b"[NaN]", "not-canonical"),
        ("nothing", b"", "not-canonical"),
        ("too deep", b"[" * (DEEP + 1) + b"]" * (DEEP + 1), "too-deep"),
    ]
    for about, data, code in bad:
        yield {"about": about, "bytes": to_base64(data), "error": code}


def statements() -> Iterator[Vector]:
    """A statement, with unknown members and relays, and what makes one no statement."""
    said = sample_statement()
    for about, each in (
        ("a request", said),
        ("members of a later version are kept", replace(said, extra={"x_later": [1]})),
        ("by way of a home authority", replace(said, via=(AuthorityId("CN/moj"),))),
        ("on paper", replace(said, paper=True)),
        ("entered from a letter", replace(said, entered=Entered(SPAIN, NOON, date(2026, 11, 9), digest_of(b"scan")))),
    ):
        data = each.to_bytes()
        yield {"about": about, "bytes": to_base64(data), "digest": digest_of(data), "thread": each.thread}
    value = said.to_json()
    for about, change, code in (
        ("another version", {"v": 2}, "unknown-version"),
        ("no version", {"v": None}, "unknown-version"),
        ("an id that is no UUIDv7", {"id": "0192e0c0-0000-4000-8000-000000000000"}, "bad-member"),
        ("an upper-case id", {"id": said.id.upper()}, "bad-member"),
        ("an authority of no form", {"from": "es/policia"}, "bad-member"),
        ("an empty audience", {"to": []}, "bad-member"),
        ("an audience named twice", {"to": [SPAIN, SPAIN]}, "bad-member"),
        ("its author as audience", {"to": ["CN/mps"]}, "bad-member"),
        ("a time with an offset", {"sent": "2026-11-22T12:00:00.123+01:00"}, "bad-member"),
        ("a time without milliseconds", {"sent": "2026-11-22T12:00:00Z"}, "bad-member"),
        ("no such day", {"sent": "2026-02-30T12:00:00.000Z"}, "bad-member"),
        ("a short digest", {"after": ["sha256:00"]}, "bad-member"),
        ("an empty list of relays", {"via": []}, "bad-member"),
        ("a letter that another entered", {"entered": {"by": "ES/another", "came": format_time(NOON)}}, "bad-member"),
        (
            "a letter of no such day",
            {"entered": {"by": SPAIN, "came": format_time(NOON), "dated": "2026-02-30"}},
            "bad-member",
        ),
        ("a body that is no object", {"body": []}, "bad-member"),
    ):
        data = canonical.encode({**value, **change}, limit=1 << 20)
        yield {"about": about, "bytes": to_base64(data), "error": code}


def keys() -> Iterator[Vector]:
    """Public keys and key ids grown from seeds."""
    for name in ("first", "second"):
        one, two, three = seed(f"{name} a"), seed(f"{name} b"), seed(f"{name} c")
        public, sealing = SigningKeys.from_seeds(one, two).public, OpeningKey.from_seed(three).public
        yield {
            "about": f"the {name} ring",
            "seeds": {"ed25519": one.hex(), "mldsa65": two.hex(), "sealing": three.hex()},
            "public": {**public.to_json(), "sealing": sealing.to_json()},
            "keyids": [*public.keyids, sealing.keyid],
        }


def signed_bytes() -> Iterator[Vector]:
    """Signed bytes that hold, and each way in which they do not."""
    data = sample_statement().to_bytes()
    good = dsse.sign(PayloadType.STATEMENT, data, SPANISH_KEYS)
    one, two = good.signatures
    spoilt = tuple(replace(each, sig=each.sig[:-1] + bytes([each.sig[-1] ^ 1])) for each in good.signatures)
    stranger = Signature("ed25519:0000000000000000", bytes(64))
    common = {"keys": SPANISH_KEYS.public.to_json(), "payload_type": PayloadType.STATEMENT}
    yield {**common, "about": "both hold", "signed": good.to_json(), "pae": dsse.pae(PayloadType.STATEMENT, data).hex()}
    for about, signatures, code in (
        ("a stranger's signature beside them proves nothing and harms nothing", (one, two, stranger), None),
        ("no ML-DSA-65", (one,), "signature-missing"),
        ("no Ed25519", (two,), "signature-missing"),
        ("a wrong Ed25519", (spoilt[0], two), "signature-invalid"),
        ("a wrong ML-DSA-65", (one, spoilt[1]), "signature-invalid"),
    ):
        made = {**common, "about": about, "signed": Signed(good.payload_type, data, signatures).to_json()}
        yield {**made, "error": code} if code else made
    other = Signed(PayloadType.CARD, data, good.signatures).to_json()
    yield {**common, "about": "another type under the same signatures", "signed": other, "error": "bad-member"}
    changed = Signed(PayloadType.STATEMENT, data.replace(b"SAMPLE", b"SIMPLE"), good.signatures).to_json()
    yield {**common, "about": "another payload", "signed": changed, "error": "signature-invalid"}
    twice = {**good.to_json(), "signatures": [one.to_json(), one.to_json()]}
    yield {**common, "about": "a key named twice", "signed": twice, "error": "bad-member"}


def envelopes() -> Iterator[Vector]:
    """Envelopes that open with a given seed, and those that do not."""
    parcel = b'{"sample":"parcel"}'
    whole = envelope.seal(parcel, SPAIN, SPANISH_OPENING.public)
    common = {"seed": (b"\x05" * 32).hex(), "recipient": SPAIN}
    yield {**common, "about": "it opens", "envelope": to_base64(whole), "parcel": to_base64(parcel)}
    start = whole.index(b"\n") + 1
    for about, data, code in (
        ("a changed encapsulation", _flip(whole, start), "cannot-open"),
        ("a changed text", _flip(whole, start + 1121), "cannot-open"),
        ("a changed tag", _flip(whole, len(whole) - 1), "cannot-open"),
        ("cut short", whole[:-1], "cannot-open"),
        ("another recipient", whole.replace(b"ES/policia", b"ES/policie", 1), "not-for-us"),
        ("another version", whole.replace(b'"v":1', b'"v":2', 1), "unknown-version"),
        ("white space in the header", whole.replace(b":", b": ", 1), "not-canonical"),
        ("no header", bytes(2000), "bad-member"),
    ):
        yield {**common, "about": about, "envelope": to_base64(data), "error": code}


def cards() -> Iterator[Vector]:
    """Lines of cards: which follow one another, and which do not. `at` is when the last one is offered."""
    one, two, three = ring("card 1"), ring("card 2"), ring("card 3")
    first = card(one)
    second = successor(first, two, START + 100 * DAY)
    common = [signed(first, one)]
    following = signed(second, two, one)
    yield {"about": "a first card", "cards": _json(common), "at": format_time(START), "serial": 1}
    yield {"about": "its successor", "cards": _json([*common, following]), "at": _at(100), "serial": 2}
    rival = signed(replace(second, hours="office hours"), two, one)
    bad = [
        ("a second successor", [*common, following, rival], _at(100), "card-forked"),
        ("a successor that the old keys did not sign", [*common, signed(second, two)], _at(100), "signature-missing"),
        ("a successor too long after", [*common, following], format_time(START + YEAR + 15 * DAY), "card-ended"),
        (
            "one left out",
            [*common, signed(successor(second, three, START + 200 * DAY), three, two)],
            _at(200),
            "card-skipped",
        ),
        ("a new first card", [*common, signed(replace(card(three), hours=""), three)], _at(1), "card-not-compared"),
        ("a first card after its end", common, format_time(START + YEAR), "card-ended"),
    ]
    for about, line, at, code in bad:
        yield {"about": about, "cards": _json(line), "at": at, "error": code}
    payload = json.loads(first.to_bytes())
    for about, change in (
        ("a country that is not the authority's", {"country": "FR"}),
        ("an end before its beginning", {"until": payload["from"]}),
        ("software authenticators outside sample data", {"sample": False}),
        ("a second card without a previous one", {"serial": 2}),
        ("an endpoint that is no address", {"endpoints": ["ftp://127.0.0.1"]}),
    ):
        data = canonical.encode({**payload, **change}, limit=1 << 20)
        made = [dsse.sign(PayloadType.CARD, data, one.signing)]
        yield {"about": about, "cards": _json(made), "at": format_time(START), "error": "bad-member"}


def approvals() -> Iterator[Vector]:
    """Approvals by the officer of a card, and each way in which one does not hold."""
    made, data = card(ring("card 1")), sample_statement().to_bytes()
    good = soft("es-0417").approve(data, "es-0417", RP_ID, ORIGIN)
    common = {"statement": to_base64(data), "card": to_base64(made.to_bytes()), "at": format_time(NOON)}
    yield {**common, "about": "it holds", "approval": good.to_json(), "officer": "es-0417", "soft": True}
    other = sample_statement(kind="freezing").to_bytes()
    flags = good.authenticator_data
    for about, approval, more in (
        ("of another statement", good, {"statement": to_base64(other)}),
        ("at another origin", soft("es-0417").approve(data, "es-0417", RP_ID, "http://evil.localhost"), {}),
        ("for another relying party", soft("es-0417").approve(data, "es-0417", "cn.localhost", ORIGIN), {}),
        ("by an officer who is not on the card", replace(good, officer="es-0999"), {}),
        ("after the officer's time", good, {"at": format_time(START + YEAR)}),
        ("nobody was verified", replace(good, authenticator_data=flags[:32] + b"\x01" + flags[33:]), {}),
        ("a changed signature", replace(good, signature=_flip(good.signature, len(good.signature) - 1)), {}),
    ):
        yield {**common, **more, "about": about, "approval": approval.to_json(), "error": "approval-invalid"}


def _flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _json(line: list[Signed]) -> list[dict[str, Any]]:
    return [each.to_json() for each in line]


def _at(days: int) -> str:
    return format_time(START + timedelta(days=days))
