# SPDX-License-Identifier: Apache-2.0
"""Bytes from anywhere, into every reader of the wire: each gives a value or a named error, and nothing else.

What was read is written, and reads as the same value again. The start is a sample of each format, and half of the
inputs are put into canonical form first, so that more than their spelling is tried.
Run by `make fuzz`; an input that breaks a reader is kept in .cache/fuzz.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["comity"]):
    from comity.protocol.errors import ComityError
    from comity.protocol.wire import canonical, card, dsse, envelope, message, parcel, statement

from tests.fixtures import cards
from tests.fixtures.wire import SPAIN, SPANISH_OPENING, sample_message, sample_parcel, sample_statement

LIMIT = 1 << 20
RESPELL = 0x80


def json_reader(read: Callable[[object], Any]) -> Callable[[bytes], bytes]:
    """Reads canonical JSON with `read` and writes the value's JSON."""
    return lambda data: canonical.encode(read(canonical.decode(data, limit=LIMIT)).to_json(), limit=LIMIT)


def header(data: bytes) -> bytes:
    """The outer header, as an envelope without contents."""
    return envelope.read_header(data).to_bytes() + b"\n"


READERS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: canonical.encode(canonical.decode(data, limit=LIMIT), limit=LIMIT),
    json_reader(dsse.Signed.from_json),
    json_reader(message.Message.from_json),
    header,
    lambda data: statement.parse(data).to_bytes(),
    lambda data: card.parse(data).to_bytes(),
    lambda data: parcel.parse(data).to_bytes(),
)


def read(data: bytes) -> None:
    """The first byte chooses the reader and whether the rest is put into canonical form before it is read."""
    if not data:
        return
    reader = READERS[(data[0] & ~RESPELL) % len(READERS)]
    try:
        written = reader(respelled(data[1:]) if data[0] & RESPELL else data[1:])
    except ComityError:
        return
    if reader(written) != written:
        raise AssertionError("what was written reads as something else")


def respelled(data: bytes) -> bytes:
    """JSON in canonical form; other bytes as they are."""
    try:
        return canonical.encode(json.loads(data), limit=LIMIT)
    except (ValueError, RecursionError):
        return data


def plant(corpus: Path) -> None:
    """Writes a sample of each format to start from."""
    samples: list[bytes] = [
        b'{"a":[1,"\xc3\xa9",null,true]}',
        canonical.encode(sample_message().signed.to_json(), limit=LIMIT),
        canonical.encode(sample_message().to_json(), limit=LIMIT),
        envelope.Header(SPAIN, SPANISH_OPENING.keyid).to_bytes() + b"\n",
        sample_statement().to_bytes(),
        cards.card(cards.ring("first")).to_bytes(),
        sample_parcel().to_bytes(),
    ]
    for number, sample in enumerate(samples):
        for first in (number, number | RESPELL):
            (corpus / f"sample-{first}").write_bytes(bytes([first]) + sample)


if __name__ == "__main__":
    plant(Path(sys.argv[-1]))
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
