# SPDX-License-Identifier: Apache-2.0
"""The wire: what it costs to sign and seal, then open and verify, a 4 KiB message, above the primitives it is made of.

Two roads are measured, each beside the bare primitives that it runs, at the sizes at which it runs them:

- the message: statement → canonical bytes → two signatures → sealed; opened → two signatures verified → statement;
- the parcel, as nodes send it: the same message inside a parcel with a signature of its own.

Primitives and roads take turns in one loop on one core, and the processor's time is counted, so that what else the
machine does touches both alike. ML-DSA signs by trial and error: each figure is the mean of 250
rounds, of six such blocks the one that the rest of the machine disturbed least.
"""

import gc
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import fmean
from typing import Any, TypeVar

import rfc8785
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from benchmarks.figure import Figure, report
from comity.protocol.wire import canonical, dsse, envelope, message, parcel, statement
from comity.protocol.wire.keys import OpeningKey, SigningKeys
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import AuthorityId, digest_of, new_id
from comity.protocol.wire.parcel import Parcel
from comity.protocol.wire.statement import Statement

T = TypeVar("T")

ROUNDS = 1500
BLOCK = 250
SIZE = 4096
BAR = 1.3
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEYS = SigningKeys.from_seeds(b"\x01" * 32, b"\x02" * 32)
OPENING = OpeningKey.from_seed(b"\x03" * 32)
CHINA, SPAIN = AuthorityId("CN/mps"), AuthorityId("ES/policia-nacional")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sample() -> Statement:
    """A request of exactly 4 KiB: two dozen short items, the rest prose. All of it is invented."""
    first = new_id(NOW, bytes(10))
    items = [{"kind": "telephone", "value": f"+34 600 000 {each:03d}", "from": "2016-08-01"} for each in range(24)]
    body: dict[str, Any] = {"reference": "SAMPLE-1", "items": items, "confidential": True, "facts": ""}
    said = Statement(first, first, "preservation", CHINA, (SPAIN,), NOW, (), {"tlp": "amber"}, body)
    prose = "forty telephones in a flat in Badalona, invented victims; " * 80
    return replace(said, body={**body, "facts": prose[: SIZE - len(said.to_bytes())]})


def send_message(said: Statement) -> bytes:
    """Sign and seal."""
    written = message.write(said, KEYS)
    return envelope.seal(canonical.encode(written.to_json(), limit=envelope.MAX_BYTES), SPAIN, OPENING.public)


def receive_message(sealed: bytes) -> Statement:
    """Open and verify."""
    opened = envelope.open_envelope(sealed, {OPENING.keyid: OPENING}, SPAIN)
    return verified(Message.from_json(canonical.decode_object(opened, limit=envelope.MAX_BYTES)))


def send_parcel(said: Statement) -> bytes:
    """Sign, pack and seal."""
    held = (message.write(said, KEYS),)
    sent = Parcel(said.id, CHINA, SPAIN, NOW, digest_of(b"card"), messages=held)
    return envelope.seal(parcel.pack(sent, KEYS), SPAIN, OPENING.public)


def receive_parcel(sealed: bytes) -> Statement:
    """Open, verify the parcel, verify its message."""
    packed = parcel.unpack(envelope.open_envelope(sealed, {OPENING.keyid: OPENING}, SPAIN))
    return verified(packed.verify(KEYS.public, SPAIN).messages[0])


def verified(found: Message) -> Statement:
    """The statement, once both signatures hold."""
    return statement.parse(dsse.verify(found.signed, KEYS.public, payload_type=statement.PAYLOAD_TYPE))


def primitives(text: bytes, carried: bytes, *, parcel_too: bool) -> None:
    """What a road runs of the primitives, in its order: over `text` the signatures, over `carried` the rest."""
    first, second = KEYS.ed25519.sign(text), KEYS.mldsa65.sign(text)
    once = KEYS.ed25519.sign(carried) if parcel_too else b""
    sealed = SUITE.encrypt(carried, OPENING.public.hpke, info=b"info")
    SUITE.decrypt(sealed, OPENING.hpke, info=b"info")
    if parcel_too:
        KEYS.public.ed25519_key.verify(once, carried)
    KEYS.public.ed25519_key.verify(first, text)
    KEYS.public.mldsa65_key.verify(second, text)


