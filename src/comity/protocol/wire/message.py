# SPDX-License-Identifier: Apache-2.0
"""A message: a signed statement, and what lies beside it.

    {"approvals":[…],"endorsements":[…],"signed":{"payload":"…","payloadType":"…","signatures":[…]}}

Its digest is the SHA-256 of the statement's bytes. Signatures, approvals and endorsements are evidence about these
bytes and can grow; whoever forwards the message passes them on as they are, with members that it does not know.

Reading checks the form only. Whether the signatures and approvals hold is asked by `dsse.verify` and `approval_check`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from comity.protocol.wire import canonical, dsse, statement
from comity.protocol.wire.approval import Approval
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import TooLarge
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.members import Members
from comity.protocol.wire.names import Digest
from comity.protocol.wire.statement import Statement

MAX_APPROVALS = 16
MAX_ENDORSEMENTS = 8
_MEMBERS = frozenset({"signed", "approvals", "endorsements"})


@dataclass(frozen=True, slots=True)
class Message:
    """A statement as its author signed it, not yet verified. Raises `BadMember` or `TooLarge` for what can be none."""

    signed: Signed
    approvals: tuple[Approval, ...] = ()
    endorsements: tuple[Signed, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    _parsed: list[Statement] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.signed.payload_type != statement.PAYLOAD_TYPE:
            Members("message", {}).bad("signed", f"is not of type {statement.PAYLOAD_TYPE}")
        if len(self.signed.payload) > statement.MAX_BYTES:
            raise TooLarge(what="The statement", size=len(self.signed.payload), limit=statement.MAX_BYTES)

    @property
    def digest(self) -> Digest:
        """The SHA-256 of the statement's bytes: how other messages, receipts and approvals name this one."""
        return self.signed.digest

    @property
    def statement(self) -> Statement:
        """What the author says, parsed once. Raises as `statement.parse`."""
        if not self._parsed:
            self._parsed.append(statement.parse(self.signed.payload))
        return self._parsed[0]

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **{name: self.extra[name] for name in self.extra if name not in _MEMBERS},
            "signed": self.signed.to_json(),
            "approvals": [each.to_json() for each in self.approvals],
            "endorsements": [each.to_json() for each in self.endorsements],
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """What `to_json` wrote. Raises `BadMember` or `TooLarge`; the statement itself is not looked into."""
        members = Members.of("message", value)
        return cls(
            signed=Signed.from_json(members.value.get("signed")),
            approvals=members.each("approvals", Approval.from_json, at_most=MAX_APPROVALS),
            endorsements=members.each("endorsements", Signed.from_json, at_most=MAX_ENDORSEMENTS),
            extra=members.others(_MEMBERS),
        )


def write(said: Statement, keys: SigningKeys, approvals: Iterable[Approval] = ()) -> Message:
    """`said` signed with both keys, and the approvals that its bytes already have. Raises as `statement.parse`.

    What no peer would read is never signed.
    """
    value = said.to_json()
    statement.read(value)
    data = canonical.encode(value, limit=statement.MAX_BYTES)
    return Message(dsse.sign(statement.PAYLOAD_TYPE, data, keys), tuple(approvals))
