# SPDX-License-Identifier: Apache-2.0
"""The state graphs of Comity, and which one a thread follows.

    request        a measure is asked for and answered
    preservation   the same, with data kept meanwhile (Budapest Convention, Articles 29 and 30)
    handshake      information offered under conditions (Budapest Convention, Article 26)
    invitation     a joint investigation or hosted officers: an agreement is signed
    consultation   several states claim a case: who prosecutes what is proposed and agreed (see `settling`)
    dispute        a decision or an act is disputed: answered, talked over, settled or referred (see `settling`)
    recall         what was sent is called back: one holder's answer

Three rules of practice shape them. An answer is also an acknowledgement, so nobody has to acknowledge first. A
refusal, a postponement or an impossibility may be reconsidered. What is asked for under conditions is not produced
until they are settled. `note` is allowed to any party at any time and changes nothing, so no graph shows it.
"""

from collections.abc import Mapping

from comity.protocol.thread.graph import Graph, Role, State
from comity.protocol.thread.settling import CONSULTATION, DISPUTE
from comity.protocol.thread.ways import closed, moves, parts, without

_OPENER, _ADDRESSEE = Role.OPENER, Role.ADDRESSEE

_UNDECIDED = ("received", "sent", "clarification", "clarified", "postponed")
_AGREED = ("accepted", "accepted-in-part", "conditions-accepted")
_NEGOTIATED = ("accepted-with-conditions", "conditions-declined")
_NEGATIVE = ("refused", "impossible")
_PRODUCING = ("producing", "produced", "confirmed")


_ASSESSMENT_STATES = (
    State("received", "Received", _ADDRESSEE),
    State("clarification", "Clarification asked", _OPENER, clock_stops=True),
    State("clarified", "Clarified", _ADDRESSEE),
    State("accepted", "Accepted", _ADDRESSEE),
    State("accepted-with-conditions", "Accepted with conditions", _OPENER),
    State("conditions-accepted", "Conditions accepted", _ADDRESSEE),
    State("conditions-declined", "Conditions declined", _ADDRESSEE),
    State("postponed", "Postponed", _ADDRESSEE),
    State("refused", "Refused", _OPENER),
)
_REQUEST_STATES = (
    State("sent", "Sent", _ADDRESSEE),
    *_ASSESSMENT_STATES,
    State("accepted-in-part", "Accepted in part", _ADDRESSEE),
    State("impossible", "Impossible", _OPENER),
    State("producing", "Produced in part", _ADDRESSEE),
    State("produced", "Produced", _OPENER),
    State("confirmed", "Confirmed", _OPENER),
    State("withdrawn", "Withdrawn", _ADDRESSEE),
    State("closed", "Closed", final=True),
)
_REQUEST_ASSESSMENT = (
    *moves("acknowledged", _ADDRESSEE, "received", ("sent",)),
    *moves(
        *("clarification", _ADDRESSEE, "clarification", ("received",)),
        ("sent", "clarified", "postponed", *_AGREED, "producing"),
    ),
    *moves("clarified", _OPENER, "clarified", ("clarification",)),
    *moves(
        *("accepted", _ADDRESSEE, "accepted", ("received", "clarified", "postponed")),
        ("sent", "clarification", "accepted-in-part", *_NEGOTIATED, *_NEGATIVE),
    ),
    *moves(
        *("accepted-in-part", _ADDRESSEE, "accepted-in-part", ("received",)),
        (*_UNDECIDED[1:], *_NEGOTIATED, *_NEGATIVE),
    ),
    *moves(
        *("accepted-with-conditions", _ADDRESSEE, "accepted-with-conditions", ("received",)),
        (*_UNDECIDED[1:], *_NEGOTIATED, *_NEGATIVE),
    ),
    *moves("conditions-accepted", _OPENER, "conditions-accepted", ("accepted-with-conditions",)),
    *moves("conditions-declined", _OPENER, "conditions-declined", ("accepted-with-conditions",)),
    *moves("postponed", _ADDRESSEE, "postponed", ("received",), (*_UNDECIDED[1:], *_AGREED)),
    *moves("refused", _ADDRESSEE, "refused", ("received",), (*_UNDECIDED[1:], *_AGREED, *_NEGOTIATED, "producing")),
    *moves(
        *("impossible", _ADDRESSEE, "impossible", ("received",)),
        (*_UNDECIDED[1:], *_AGREED, *_NEGOTIATED, "producing"),
    ),
)
_REQUEST_WITHDRAWN = (*_UNDECIDED, *_AGREED, *_NEGOTIATED, "producing")

