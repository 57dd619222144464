# SPDX-License-Identifier: Apache-2.0
"""Whatever bytes a stranger sends: they are read as what they are, or refused by a named error, within five seconds.

    python tests/fuzz/fuzz_decode.py 60                     for a minute
    python tests/fuzz/fuzz_decode.py -max_total_time=60 DIR  the same, keeping in DIR what was learned (`make fuzz`)

The first byte chooses the reader. What a reader accepts it must write back byte for byte; any error but a `ComityError`
is a find. The samples of the tests are the first things tried.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["comity.protocol"], enable_loader_override=False):
    from comity.protocol.errors import ComityError
    from comity.protocol.wire import canonical, card, dsse, envelope, parcel, statement
    from comity.protocol.wire.dsse import PayloadType, Signed
    from comity.protocol.wire.message import Message

import rfc8785
from tests.fixtures.wire import (
    CHINESE_KEYS,
    SPAIN,
    SPANISH_OPENING,
    sample_approval,
    sample_message,
    sample_parcel,
    sample_statement,
)

LIMIT = 1 << 22
SECONDS_EACH = 5


def read_canonical(data: bytes) -> None:
    """Any JSON: what is read is what the reference writes."""
    value = canonical.decode(data, limit=LIMIT)
    assert canonical.encode(value, limit=LIMIT) == rfc8785.dumps(value) == data


def read_statement(data: bytes) -> None:
    """A statement, written back."""
    assert statement.parse(data).to_bytes() == data


def read_parcel(data: bytes) -> None:
    """A parcel, written back."""
    assert parcel.parse(data).to_bytes() == data


def read_packed(data: bytes) -> None:
    """A packed parcel: nobody but its author can have made one that verifies."""
    packed = parcel.unpack(data)
    packed.verify(CHINESE_KEYS.public, SPAIN)
    assert packed.signed.payload == SAMPLES[3].partition(b"\n")[2]


def read_card(data: bytes) -> None:
    """A card, written back."""
    assert card.parse(data).to_bytes() == data


def read_envelope(data: bytes) -> None:
    """An envelope to Spain."""
    envelope.open_envelope(data, {SPANISH_OPENING.keyid: SPANISH_OPENING}, SPAIN)


def read_message(data: bytes) -> None:
    """A message: its form is kept, and its signatures hold over the one statement that China signed."""
    value = canonical.decode(data, limit=LIMIT)
    found = Message.from_json(value)
    assert Message.from_json(found.to_json()) == found
    payload = dsse.verify(found.signed, CHINESE_KEYS.public, payload_type=statement.PAYLOAD_TYPE)
    assert payload == sample_statement().to_bytes()


def read_signed(data: bytes) -> None:
    """A signed object."""
    found = Signed.from_json(canonical.decode(data, limit=LIMIT))
    assert Signed.from_json(found.to_json()) == found
    dsse.verify_once(found, CHINESE_KEYS.public, payload_type=PayloadType.RECEIPT)


READERS: tuple[Callable[[bytes], None], ...] = (
    read_canonical,
    read_statement,
    read_parcel,
    read_packed,
    read_card,
    read_envelope,
    read_message,
    read_signed,
)
SAMPLES = (
    b'[null,true,-1,9007199254740991,{"\xee\x80\x80":"\\u0000\\n\xc2\x80","\xf0\x90\x80\x80":[[]]}]',
    sample_statement().to_bytes(),
    sample_parcel().to_bytes(),
    parcel.pack(sample_parcel(), CHINESE_KEYS),
    b'{"authority":"ES/policia-nacional","v":1}',
    envelope.seal(b"{}", SPAIN, SPANISH_OPENING.public),
    canonical.encode({**sample_message().to_json(), "approvals": [sample_approval().to_json()]}, limit=LIMIT),
    canonical.encode(dsse.sign_once(PayloadType.RECEIPT, b"{}", CHINESE_KEYS).to_json(), limit=LIMIT),
)


def one_input(data: bytes) -> None:
    """One trial: read, or refused with a name and words."""
    refusal: dict[str, object] = {"code": "read", "text": "it was read"}
    try:
        READERS[data[0] % len(READERS) if data else 0](data[1:])
    except ComityError as error:
        refusal = error.as_json()
    assert refusal["code"] not in {"error", "wire"}
    assert refusal["text"]


def arguments(given: list[str]) -> list[str]:
    """The fuzzer's arguments: a bare number is how many seconds; the folder, or a new one, gets the samples."""
    flags = [
        f"-max_total_time={each}" if each.isdigit() else each for each in given if each[0] == "-" or each.isdigit()
    ]
    folder = Path(next((each for each in given if each[0] != "-" and not each.isdigit()), "") or mkdtemp())
    for number, sample in enumerate(SAMPLES):
        (folder / f"sample-{number}").write_bytes(bytes([number]) + sample)
    return [f"-timeout={SECONDS_EACH}", "-max_len=65536", *flags, str(folder)]


if __name__ == "__main__":
    for number, sample in enumerate(SAMPLES):
        one_input(bytes([number]) + sample)
    atheris.Setup([sys.argv[0], *arguments(sys.argv[1:])], one_input)
    atheris.Fuzz()
