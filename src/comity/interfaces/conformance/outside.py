# SPDX-License-Identifier: Apache-2.0
"""What a node must refuse of anybody: checks that need no acceptance. Each is named by what it asks."""

from comity.interfaces.conformance import identity
from comity.interfaces.conformance.errors import CheckFailed
from comity.interfaces.conformance.line import Answer, post
from comity.interfaces.conformance.talk import Talk
from comity.protocol.wire import canonical
from comity.protocol.wire.envelope import MAX_BYTES, MEDIA_TYPE, Header, seal
from comity.protocol.wire.keys import OpeningKey
from comity.protocol.wire.parcel import pack


def refused(answer: Answer, *codes: str, status: int | None = None) -> None:
    """Hold that the answer is a refusal with one of these codes. Raises `CheckFailed`."""
    if answer.status < 400 or answer.status >= 500:
        raise CheckFailed(why=f"answered {answer.status}, not with a refusal")
    if answer.code not in codes:
        raise CheckFailed(why=f"refused as {answer.code or answer.status}, not as {' or '.join(codes)}")
    if status is not None and answer.status != status:
        raise CheckFailed(why=f"refused with HTTP {answer.status}, not {status}")
    if not answer.refusal.get("text"):
        raise CheckFailed(why="the refusal says nothing that people can read")


def get_is_no_way_in(talk: Talk) -> None:
    """Only POST is answered."""
    answer = talk.ask("GET", {}, b"")
    if answer.status != 405:
        raise CheckFailed(why=f"GET was answered {answer.status}, not 405")


def another_media_type_is_refused(talk: Talk) -> None:
    """An envelope has its own media type."""
    refused(post(talk.ask, talk.sealed(talk.parcel()), "application/json"), "media-type", status=415)


def garbage_is_refused(talk: Talk) -> None:
    """Noise is no envelope."""
    refused(talk.post(talk.random(4096)), "bad-member", "not-canonical")
    refused(talk.post(b""), "bad-member", "not-canonical")


def a_header_must_be_canonical(talk: Talk) -> None:
    """A header with white space, or saying more than it may, is refused."""
    header = Header(talk.node.authority, talk.node.keys.sealing.keyid).to_bytes()
    refused(talk.post(header.replace(b":", b": ", 1) + b"\n" + bytes(2000)), "not-canonical")
    more = canonical.encode({**_members(talk), "extra": 1}, limit=1000)
    refused(talk.post(more + b"\n" + bytes(2000)), "bad-member")


def another_version_is_refused(talk: Talk) -> None:
    """A version that the node cannot know."""
    later = canonical.encode({**_members(talk), "v": 999}, limit=1000)
    refused(talk.post(later + b"\n" + bytes(2000)), "unknown-version")


def an_oversized_envelope_is_refused(talk: Talk) -> None:
    """More than 32 MiB is not read. A server in front of the node may refuse it, so the status alone must say why."""
    answer = post(talk.ask, bytes(MAX_BYTES + 1), MEDIA_TYPE)
    if answer.status != 413:
        raise CheckFailed(why=f"answered {answer.status} {answer.code}, not 413".replace("  ", " "))


def an_envelope_for_another_is_refused(talk: Talk) -> None:
    """Sealed to somebody else, or to a key that the node never had."""
    key = OpeningKey.from_seed(talk.random(32)).public
    refused(talk.post(seal(b"x", talk.stranger(), key)), "not-for-us", status=421)
    refused(talk.post(seal(b"x", talk.node.authority, key)), "not-for-us", status=421)


def a_broken_seal_is_refused(talk: Talk) -> None:
    """A tampered byte anywhere behind the header."""
    whole = talk.sealed(talk.parcel())
    start = whole.index(b"\n") + 1
    for place in (start, start + 600, start + 1119, start + 1120, len(whole) - 17, len(whole) - 1):
        refused(talk.post(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]), "cannot-open")
    refused(talk.post(whole[:start]), "cannot-open")


def what_is_inside_must_be_a_parcel(talk: Talk) -> None:
    """Well sealed, and still no parcel."""
    to, key = talk.node.authority, talk.node.keys.sealing
    refused(talk.post(seal(b"no parcel", to, key)), "bad-member", "not-canonical")
    first, _, _ = bytes(_packed(talk)).partition(b"\n")
    refused(talk.post(seal(first + b"\n{}", to, key)), "bad-member", "unknown-version")
    deep = b"[" * 100_000 + b"]" * 100_000
    refused(talk.post(seal(first + b"\n" + deep, to, key)), "too-deep")


def a_stranger_is_refused(talk: Talk) -> None:
    """Somebody whose card was never accepted, though all else is well."""
    other = identity.new(talk.stranger(), talk.now(), talk.random)
    strange = Talk(talk.ask, other, talk.node, talk.clock, talk.random)
    refused(strange.send(strange.parcel(strange.message(), cards=(other.signed,))), "not-a-peer", status=403)


def _members(talk: Talk) -> dict[str, object]:
    return {"v": 1, "recipient": talk.node.authority, "key": talk.node.keys.sealing.keyid}


def _packed(talk: Talk) -> bytes:
    return pack(talk.parcel(), talk.me.signing)


WITHOUT_CARD = (
    get_is_no_way_in,
    another_media_type_is_refused,
    garbage_is_refused,
    a_header_must_be_canonical,
    another_version_is_refused,
    an_oversized_envelope_is_refused,
)
WITH_CARD = (
    an_envelope_for_another_is_refused,
    a_broken_seal_is_refused,
    what_is_inside_must_be_a_parcel,
    a_stranger_is_refused,
)
