# SPDX-License-Identifier: Apache-2.0
"""What a register can say: every event by its name, with its members.

Each function makes one entry, and its docstring is the event's line in docs/protocol/register.md. When the entry is
appended, `at` (the node's time) and `by` (an officer's pseudonym, `system` or `console`) are added.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec

from comity.protocol.wire.names import AuthorityId, Digest, MessageId
from comity.records.register.entry import FORMS, Entry

_Members = Mapping[str, Any]
_P = ParamSpec("_P")


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of event, for the page that lists them: its members, and those that may be absent."""

    name: str
    says: str
    members: tuple[str, ...]
    optional: frozenset[str]


EVENTS: dict[str, Definition] = {}


def _event(define: Callable[_P, _Members]) -> Callable[_P, Entry]:
    """Make of a function that names members one that checks them and answers with an entry."""
    name = define.__name__.replace("_", "-")
    given = inspect.signature(define).parameters
    members = {each: "from" if each == "sender" else each for each in given}
    optional = frozenset(members[each] for each, how in given.items() if how.default is None)
    EVENTS[name] = Definition(name, str(define.__doc__), tuple(members.values()), optional)

    @wraps(define)
    def make(*args: _P.args, **kwargs: _P.kwargs) -> Entry:
        named = define(*args, **kwargs)
        return Entry(name, {member: FORMS[member](value) for member, value in named.items() if value is not None})

    return make


# A message's way out.


@_event
def drafted(*, thread: MessageId, kind: str) -> _Members:
    """An officer wrote or changed a draft."""
    return {"thread": thread, "kind": kind}


@_event
def draft_discarded(*, thread: MessageId, kind: str) -> _Members:
    """An officer threw a draft away."""
    return {"thread": thread, "kind": kind}


@_event
def frozen(*, thread: MessageId, message: Digest, kind: str) -> _Members:
    """A statement was fixed, to the byte, so that officers can approve it."""
    return {"thread": thread, "message": message, "kind": kind}


@_event
def attached(*, thread: MessageId, content: Digest, bytes: int) -> _Members:
    """An officer attached a file to a draft."""
    return {"thread": thread, "content": content, "bytes": bytes}


@_event
def ticketed(*, thread: MessageId, message: Digest) -> _Members:
    """A one-time address was given out at which this statement can be read and approved."""
    return {"thread": thread, "message": message}


@_event
def approved(*, thread: MessageId, message: Digest, officer: str, role: str, soft: bool) -> _Members:
    """An officer approved exactly this statement with a passkey; `soft` if with software."""
    return {"thread": thread, "message": message, "officer": officer, "role": role, "soft": soft}


@_event
def sent(*, thread: MessageId, message: Digest, to: AuthorityId, kind: str) -> _Members:
    """A signed message was put into the outbox for this authority."""
    return {"thread": thread, "message": message, "to": to, "kind": kind}


@_event
def posted(*, thread: MessageId, message: Digest, to: AuthorityId, content: Digest, method: str) -> _Members:
    """An officer posted the message as the letter `content`, by this road."""
    return {"thread": thread, "message": message, "to": to, "content": content, "method": method}


@_event
def letter_arrived(*, thread: MessageId, message: Digest, to: AuthorityId, method: str) -> _Members:
    """An officer noted that a posted letter arrived, and by which road word of it came."""
    return {"thread": thread, "message": message, "to": to, "method": method}


@_event
def receipted(*, thread: MessageId, message: Digest, sender: AuthorityId, index: int, size: int) -> _Members:
    """The recipient's receipt verified: the message is leaf `index` of its register."""
    return {"thread": thread, "message": message, "from": sender, "index": index, "size": size}


@_event
def relayed(
    *, to: AuthorityId, envelope: Digest | None = None, thread: MessageId | None = None, message: Digest | None = None
) -> _Members:
    """We passed on an envelope that is not ours to read, or, as a home authority, a message that we endorsed."""
    return {"to": to, "envelope": envelope, "thread": thread, "message": message}


@_event
def exported(
    *,
    count: int,
    envelope: Digest | None = None,
    to: AuthorityId | None = None,
    content: Digest | None = None,
    thread: MessageId | None = None,
) -> _Members:
    """This many messages were written to a file: sealed for an authority, or as the proof `content` of a thread."""
    return {"count": count, "envelope": envelope, "to": to, "content": content, "thread": thread}


# A message's way in.


@_event
def received(*, thread: MessageId, message: Digest, sender: AuthorityId, kind: str) -> _Members:
    """A verified message of this author was stored. Receipts prove this leaf."""
    return {"thread": thread, "message": message, "from": sender, "kind": kind}


@_event
def duplicate(*, thread: MessageId, message: Digest, sender: AuthorityId) -> _Members:
    """A message that we had came again; it changed nothing."""
    return {"thread": thread, "message": message, "from": sender}


@_event
def rejected(
    *,
    code: str,
    envelope: Digest | None = None,
    sender: AuthorityId | None = None,
    thread: MessageId | None = None,
    message: Digest | None = None,
) -> _Members:
    """What came in was refused with this error's code. Whoever it claims to be from is named as far as it was read."""
    return {"code": code, "envelope": envelope, "from": sender, "thread": thread, "message": message}


@_event
def imported(*, envelope: Digest, count: int, sender: AuthorityId | None = None) -> _Members:
    """An envelope with this many messages was read from a file."""
    return {"envelope": envelope, "count": count, "from": sender}