class Meter:
    """The processor's time that each named step took, in nanoseconds, round by round."""

    def __init__(self) -> None:
        self.spent: dict[str, list[int]] = {}

    def run(self, name: str, step: Callable[[], T]) -> T:
        """What the step gives, its time kept."""
        start = time.process_time_ns()
        found = step()
        self.spent.setdefault(name, []).append(time.process_time_ns() - start)
        return found

    def typical(self, name: str) -> float:
        """Microseconds a round: the mean of the block of rounds that was disturbed least."""
        spent = self.spent[name]
        return min(fmean(spent[start : start + BLOCK]) for start in range(0, len(spent), BLOCK)) / 1000


def one_round(meter: Meter, said: Statement, sizes: tuple[int, int]) -> None:
    """Each road once, after its primitives."""
    text, (message_size, parcel_size) = said.to_bytes(), sizes
    carried, packed = bytes(message_size), bytes(parcel_size)
    meter.run("message primitives", lambda: primitives(text, carried, parcel_too=False))
    assert meter.run("message", lambda: receive_message(send_message(said))) == said
    meter.run("parcel primitives", lambda: primitives(text, packed, parcel_too=True))
    assert meter.run("parcel", lambda: receive_parcel(send_parcel(said))) == said
    value = {"body": said.body}
    data = meter.run("canonical", lambda: canonical.encode(value, limit=SIZE))
    assert meter.run("rfc8785", lambda: rfc8785.dumps(value)) == data
    singles(meter, text, carried)


def singles(meter: Meter, text: bytes, carried: bytes) -> None:
    """Each primitive alone, to tell what the sum is made of."""
    first = meter.run("ed25519 sign", lambda: KEYS.ed25519.sign(text))
    meter.run("ed25519 verify", lambda: KEYS.public.ed25519_key.verify(first, text))
    second = meter.run("mldsa65 sign", lambda: KEYS.mldsa65.sign(text))
    meter.run("mldsa65 verify", lambda: KEYS.public.mldsa65_key.verify(second, text))
    sealed = meter.run("hpke seal", lambda: SUITE.encrypt(carried, OPENING.public.hpke, info=b"info"))
    meter.run("hpke open", lambda: SUITE.decrypt(sealed, OPENING.hpke, info=b"info"))


def measure() -> Meter:
    """All rounds, on one core, after some that are not counted."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    said = sample()
    assert len(said.to_bytes()) == SIZE
    sizes = (len(send_message(said)) - envelope.SEAL_BYTES, len(send_parcel(said)) - envelope.SEAL_BYTES)
    for _ in range(20):
        one_round(Meter(), said, sizes)
    meter = Meter()
    gc.collect()
    gc.disable()
    for _ in range(ROUNDS):
        one_round(meter, said, sizes)
    gc.enable()
    return meter


def figures(meter: Meter) -> list[Figure]:
    """The two ratios, the first with its bar, then what they are made of."""
    return [
        *road(meter, "message", "4 KiB message: sign + seal, then open + verify", at_most=BAR),
        *road(meter, "parcel", "the same in a parcel, as nodes send it", at_most=None),
        Figure(
            what="canonical JSON of 4 KiB",
            value=meter.typical("canonical"),
            unit="µs",
            peer="rfc8785",
            peer_value=meter.typical("rfc8785"),
        ),
        *(
            Figure(what=name, value=meter.typical(name), unit="µs")
            for name in meter.spent
            if name.startswith(("ed25519", "mldsa65", "hpke"))
        ),
    ]


def road(meter: Meter, name: str, what: str, *, at_most: float | None) -> list[Figure]:
    """How many times the primitives' time a road takes, and both times."""
    raw, ours = meter.typical(f"{name} primitives"), meter.typical(name)
    return [
        Figure(what=what, value=ours / raw, unit="×", at_most=at_most, peer="primitives", peer_value=1.0),
        Figure(what=f"{name}, there and back", value=ours, unit="µs", peer="primitives", peer_value=raw),
    ]


if __name__ == "__main__":
    report(figures(measure()))
