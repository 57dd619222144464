# SPDX-License-Identifier: Apache-2.0
"""The two graphs in which both sides must agree: who prosecutes what, and how a dispute ends.

    consultation   opened ─► criteria of both sides ─► proposed ─► agreed ─► carried out        (or not agreed)
    dispute        raised ─► answered ─► consultation ─► conciliation ─► settled                (or referred, withdrawn)

A proposal leads to a state of its own for each side that may make it, and only the other side accepts it there, by its
digest: so an agreement always has a move of both. No state of either stops a clock, and neither touches another thread.
"""

from comity.protocol.thread.graph import Graph, Role, State, Transition
from comity.protocol.thread.ways import closed, moves, without

_OPENER, _ADDRESSEE = Role.OPENER, Role.ADDRESSEE


def _either(
    kind: str, target: str, usual: tuple[str, ...], also: tuple[str, ...] = (), *, opener: tuple[str, ...] = ()
) -> tuple[Transition, ...]:
    """A move of either side; from the states in `opener` of the opener alone."""
    return (*moves(kind, _OPENER, target, usual, (*also, *opener)), *moves(kind, _ADDRESSEE, target, usual, also))


_ALLOCATIONS = ("proposed-by-opener", "proposed-by-addressee")

CONSULTATION = Graph(
    "consultation",
    "Consultation on jurisdiction",
    (
        State("opened", "Consultation opened", _ADDRESSEE),
        State("received", "Received", _ADDRESSEE),
        State("criteria", "Criteria of both sides stated", _OPENER, both=True),
        State("proposed-by-opener", "Proposed by the opener", _ADDRESSEE),
        State("proposed-by-addressee", "Proposed by the addressee", _OPENER),
        State("agreed", "Agreed", _OPENER, both=True),
        State("carried-out", "Carried out", _OPENER, both=True),
        State("not-agreed", "Not agreed", _OPENER, both=True),
        State("refused", "Refused", _OPENER),
        State("withdrawn", "Withdrawn", _ADDRESSEE),
        State("closed", "Closed", final=True),
    ),
    (
        *moves("acknowledged", _ADDRESSEE, "received", ("opened",)),
        *moves(
            *("criteria-stated", _ADDRESSEE, "criteria", ("received",)),
            ("opened", "criteria", *_ALLOCATIONS, "not-agreed", "refused"),
        ),
        *moves("criteria-stated", _OPENER, "criteria", (), ("criteria", *_ALLOCATIONS, "not-agreed")),
        *moves(
            *("allocation-proposed", _OPENER, "proposed-by-opener", ("criteria",)),
            (*_ALLOCATIONS, "not-agreed"),
        ),
        *moves(
            *("allocation-proposed", _ADDRESSEE, "proposed-by-addressee", ("criteria", "proposed-by-opener")),
            ("proposed-by-addressee", "not-agreed"),
        ),
        *moves("allocation-agreed", _ADDRESSEE, "agreed", ("proposed-by-opener",)),
        *moves("allocation-agreed", _OPENER, "agreed", ("proposed-by-addressee",)),
        *_either("allocation-carried-out", "carried-out", ("agreed",), ("carried-out",)),
        *_either("not-agreed", "not-agreed", _ALLOCATIONS, ("criteria",)),
        *moves("refused", _ADDRESSEE, "refused", ("received",), ("opened",)),
        *moves(
            *("withdrawn", _OPENER, "withdrawn", ("opened",)),
            ("received", "criteria", *_ALLOCATIONS, "not-agreed"),
        ),
        *closed(("carried-out", "not-agreed", "refused", "withdrawn"), ("agreed",)),
    ),
)

_SETTLEMENTS = ("settlement-by-opener", "settlement-by-addressee")
_UNANSWERED = ("raised", "received")
_TALKING = ("answered", "consultation", "conciliation", *_SETTLEMENTS)

DISPUTE = Graph(
    "dispute",
    "Dispute",
    (
        State("raised", "Dispute raised", _ADDRESSEE),
        State("received", "Received", _ADDRESSEE),
        State("answered", "Answered", _OPENER),
        State("consultation", "In consultation", _OPENER, both=True),
        State("conciliation", "Before higher authorities", _OPENER, both=True),
        State("settlement-by-opener", "Settlement proposed by the opener", _ADDRESSEE),
        State("settlement-by-addressee", "Settlement proposed by the addressee", _OPENER),
        State("settled", "Settled", _OPENER),
        State("referred", "Referred", _OPENER, both=True),
        State("withdrawn", "Withdrawn", _ADDRESSEE),
        State("closed", "Closed", final=True),
    ),
    (
        *moves("acknowledged", _ADDRESSEE, "received", ("raised",)),
        *moves("dispute-answered", _ADDRESSEE, "answered", ("received",), ("raised",)),
        *_either(
            "dispute-consultation", "consultation", ("answered",), without(_TALKING, "answered"), opener=_UNANSWERED
        ),
        *_either(
            *("dispute-conciliation", "conciliation", ("consultation",)),
            without(_TALKING, "consultation"),
        ),
        *moves(
            *("settlement-proposed", _OPENER, "settlement-by-opener", ("consultation", "conciliation")),
            ("answered", *_SETTLEMENTS, "referred"),
        ),
        *moves(
            *("settlement-proposed", _ADDRESSEE, "settlement-by-addressee", ("consultation", "conciliation")),
            (*_UNANSWERED, "answered", *_SETTLEMENTS, "referred"),
        ),
        *moves("settled", _ADDRESSEE, "settled", ("settlement-by-opener",)),
        *moves("settled", _OPENER, "settled", ("settlement-by-addressee",)),
        *_either(
            *("referred", "referred", ("conciliation",)),
            (*without(_TALKING, "conciliation"), "referred"),
            opener=_UNANSWERED,
        ),
        *moves("withdrawn", _OPENER, "withdrawn", ("raised",), ("received", *_TALKING, "referred")),
        *closed(("settled", "referred", "withdrawn")),
    ),
)
