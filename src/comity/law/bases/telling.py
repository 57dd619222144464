# SPDX-License-Identifier: Apache-2.0
"""An answer as one JSON object: for scripts, for the desk, and for whoever keeps what was answered on a day."""

from collections.abc import Iterable
from typing import Any

from comity.law.bases.answer import Answer, Basis, Refusal, Rejected
from comity.law.facts.fact import Fact
from comity.law.facts.terms import Deadline
from comity.law.naming import name


def told(answer: Answer) -> dict[str, Any]:
    """The answer. Facts are named, with their source and how far they are verified."""
    question = answer.question
    return {
        "from": question.requesting,
        "to": question.requested,
        "measure": question.measure,
        "offence": question.offence,
        "on": answer.on.isoformat(),
        "known": answer.known.isoformat(),
        "finding": answer.finding,
        "first": answer.first,
        "bases": [_basis(each) for each in answer.bases],
        "rejected": [_rejected(each) for each in answer.rejected],
        "alternatives": [
            {"what": each.what, "text": each.text, "limits": each.limits, "facts": facts(each.facts)}
            for each in answer.alternatives
        ],
        "safeguards": [{"text": each.text, "facts": facts(each.facts)} for each in answer.safeguards],
        "unverified": facts(answer.unverified),
    }


def facts(found: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts by name, each once."""
    return [
        {"id": name(each), "source": each.source, "verification": each.verification, "to_verify": each.to_verify}
        for each in {id(fact): fact for fact in found}.values()
    ]


def clock(each: Deadline) -> dict[str, Any]:
    """A clock: `min` or `max` has the length, or `target`."""
    return {
        "what": each.what,
        "after": each.after,
        "length": each.length,
        "unit": each.unit,
        each.bound: each.length,
        "extension": each.extension,
        "side": each.side,
        "article": each.article,
    }


def _basis(basis: Basis) -> dict[str, Any]:
    since = [day.isoformat() if day else None for day in basis.since]
    return {
        "instrument": basis.instrument,
        "article": basis.article,
        "kind": basis.kind,
        "obligation": basis.obligation,
        "binds": {"from": since[0], "to": since[1]},
        "fits": basis.fits,
        "coercion": basis.coercion,
        "channel": [{"road": each.road, "urgent": each.urgent, "article": each.article} for each in basis.ways],
        "authorities": [{"side": each.side, "role": each.role, "name": each.name} for each in basis.authorities],
        "languages": list(basis.languages),
        "contents": list(basis.contents),
        "clocks": [clock(each) for each in basis.clocks],
        "refusals": [_refusal(each) for each in basis.refusals],
        "use": list(basis.uses),
        "followups": [
            {
                "measure": each.measure,
                "why": each.why,
                "clock": clock(each.deadline) if each.deadline else None,
            }
            for each in basis.followups
        ],
        "trace": [{"what": each.what, "text": each.text, "facts": facts(each.facts)} for each in basis.trace],
        "facts": facts(basis.facts),
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "ground": refusal.ground,
        "finding": refusal.finding,
        "why": refusal.why,
        "facts": [each["id"] for each in facts(refusal.facts)],
    }


def _rejected(rejected: Rejected) -> dict[str, Any]:
    return {
        "instrument": rejected.instrument,
        "article": rejected.article,
        "kind": rejected.kind,
        "finding": rejected.finding,
        "why": rejected.why,
        "words": rejected.words,
        "facts": facts(rejected.facts),
    }
