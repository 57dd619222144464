# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a thread as a whole, or with a move that somebody is about to make.

    ThreadError
    ├── NotOneThread     no message, or messages of several threads, were given to the fold
    ├── DigestReused     one digest was given for two different statements
    ├── BadBody          a body member that the thread reads is malformed (its message's outcome is `bad-body`)
    ├── MoveNotAllowed   the state graph does not allow this move to this authority now
    └── GraphFaulty      a state graph contradicts itself (raised at import: a fault of the software)

Messages that arrive are never refused with an error: each has an `Outcome` in the state, so that it is kept and shown.
"""

from comity.protocol.errors import ComityError


class ThreadError(ComityError):
    """A thread, or a move in it, that cannot be."""

    code = "thread"


class NotOneThread(ThreadError):
    """The fold takes the messages of exactly one thread."""

    code = "not-one-thread"
    text = "The messages belong to {count} threads; a state is computed from those of one."
    advice = "Group the messages by their thread before computing its state."


class DigestReused(ThreadError):
    """Two different statements came under one digest, so one of the digests is false."""

    code = "digest-reused"
    text = "Two different statements were given under the digest {digest}."
    advice = "Recompute the digests from the signed bytes; a digest is never taken from a peer."


class BadBody(ThreadError):
    """The thread reads five members of bodies; this one it cannot read."""

    code = "bad-body"
    text = "The body member {member} {why}."
    advice = "The author must correct the member and send the message again under a new id."


class MoveNotAllowed(ThreadError):
    """Refused before it is signed, so that no peer has to refuse it."""

    code = "move-not-allowed"
    text = "{authority} cannot answer this thread with {kind} now."
    advice = "Look at the thread again: it may have moved on, or it may be the other side's move."


class GraphFaulty(ThreadError):
    """A state graph that must not be used."""

    code = "graph-faulty"
    text = "The state graph {graph} is faulty: {why}."
    advice = "This is a fault of the software; report it."
