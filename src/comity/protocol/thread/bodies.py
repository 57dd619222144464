# SPDX-License-Identifier: Apache-2.0
"""The five members of bodies that the thread itself reads: `towards`, `complete`, `accepts`, `of` and `recall`.

They are read without knowing the body's schema, so that a state never depends on which kinds a node has installed.
A malformed one raises `BadBody`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from comity.protocol.thread.errors import BadBody
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, Digest, digest


def lanes_named(body: Mapping[str, Any], lanes: Collection[AuthorityId]) -> Collection[AuthorityId]:
    """`towards`: the addressees that the opener's move is meant for; all of them when it is absent or empty."""
    named = body.get("towards", [])
    if named == []:
        return lanes
    if not isinstance(named, list) or not all(isinstance(each, str) and each in lanes for each in named):
        raise BadBody(member="towards", why="does not list addressees of the thread")
    return frozenset(named)


def is_complete(body: Mapping[str, Any]) -> bool:
    """`complete`: whether nothing more will follow what is produced. True when it is absent."""
    complete = body.get("complete", True)
    if not isinstance(complete, bool):
        raise BadBody(member="complete", why="is neither true nor false")
    return complete


def accepted(body: Mapping[str, Any]) -> Digest:
    """`accepts`: the proposal that this message accepts."""
    return _digest(body.get("accepts"), "accepts")


def recalled(body: Mapping[str, Any]) -> tuple[Digest, ...]:
    """`of`: the messages that a recall calls back."""
    named = body.get("of")
    if not isinstance(named, list) or not named:
        raise BadBody(member="of", why="does not list digests")
    return tuple(sorted({_digest(each, "of") for each in named}))


def answered_recall(body: Mapping[str, Any]) -> Digest:
    """`recall`: the recall that this message answers."""
    return _digest(body.get("recall"), "recall")


def _digest(value: object, member: str) -> Digest:
    try:
        return digest(value)
    except BadMember:
        raise BadBody(member=member, why="is not a digest") from None