@_event
def alarm(
    *,
    authority: AuthorityId,
    code: str,
    seen_size: int | None = None,
    seen_root: str | None = None,
    new_size: int | None = None,
    new_root: str | None = None,
    seconds: int | None = None,
) -> _Members:
    """A peer's register rolled back or forked (both checkpoints named), its clock is `seconds` off, or all is clear."""
    seen = {"seen_size": seen_size, "seen_root": seen_root}
    return {
        "authority": authority,
        "code": code,
        **seen,
        "new_size": new_size,
        "new_root": new_root,
        "seconds": seconds,
    }


@_event
def entered(
    *, thread: MessageId, message: Digest, sender: AuthorityId, kind: str, content: Digest | None = None
) -> _Members:
    """What a letter says was entered and compared by two officers; `content` is the letter's scan."""
    return {"thread": thread, "message": message, "from": sender, "kind": kind, "content": content}


# Work on a thread.


@_event
def read(*, thread: MessageId) -> _Members:
    """What a thread says, or a draft or statement of it will say, was shown; by `system` at a one-time address."""
    return {"thread": thread}


@_event
def listed(*, what: str, count: int) -> _Members:
    """An officer was shown a page of this list."""
    return {"what": what, "count": count}


@_event
def decided(*, thread: MessageId, decision: str, message: Digest) -> _Members:
    """An officer decided on a request, in these words; it leaves once it is approved."""
    return {"thread": thread, "decision": decision, "message": message}


@_event
def task_set(*, thread: MessageId, task: MessageId, officer: str | None = None) -> _Members:
    """A task was given, changed or ended."""
    return {"thread": thread, "task": task, "officer": officer}


@_event
def erased(*, index: int, reason: str) -> _Members:
    """The content of leaf `index` was erased."""
    return {"index": index, "reason": reason}


@_event
def case_opened(*, case: MessageId) -> _Members:
    """An officer opened a case."""
    return {"case": case}


@_event
def custody(*, exhibit: MessageId, what: str, content: Digest, statement: Digest) -> _Members:
    """A step in the custody of an exhibit, whose content has this digest; the statement says who, why and where."""
    return {"exhibit": exhibit, "what": what, "content": content, "statement": statement}


# Authorities and keys.


@_event
def card_issued(*, authority: AuthorityId, card: Digest, serial: int) -> _Members:
    """We issued a card of our own."""
    return {"authority": authority, "card": card, "serial": serial}


@_event
def peer_invited(*, authority: AuthorityId, card: Digest) -> _Members:
    """We hold this card of a peer and have not yet compared the words."""
    return {"authority": authority, "card": card}


@_event
def peer_accepted(*, authority: AuthorityId, card: Digest) -> _Members:
    """This card of a peer counts from now on: compared by telephone, or a proven successor."""
    return {"authority": authority, "card": card}


@_event
def correspondent_kept(*, authority: AuthorityId) -> _Members:
    """An officer entered or corrected where an authority without a node is written to."""
    return {"authority": authority}


@_event
def peer_suspended(*, authority: AuthorityId, reason: str) -> _Members:
    """Nothing is exchanged with this peer until further notice."""
    return {"authority": authority, "reason": reason}


@_event
def key_rotated(*, authority: AuthorityId, keyids: Sequence[str]) -> _Members:
    """An authority uses these keys from now on."""
    return {"authority": authority, "keyids": keyids}


@_event
def key_revoked(*, authority: AuthorityId, keyids: Sequence[str], since: datetime, reason: str) -> _Members:
    """These keys count no more from `since` on."""
    return {"authority": authority, "keyids": keyids, "since": since, "reason": reason}


# Officers.


@_event
def officer_created(*, officer: str, roles: Sequence[str]) -> _Members:
    """An administrator made an officer of these roles, who cannot sign in before enrolling."""
    return {"officer": officer, "roles": roles}


@_event
def roles_changed(*, officer: str, roles: Sequence[str]) -> _Members:
    """An officer has exactly these roles from now on; the officer's sessions ended."""
    return {"officer": officer, "roles": roles}


@_event
def enrolment_opened(*, officer: str, method: str) -> _Members:
    """An administrator made a one-time link by which this officer enrols; an earlier one is void."""
    return {"officer": officer, "method": method}


@_event
def enrolment_refused(*, officer: str, code: str) -> _Members:
    """Somebody came with a link of this officer's, or a response to it, that was refused."""
    return {"officer": officer, "code": code}


@_event
def officer_enrolled(*, officer: str, method: str, soft: bool) -> _Members:
    """An officer enrolled this means of signing in; `soft` if it is a passkey made by software."""
    return {"officer": officer, "method": method, "soft": soft}


@_event
def passkey_removed(*, officer: str) -> _Members:
    """A passkey of an officer counts no more."""
    return {"officer": officer}


@_event
def officer_suspended(*, officer: str, reason: str | None = None) -> _Members:
    """An officer may no longer sign in or approve."""
    return {"officer": officer, "reason": reason}


@_event
def officer_reinstated(*, officer: str) -> _Members:
    """A suspended officer may sign in again, in the same roles."""
    return {"officer": officer}


@_event
def signed_in(*, officer: str, method: str) -> _Members:
    """An officer signed in."""
    return {"officer": officer, "method": method}


@_event
def sign_in_refused(*, code: str, officer: str | None = None) -> _Members:
    """Somebody could not sign in; the officer is named only if one was recognised."""
    return {"code": code, "officer": officer}


@_event
def session_ended(*, officer: str, reason: str) -> _Members:
    """An officer signed out, or was signed out."""
    return {"officer": officer, "reason": reason}


@_event
def approval_refused(*, message: Digest, officer: str, code: str) -> _Members:
    """An officer's passkey response did not approve this statement."""
    return {"message": message, "officer": officer, "code": code}
