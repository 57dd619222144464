# SPDX-License-Identifier: Apache-2.0
"""Every event the register knows: written in the one canonical spelling, and with no room for personal data."""

import inspect
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, digest_of, format_time, new_id
from comity.records.register import entry, events
from comity.records.register.entry import FORMS, MAX_LIST, Entry, parse

NOW = datetime(2026, 11, 22, 7, 33, 54, 123000, UTC)
DIGEST = digest_of(b"sample")
ROOT = "A" * 43 + "="
ID = new_id(NOW, bytes(10))
SAMPLES: Mapping[str, object] = {
    **dict.fromkeys(("authority", "sender", "to"), AuthorityId("CN/mps")),
    **dict.fromkeys(("card", "content", "envelope", "message", "statement"), DIGEST),
    **dict.fromkeys(("bytes", "count", "index", "new_size", "seconds", "seen_size", "serial", "size"), 7),
    **dict.fromkeys(("code", "decision", "kind", "method", "reason", "role", "what"), "a-word"),
    **dict.fromkeys(("new_root", "seen_root"), ROOT),
    **dict.fromkeys(("case", "exhibit", "task", "thread"), ID),
    "keyids": ["ed25519:0123456789abcdef"],
    "of": [DIGEST],
    "officer": "es-0417",
    "roles": ["approver"],
    "since": NOW,
    "soft": False,
}


def made(name: str, *, whole: bool) -> Entry:
    """The event with sample members: all, or those that must be there."""
    function = getattr(events, name.replace("-", "_"))
    given_ = inspect.signature(function).parameters
    wanted = [each for each, how in given_.items() if whole or how.default is not None]
    return function(**{each: SAMPLES[each] for each in wanted})  # type: ignore[no-any-return]


def test_the_register_knows_what_a_node_does() -> None:
    needed = {
        *("drafted", "frozen", "ticketed", "approved", "sent", "received", "receipted", "duplicate", "rejected"),
        *("read", "listed", "decided", "exported", "imported", "relayed", "alarm", "task-set", "attached", "erased"),
        *("card-issued", "peer-invited", "peer-accepted", "peer-suspended", "key-rotated", "key-revoked"),
        *("officer-enrolled", "officer-suspended", "signed-in", "sign-in-refused", "session-ended"),
    }
    assert needed <= events.EVENTS.keys()


@pytest.mark.parametrize("name", events.EVENTS)
@pytest.mark.parametrize("whole", [True, False])
def test_every_event_is_written_canonically(name: str, whole: bool) -> None:
    found = made(name, whole=whole)
    data = found.to_bytes(at=NOW, by="es-0417")
    value = {**found.members, "at": format_time(NOW), "by": "es-0417", "event": name}
    assert data == canonical.encode(value, limit=entry.MAX_BYTES)
    assert parse(data) == value


@pytest.mark.parametrize("name", events.EVENTS)
def test_every_event_says_what_it_is(name: str) -> None:
    known = events.EVENTS[name]
    assert known.says.endswith(".")
    assert set(made(name, whole=True).members) == set(known.members)
    assert set(made(name, whole=False).members) == set(known.members) - known.optional
    assert set(known.members) <= FORMS.keys()
    assert len(name) <= 32


PERSONAL = ["María Inventada", "李 四", "maria@example.org", "+34 600 000 000", "", "a" * 200, 'x"y', "x\\y", "x\ny"]


@pytest.mark.parametrize("member", FORMS)
@pytest.mark.parametrize("value", PERSONAL)
def test_no_member_takes_personal_data(member: str, value: str) -> None:
    with pytest.raises(BadMember):
        FORMS[member](value)
    with pytest.raises(BadMember):
        FORMS[member]([value])


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("count", -1),
        ("count", True),
        ("count", "1"),
        ("soft", 1),
        ("since", "2026-11-22T07:33:54.123Z"),
        ("since", datetime(2026, 11, 22)),  # noqa: DTZ001  without a zone on purpose
        ("of", []),
        ("of", [DIGEST] * (MAX_LIST + 1)),
        ("of", DIGEST),
        ("keyids", ["rsa:0123456789abcdef"]),
        ("officer", 7),
    ],
)
def test_a_member_of_another_form_is_refused(member: str, value: object) -> None:
    with pytest.raises(BadMember):
        FORMS[member](value)


def test_absent_members_are_left_out() -> None:
    assert events.rejected(code="too-large").members == {"code": "too-large"}


def test_the_actor_is_named_by_pseudonym_only() -> None:
    with pytest.raises(BadMember):
        events.erased(index=3, reason="retention-ended").to_bytes(at=NOW, by="María Inventada")


words = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda word: len(word) <= 64)


@given(words, st.lists(words, min_size=1, max_size=5), st.integers(0, canonical.LARGEST), st.booleans())
def test_whatever_the_forms_let_through_is_written_canonically(
    word: str, roles: list[str], count: int, soft: bool
) -> None:
    found = Entry("any", {"what": word, "roles": roles, "count": count, "soft": soft})
    value = {**found.members, "at": format_time(NOW), "by": word, "event": "any"}
    assert found.to_bytes(at=NOW, by=word) == canonical.encode(value, limit=entry.MAX_BYTES)
