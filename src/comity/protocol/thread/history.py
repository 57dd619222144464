# SPDX-License-Identifier: Apache-2.0
"""The messages of a thread in causal order, each with everything its author had seen.

What a message's author had seen is a set of bits: bit *n* stands for the *n*-th message of the order. Causes come
before effects; messages that did not know of each other are ordered by (sent, digest), alike on every node.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.protocol.wire.names import Digest
from comity.protocol.wire.statement import Statement


@dataclass(frozen=True, slots=True)
class History:
    """The order, the pasts, and what is missing.

    `past[n]` has a bit for each known ancestor of message *n*; `complete` has the bit of each message with no unknown
    ancestor; `unknown[n]` are the digests that *n* itself names and we lack. `cyclic` are messages that name themselves
    or one that does: true digests cannot do that, so theirs are false.
    """

    digests: tuple[Digest, ...]
    statements: tuple[Statement, ...]
    places: Mapping[Digest, int]
    past: tuple[int, ...]
    complete: int
    unknown: tuple[tuple[Digest, ...], ...]
    cyclic: tuple[Digest, ...]

    def missing(self, wanting: int) -> tuple[Digest, ...]:
        """The unknown digests among the causes of the messages in `wanting`, sorted."""
        causes = wanting
        for place in bits(wanting & ~self.complete):
            causes |= self.past[place]
        return tuple(sorted({each for place in bits(causes & ~self.complete) for each in self.unknown[place]}))


def trace(messages: Mapping[Digest, Statement]) -> History:
    """The history of these messages. Time: messages × (named causes + messages / 64)."""
    order = _causal_order(messages)
    places = {digest: place for place, digest in enumerate(order)}
    past: list[int] = []
    unknown: list[tuple[Digest, ...]] = []
    complete = 0
    for place, digest in enumerate(order):
        after = messages[digest].after
        seen, known = 0, [places[each] for each in after if each in places]
        for cause in known:
            seen |= past[cause] | 1 << cause
        past.append(seen)
        unknown.append(tuple(each for each in after if each not in messages))
        if not unknown[place] and all(complete >> cause & 1 for cause in known):
            complete |= 1 << place
    return History(
        digests=tuple(order),
        statements=tuple(messages[each] for each in order),
        places=places,
        past=tuple(past),
        complete=complete,
        unknown=tuple(unknown),
        cyclic=tuple(sorted(messages.keys() - places.keys())),
    )


def bits(mask: int) -> Iterator[int]:
    """The places whose bit is set, the last one first. Time: the bits that are set × the length of the mask."""
    while mask:
        place = mask.bit_length() - 1
        yield place
        mask ^= 1 << place


def _causal_order(messages: Mapping[Digest, Statement]) -> list[Digest]:
    effects: dict[Digest, list[Digest]] = {}
    waiting: dict[Digest, int] = {}
    for digest, statement in messages.items():
        causes = {each for each in statement.after if each in messages}
        waiting[digest] = len(causes)
        for cause in causes:
            effects.setdefault(cause, []).append(digest)
    ready = [(messages[digest].sent, digest) for digest, causes in waiting.items() if not causes]
    heapq.heapify(ready)
    order: list[Digest] = []
    while ready:
        order.append(heapq.heappop(ready)[1])
        for effect in effects.get(order[-1], ()):
            waiting[effect] -= 1
            if not waiting[effect]:
                heapq.heappush(ready, (messages[effect].sent, effect))
    return order