REQUEST = Graph(
    "request",
    "Request",
    _REQUEST_STATES,
    (
        *_REQUEST_ASSESSMENT,
        *parts(_ADDRESSEE, (*_AGREED, "producing"), (*_UNDECIDED, "produced", "confirmed")),
        *moves("confirmed", _OPENER, "confirmed", ("produced",)),
        *moves("withdrawn", _OPENER, "withdrawn", ("sent",), without(_REQUEST_WITHDRAWN, "sent")),
        *closed(("confirmed", *_NEGATIVE, "conditions-declined", "withdrawn"), ("produced",)),
    ),
)

PRESERVATION = Graph(
    "preservation",
    "Preservation",
    (*_REQUEST_STATES[:-5], State("preserved", "Preserved", _OPENER), *_REQUEST_STATES[-5:]),
    (
        *_REQUEST_ASSESSMENT,
        *moves("preserved", _ADDRESSEE, "preserved", _AGREED, (*_UNDECIDED, "preserved", *_PRODUCING)),
        *parts(_ADDRESSEE, ("preserved", "producing"), (*_UNDECIDED, *_AGREED, "produced", "confirmed")),
        *moves("impossible", _ADDRESSEE, "impossible", (), ("preserved",)),
        *moves("confirmed", _OPENER, "confirmed", ("produced",)),
        *moves("withdrawn", _OPENER, "withdrawn", ("sent",), (*without(_REQUEST_WITHDRAWN, "sent"), "preserved")),
        *closed(("preserved", "confirmed", *_NEGATIVE, "conditions-declined", "withdrawn"), ("produced",)),
    ),
)

_OFFERED = ("received", "offered", "clarification", "clarified")

HANDSHAKE = Graph(
    "handshake",
    "Spontaneous information",
    (
        State("offered", "Offered", _ADDRESSEE),
        State("received", "Received", _ADDRESSEE),
        State("clarification", "Clarification asked", _OPENER, clock_stops=True),
        State("clarified", "Clarified", _ADDRESSEE),
        State("conditions-accepted", "Conditions accepted", _OPENER),
        State("conditions-declined", "Conditions declined", _OPENER),
        State("producing", "Produced in part", _OPENER),
        State("produced", "Produced", _ADDRESSEE),
        State("confirmed", "Confirmed", _OPENER),
        State("withdrawn", "Withdrawn", _ADDRESSEE),
        State("closed", "Closed", final=True),
    ),
    (
        *moves("acknowledged", _ADDRESSEE, "received", ("offered",)),
        *moves("clarification", _ADDRESSEE, "clarification", ("received",), ("offered", "clarified")),
        *moves("clarified", _OPENER, "clarified", ("clarification",)),
        *moves(
            *("conditions-accepted", _ADDRESSEE, "conditions-accepted", ("received", "clarified")),
            ("offered", "clarification", "conditions-declined"),
        ),
        *moves("conditions-declined", _ADDRESSEE, "conditions-declined", ("received",), _OFFERED[1:]),
        *parts(_OPENER, ("conditions-accepted", "producing"), ("conditions-declined", "produced", "confirmed")),
        *moves("confirmed", _ADDRESSEE, "confirmed", ("produced",)),
        *moves(
            *("withdrawn", _OPENER, "withdrawn", ("conditions-declined",)),
            (*_OFFERED, "conditions-accepted", "producing"),
        ),
        *closed(("confirmed", "withdrawn"), ("conditions-declined", "produced")),
    ),
)

