# SPDX-License-Identifier: Apache-2.0
"""The forms of what people read in a card, and of the addresses in it.

Each function returns the member in its one form or raises `BadMember`, which never repeats the value. Texts hold no
control characters and no marks that turn the writing direction around, so that a screen shows what was signed.
"""

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.members import Members

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_MAX_URL = 2048


def plain(
    members: Members, member: str, *, at_most: int, form: re.Pattern[str] | None = None, empty: bool = False
) -> str:
    """A text of up to `at_most` characters, wholly of the `form` if one is given; `empty` lets it be empty."""
    return _plain(members, member, members.value.get(member), at_most, form, empty=empty)


def plains(
    members: Members, member: str, *, at_most: int, length: int, form: re.Pattern[str] | None = None, least: int = 0
) -> tuple[str, ...]:
    """A list of `least` to `at_most` different texts of up to `length` characters."""
    found = members.once(member, lambda each: _plain(members, member, each, length, form), at_most=at_most)
    if len(found) < least:
        raise members.bad(member, "names nothing")
    return found


def flag(members: Members, member: str) -> bool:
    """True or false, said outright."""
    found = members.value.get(member)
    if isinstance(found, bool):
        return found
    raise members.bad(member, "is neither true nor false")


def inside(members: Members, member: str) -> Members:
    """The members of the object that `member` is."""
    return Members.of(f"{members.what} {member}", members.value.get(member))


def web_address(value: object, what: str, member: str) -> str:
    """`value` as an http or https address with a host and no user, query or fragment."""
    parts = _split(value)
    if parts is None or parts.username is not None or not {"?", "#"}.isdisjoint(str(value)):
        raise BadMember(what=what, member=member, why="is not an http or https address with a host")
    return str(value)


def web_origin(value: object, rp_id: str, what: str, member: str) -> str:
    """`value` as an origin at which a browser lets `rp_id` be used: https, or http on the very machine."""
    parts = _split(value)
    host, port = (str(parts.hostname), parts.port) if parts else ("", None)
    if parts is None or not _is_host(host) or parts.netloc != (f"{host}:{port}" if port else host) or parts.path:
        raise BadMember(what=what, member=member, why="holds what is not an origin, like https://desk.example.org")
    if parts.scheme == "http" and host.rpartition(".")[2] != "localhost":
        raise BadMember(what=what, member=member, why="holds an http origin that is not on localhost")
    if host != rp_id and not ("." in rp_id and host.endswith(f".{rp_id}")):
        raise BadMember(what=what, member=member, why="holds an origin outside the relying party's name")
    return str(value)


def host_name(value: object, what: str, member: str) -> str:
    """`value` as a host's name in lower case, as a relying party is named; no IP address."""
    if isinstance(value, str) and _is_host(value):
        return value
    raise BadMember(what=what, member=member, why="is not the name of a host in lower case")


def _plain(
    members: Members, member: str, found: Any, at_most: int, form: re.Pattern[str] | None, *, empty: bool = False
) -> str:
    if not isinstance(found, str) or not (found or empty) or len(found) > at_most or _HIDDEN.search(found):
        raise members.bad(member, f"is not a plain text of at most {at_most} characters")
    if form is not None and found and not form.fullmatch(found):
        raise members.bad(member, "is not of its form")
    return found


def _is_host(value: str) -> bool:
    return len(value) <= 253 and bool(_HOST.fullmatch(value)) and not value[-1].isdigit()


def _split(value: object) -> SplitResult | None:
    """The parts of an http or https address in visible ASCII, or None."""
    if not isinstance(value, str) or len(value) > _MAX_URL or not re.fullmatch("https?://[!-~]+", value):
        return None
    try:
        parts = urlsplit(value)
        sound = parts.hostname and parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return None
    return parts if sound else None
