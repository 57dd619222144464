# SPDX-License-Identifier: Apache-2.0
"""From a request's kind and body to the question of law that it puts. Free text decides nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comity.law.bases.question import Circumstances, Question
from comity.law.states import BESIDES, ISO
from comity.protocol.terms.offences import OFFENCES

MEASURES: Mapping[str, str] = {
    "confiscation": "confiscation",
    "content-data": "production",
    "criminal-record": "mutual-legal-assistance",
    "emergency-disclosure": "emergency-disclosure",
    "extradition": "extradition",
    "fiu-request": "fiu-cooperation",
    "freezing": "freezing-seizure",
    "hosted-officers": "presence-of-officials",
    "interception": "interception",
    "joint-investigation": "joint-investigation",
    "locate-person": "locate-person",
    "mutual-legal-assistance": "mutual-legal-assistance",
    "police-information": "police-cooperation",
    "preservation": "preservation",
    "preservation-extension": "preservation",
    "provisional-arrest": "provisional-arrest",
    "real-time-traffic": "real-time-traffic-data",
    "search-seizure": "search-seizure",
    "service-of-documents": "service-of-documents",
    "spontaneous-information": "spontaneous-information",
    "stop-payment": "police-cooperation",
    "subscriber-information": "production",
    "surveillance": "cross-border-observation",
    "traffic-data": "production",
    "transfer-of-person": "transfer-of-sentenced-persons",
    "transfer-of-proceedings": "transfer-of-proceedings",
    "use-upgrade": "mutual-legal-assistance",
    "witness-interview": "evidence",
}
"""The measure that each kind of request asks. Advice and public material need no basis, and stand not here."""


MOST = 64
"""Entries of a list in a body that are looked at: a message from outside may hold a hundred thousand."""


def question(kind: str, body: Mapping[str, Any], requesting: str, requested: str) -> Question | None:
    """The question, or nothing where the kind needs no basis, or the two are of one state or of none (a sample's)."""
    return next(questions(kind, body, requesting, [requested]), None)


def questions(kind: str, body: Mapping[str, Any], requesting: str, requested: Iterable[str]) -> Iterator[Question]:
    """The same to each of several states."""
    measure = MEASURES.get(kind)
    known = ISO | BESIDES
    if measure is None or requesting not in known:
        return
    offence, circumstances = _offence(body), _circumstances(kind, body)
    for each in requested:
        if each in known and each != requesting:
            yield Question(
                requesting=requesting,
                requested=each,
                measure=measure,
                offence=offence,
                circumstances=circumstances,
            )


def state_of(authority: str) -> str:
    """The state of an authority's id, such as `ES/policia-nacional`."""
    return authority.partition("/")[0]


def _offence(body: Mapping[str, Any]) -> str:
    """The first category that was ticked and says something."""
    offence = body.get("offence")
    ticked = offence.get("categories") if isinstance(offence, Mapping) else None
    listed = ticked[:MOST] if isinstance(ticked, list) else []
    return next((str(each) for each in listed if each in OFFENCES and each != "other"), "")


def _circumstances(kind: str, body: Mapping[str, Any]) -> Circumstances:
    """What the form's own members tell of the case."""
    person = body.get("person")
    told = person.get("nationality") if isinstance(person, Mapping) else None
    listed = told[:MOST] if isinstance(told, list) else []
    known = tuple(each for each in listed if isinstance(each, str) and each in ISO)
    asked = body.get("evidence_use_asked")
    return Circumstances(
        nationalities=known if known and len(known) == len(listed) else None,
        evidence=asked if isinstance(asked, bool) else None,
        emergency=True if kind == "emergency-disclosure" or body.get("urgency") == "emergency" else None,
        reciprocity=True if body.get("reciprocity") else None,
    )