_INVITED = ("received", "invited", "clarification", "clarified", "postponed")
_WILLING = ("accepted", "conditions-accepted")

INVITATION = Graph(
    "invitation",
    "Invitation",
    (
        State("invited", "Invited", _ADDRESSEE),
        *_ASSESSMENT_STATES,
        State("produced", "Agreement signed", _OPENER),
        State("confirmed", "Agreement in force", _OPENER),
        State("withdrawn", "Withdrawn", _ADDRESSEE),
        State("closed", "Closed", final=True),
    ),
    (
        *moves("acknowledged", _ADDRESSEE, "received", ("invited",)),
        *moves(
            *("clarification", _ADDRESSEE, "clarification", ("received",)),
            ("invited", "clarified", "postponed", *_WILLING),
        ),
        *moves("clarified", _OPENER, "clarified", ("clarification",)),
        *moves(
            *("accepted", _ADDRESSEE, "accepted", ("received", "clarified", "postponed")),
            ("invited", "clarification", *_NEGOTIATED, "refused"),
        ),
        *moves(
            *("accepted-with-conditions", _ADDRESSEE, "accepted-with-conditions", ("received",)),
            (*_INVITED[1:], *_NEGOTIATED, "refused"),
        ),
        *moves("conditions-accepted", _OPENER, "conditions-accepted", ("accepted-with-conditions",)),
        *moves("conditions-declined", _OPENER, "conditions-declined", ("accepted-with-conditions",)),
        *moves("postponed", _ADDRESSEE, "postponed", ("received",), (*_INVITED[1:], *_WILLING)),
        *moves("refused", _ADDRESSEE, "refused", ("received",), (*_INVITED[1:], *_WILLING, *_NEGOTIATED)),
        *moves("produced", _ADDRESSEE, "produced", _WILLING, ("produced", "confirmed")),
        *moves("confirmed", _OPENER, "confirmed", ("produced",)),
        *moves(
            "withdrawn",
            _OPENER,
            "withdrawn",
            ("invited",),
            (*without(_INVITED, "invited"), *_WILLING, *_NEGOTIATED, "produced"),
        ),
        *closed(("confirmed", "refused", "conditions-declined", "withdrawn")),
    ),
)

RECALL = Graph(
    "recall",
    "Recall",
    (
        State("asked", "No answer yet", _ADDRESSEE),
        State("sealed", "Sealed", _ADDRESSEE),
        State("refused", "Recall refused", _ADDRESSEE),
        State("destroyed", "Destroyed", final=True),
    ),
    (
        *moves("recall-sealed", _ADDRESSEE, "sealed", ("asked",), ("refused",)),
        *moves("recall-refused", _ADDRESSEE, "refused", ("asked",), ("sealed",)),
        *moves("recall-destroyed", _ADDRESSEE, "destroyed", ("asked", "sealed", "refused")),
    ),
)

GRAPHS: Mapping[str, Graph] = {
    each.name: each for each in (REQUEST, PRESERVATION, HANDSHAKE, INVITATION, CONSULTATION, DISPUTE)
}
"""The graphs that a thread may follow, by name."""

_OPENED_BY: Mapping[str, Graph] = {
    "preservation": PRESERVATION,
    "preservation-extension": PRESERVATION,
    "spontaneous-information": HANDSHAKE,
    "hosted-officers": INVITATION,
    "joint-investigation": INVITATION,
    "jurisdiction-consultation": CONSULTATION,
    "dispute": DISPUTE,
}


def graph_of(kind: str) -> Graph:
    """The graph of a thread that a message of `kind` opens.

    A kind that this version does not know follows the request graph, so that a newer peer can still be answered.
    """
    return _OPENED_BY.get(kind, REQUEST)
