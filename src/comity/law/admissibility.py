# SPDX-License-Identifier: Apache-2.0
"""May what came back be used as evidence where it is wanted: road, custody, origin, and the use that was allowed.

Each point is answered for itself, with what it rests on; what is not known is told as such. Where a point stands in the
way, `mends` names the request that can mend it. A court decides; nothing here admits or excludes anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from comity.law.bases.answer import Kind
from comity.law.facts.fact import Fact
from comity.law.facts.national import Rule
from comity.law.sentences import join, say, term
from comity.law.view import View

Asked = Literal["road", "consent", "custody", "origin", "certificate", "purpose"]
Found = Literal["yes", "no", "cannot-tell"]
Mending = Literal["use-upgrade", "mutual-legal-assistance", "clarification"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What came back. `road` is the basis on which it was given, or `direct` where it was fetched without the other
    state; `None` is always what nobody told. `conditions` are the codes of its giver; `permission` says that its use in
    court is bound to the giver's consent, `consent` that this was given."""

    giving: str
    using: str
    road: Kind | Literal["direct"] | None = None
    custody: bool | None = None
    statement: bool | None = None
    certificate: bool | None = None
    conditions: frozenset[str] = frozenset()
    permission: bool = False
    consent: bool = False
    other_case: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One question to the material, and what is found on it."""

    asked: Asked
    found: Found
    why: str
    facts: tuple[Fact, ...] = ()
    mends: Mending | None = None


def admissibility(view: View, material: Material) -> tuple[Point, ...]:
    """Every point, in the order in which a court would ask."""
    rules = [each for each in view.seen(view.index.rules.get(material.using, ())) if each.effect == "evidence-use"]
    return tuple(
        point
        for points in (
            _road(view, material, rules),
            _consent(material, rules),
            _custody(material),
            _origin(material, rules),
            _purpose(material),
        )
        for point in points
    )


def stands(points: tuple[Point, ...]) -> Found:
    """All points together: the worst of them."""
    found = {each.found for each in points}
    return "no" if "no" in found else "cannot-tell" if "cannot-tell" in found else "yes"


def _road(view: View, material: Material, rules: list[Rule]) -> Iterator[Point]:
    facts = tuple(rules)
    match material.road:
        case None:
            yield Point(asked="road", found="cannot-tell", why=say("By which road it came is not told."), facts=facts)
        case "police":
            found: Found = "yes" if material.consent else "no"
            why = say("It came between police: intelligence, unless the giver consents or a request upgrades it.")
            yield Point(
                asked="road", found=found, why=why, facts=facts, mends=None if material.consent else "use-upgrade"
            )
        case "direct":
            yield from _direct(view, material)
        case _:
            told = _on_request(material.using, entered=bool(rules))
            yield Point(asked="road", found="yes" if rules else "cannot-tell", why=told, facts=facts)


def _on_request(using: str, *, entered: bool) -> str:
    said = say("It came on a request for legal assistance.")
    if entered:
        return said
    state = term("state", using)
    return join(said, say("How the courts of {state} judge evidence from abroad has not been entered.", state=state))


def _direct(view: View, material: Material) -> Iterator[Point]:
    """Data fetched without the other state: its law may forbid that."""
    rules = view.seen(view.index.rules.get(material.giving, ()))
    blocking = tuple(each for each in rules if each.effect == "blocking")
    state = term("state", material.giving)
    if blocking:
        why = say("It was fetched without the authorities of {state}, whose law forbids giving it so.", state=state)
        yield Point(asked="road", found="no", why=why, facts=blocking, mends="mutual-legal-assistance")
    else:
        why = say(
            "It was fetched without the authorities of {state}; whether its law forbids that is not known here.",
            state=state,
        )
        yield Point(asked="road", found="cannot-tell", why=why)


def _consent(material: Material, rules: list[Rule]) -> Iterator[Point]:
    by_rule = tuple(each for each in rules if "evidence-with-consent" in each.uses and material.road == "police")
    bound = material.permission or "no-evidence-use" in material.conditions or bool(by_rule)
    if not bound:
        return
    if material.consent:
        yield Point(asked="consent", found="yes", why=say("The giver consents to its use in court."), facts=by_rule)
    else:
        why = say("Its use in court needs the consent of its giver.")
        yield Point(asked="consent", found="no", why=why, facts=by_rule, mends="use-upgrade")


def _custody(material: Material) -> Iterator[Point]:
    match material.custody:
        case True:
            why = say("Every hand-over is recorded, and the content is what was handed over.")
            yield Point(asked="custody", found="yes", why=why)
        case False:
            why = say("A hand-over is missing, or the content differs.")
            yield Point(asked="custody", found="no", why=why, mends="clarification")
        case None:
            why = say("How it was kept before it was handed over is not told.")
            yield Point(asked="custody", found="cannot-tell", why=why, mends="clarification")


def _origin(material: Material, rules: list[Rule]) -> Iterator[Point]:
    asking = tuple(each for each in rules if "source-statement" in each.proofs)
    if material.statement:
        why = say("Who obtained it, how and when, is stated.")
        yield Point(asked="origin", found="yes", why=why, facts=asking)
    elif asking:
        why = say(
            "The courts of {state} ask who obtained it, from whom, how and when; that is not stated.",
            state=term("state", material.using),
        )
        yield Point(asked="origin", found="no", why=why, facts=asking, mends="clarification")
    else:
        yield Point(asked="origin", found="cannot-tell", why=say("No statement of its origin came with it."))
    certified = tuple(each for each in rules if "certificate" in each.proofs)
    if certified:
        found: Found = "yes" if material.certificate else "no" if material.certificate is False else "cannot-tell"
        why = say("The courts of {state} ask for a certificate.", state=term("state", material.using))
        mends: Mending | None = None if found == "yes" else "clarification"
        yield Point(asked="certificate", found=found, why=why, facts=certified, mends=mends)


def _purpose(material: Material) -> Iterator[Point]:
    if "named-case-only" not in material.conditions and "specialty" not in material.conditions:
        return
    if material.other_case is None:
        yield Point(asked="purpose", found="cannot-tell", why=say("It may be used in the named case only."))
    elif material.other_case:
        why = say("It may be used in the named case only, and is wanted in another.")
        yield Point(asked="purpose", found="no", why=why, mends="use-upgrade")
    else:
        yield Point(asked="purpose", found="yes", why=say("It is used in the case for which it was given."))
