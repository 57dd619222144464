# SPDX-License-Identifier: Apache-2.0
"""Writes the examples into docs/protocol/{statement,signatures,envelope,parcel}.md by running the code.

    python -m tools.publish_wire            write
    python -m tools.publish_wire --check    only say whether the pages are current

The keys grow from the seeds in tests/fixtures/wire.py, which the pages print. All persons and numbers are invented.
ML-DSA and HPKE use chance, so their output is told by its length.
"""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from tests.fixtures.wire import (
    CHINESE_KEYS,
    CHINESE_OPENING,
    NOON,
    SPAIN,
    SPANISH_OPENING,
    sample_approval,
    sample_message,
    sample_parcel,
    sample_statement,
)
from tools import pages
from tools.pages import Examples

from comity.protocol.wire import approval, dsse, envelope, parcel, statement
from comity.protocol.wire.dsse import PayloadType
from comity.protocol.wire.names import new_id
from comity.protocol.wire.octets import to_base64
from comity.protocol.wire.parcel import Digests, Parcel

TOOL = "tools.publish_wire"
CUT = re.compile(r"[A-Za-z0-9+/=_-]{40,}")


def shortened(value: Any) -> Any:
    """The value with each long base64 text cut, so that a person can read it."""
    if isinstance(value, Mapping):
        return {name: shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shortened(each) for each in value]
    return f"{value[:12]}…" if isinstance(value, str) and CUT.fullmatch(value) else value


def as_json(value: Any) -> str:
    """A JSON block."""
    return f"```json\n{json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)}\n```\n"


def as_text(rows: Mapping[str, str]) -> str:
    """A block of names and values."""
    width = max(map(len, rows)) + 2
    return "```text\n" + "".join(f"{name:{width}}{value}\n" for name, value in rows.items()) + "```\n"


def by_length(value: dict[str, Any]) -> dict[str, Any]:
    """A signed object with what chance decides told by its length."""
    signatures = [
        {**each, "sig": "(3309 bytes)"} if each["keyid"].startswith("mldsa65:") else each
        for each in value["signatures"]
    ]
    return {**value, "signatures": signatures}


def example_statement() -> str:
    """The sample, readable."""
    return as_json(json.loads(sample_statement().to_bytes()))


def example_bytes() -> str:
    """The sample, as it is signed, and what is reckoned from these bytes."""
    data = sample_statement().to_bytes()
    told = {
        "length": f"{len(data)} bytes",
        "digest": sample_message().digest,
        "challenge": approval.challenge(data).hex(),
    }
    return f"```json\n{data.decode()}\n```\n\n{as_text(told)}"


def example_message() -> str:
    """The message around it, with an approval."""
    value = sample_message().to_json()
    value["signed"] = by_length(value["signed"])
    value["approvals"] = [sample_approval().to_json()]
    return as_json(shortened(value))


def example_keys() -> str:
    """Seeds, key ids, the encoding that is signed, and the signature that chance does not touch."""
    data = sample_statement().to_bytes()
    text = dsse.pae(statement.PAYLOAD_TYPE, data)
    first, second = CHINESE_KEYS.public.keyids
    return as_text(
        {
            "Ed25519 seed": "03" * 32,
            "ML-DSA-65 seed": "04" * 32,
            "Ed25519 key": to_base64(CHINESE_KEYS.public.ed25519),
            "key ids": f"{first}  {second}",
            "signed bytes": text[: text.index(b"{") + 20].decode() + "…",
            "Ed25519 sig": to_base64(CHINESE_KEYS.ed25519.sign(text)),
        }
    )


def example_envelope() -> str:
    """The header line, and what follows it."""
    packed = parcel.pack(lean_parcel(), CHINESE_KEYS)
    sealed = envelope.seal(packed, SPAIN, SPANISH_OPENING.public)
    line, _, rest = sealed.partition(b"\n")
    return f"```json\n{line.decode()}\n```\n\n" + as_text(
        {
            "line end": "1 byte, 0a",
            "encapsulation": f"{len(rest) - len(packed) - 16} bytes",
            "ciphertext": f"{len(packed)} bytes, as long as the parcel",
            "tag": "16 bytes",
            "info": "comity/envelope/v1" + line.decode()[:24] + "…",
        }
    )


def example_sealing_key() -> str:
    """How the recipient's key grows."""
    raw = SPANISH_OPENING.public.raw
    return as_text(
        {
            "seed": "05" * 32,
            "public key": f"{raw[:16].hex()}… ({len(raw)} bytes)",
            "key id": SPANISH_OPENING.keyid,
            "another seed": "06" * 32,
            "its key id": CHINESE_OPENING.keyid,
        }
    )


def lean_parcel() -> Parcel:
    """One message, and word of what the sender has of its thread."""
    said = sample_message()
    have = (Digests(said.statement.thread, (said.digest,)),)
    card = sample_parcel().card
    return Parcel(new_id(NOON, b"\x22" * 10), said.statement.sender, SPAIN, NOON, card, messages=(said,), have=have)


def example_parcel() -> str:
    """The line of the signature, and the parcel. The signature covers ML-DSA's chance: it is told by its length."""
    packed = parcel.unpack(parcel.pack(lean_parcel(), CHINESE_KEYS))
    value = json.loads(packed.signed.payload)
    for each in value["messages"]:
        each["signed"] = by_length(each["signed"])
    line = {"keyid": packed.signed.signatures[0].keyid, "payloadType": str(PayloadType.PARCEL), "sig": "(64 bytes)"}
    return f"{as_json(line)}\n{as_json(shortened(value))}"


def example_full() -> str:
    """A parcel's rarer members."""
    value = json.loads(sample_parcel().to_bytes())
    rare = ("checkpoint", "cosignatures", "need", "refusals", "reply_to", "seen", "pending")
    return as_json({name: value[name] for name in rare})


EXAMPLES: Mapping[str, Examples] = {
    "statement.md": {"statement": example_statement, "bytes": example_bytes},
    "signatures.md": {"message": example_message, "keys": example_keys},
    "envelope.md": {"envelope": example_envelope, "sealing-key": example_sealing_key},
    "parcel.md": {"parcel": example_parcel, "rarer": example_full},
}

if __name__ == "__main__":
    sys.exit(pages.main(EXAMPLES, TOOL, sys.argv[1:]))
