# SPDX-License-Identifier: Apache-2.0
"""Contradictions among facts: what cannot be true together, or speaks of what nobody has described.

None is mended by choosing a side: whoever edits the facts looks at the sources. Two facts that disagree may both be
kept when both are marked `to_verify`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from comity.law.facts.fact import Fact
from comity.law.facts.measures import TREATY_CARRIES
from comity.law.facts.national import Authority, Category, Offence, Statement
from comity.law.facts.reading import Fault, Placed
from comity.law.facts.terms import Ruling
from comity.law.facts.treaties import Instrument, Participation, Provision, Relation, Roll, Treaty
from comity.protocol.terms.offences import OFFENCES
from comity.protocol.terms.refusals import REFUSALS

NO_OFFENCES = frozenset(
    {"jurisdiction", "scope", "serious-crime-threshold", "cyber-dependent", "cyber-enabled-tag", "forgery"}
)
"""Categories of the tables that sort rules beside offences; `forgery` is not yet in the protocol's list."""


def faults(placed: Sequence[Placed]) -> Iterator[Fault]:
    """Every contradiction, at the fact that it shows at."""
    instruments = {each.fact.id: each.fact for each in placed if isinstance(each.fact, Instrument)}
    for each in placed:
        yield from _dates(each)
        yield from _unknown(each, instruments)
        if isinstance(each.fact, Participation) and each.fact.instrument in instruments:
            yield from _bound_before_it_was(each, each.fact, instruments[each.fact.instrument])
    yield from _said_twice(placed)


_CATEGORIES = {each.code for each in OFFENCES.terms}
_ORDER = ("adopted", "signed", "deposited", "in_force", "in_force_by", "until")


def _dates(placed: Placed) -> Iterator[Fault]:
    fact = placed.fact
    continued = isinstance(fact, Treaty) and fact.continued
    names = [name for name in _ORDER if not (continued and name == "signed")]
    told = [(name, day) for name in names if isinstance(day := getattr(fact, name, None), date)]
    for (first, before), (second, after) in pairwise(told):
        if after < before:
            yield placed.fault("dates", f"{second} {after} lies before {first} {before}")
    if fact.valid_from and fact.valid_to and fact.valid_to < fact.valid_from:
        yield placed.fault("dates", f"valid_to {fact.valid_to} lies before valid_from {fact.valid_from}")


def _unknown(placed: Placed, instruments: dict[str, Instrument]) -> Iterator[Fault]:
    fact = placed.fact
    if isinstance(fact, Provision | Participation | Statement | Authority | Relation | Roll):
        named = fact.instrument
        if named and named not in instruments:
            yield placed.fault("instrument-unknown", f"{named} is no instrument that is described here")
    if isinstance(fact, Provision) and not (fact.measures or fact.matters):
        yield placed.fault("provision-empty", f"article {fact.article} gives no measure and governs no matter")
    if isinstance(fact, Offence) and fact.category and fact.category not in {*_CATEGORIES, *NO_OFFENCES}:
        yield placed.fault("category-unknown", f"{fact.category} is no category of offence")
    if isinstance(fact, Ruling | Statement):
        for ground in fact.grounds:
            if ground.ground not in REFUSALS:
                yield placed.fault("ground-unknown", f"{ground.ground} is no ground of refusal")
    if isinstance(fact, Relation):
        yield from _relation(placed, fact, instruments)
    if isinstance(fact, Category) and fact.parent and fact.parent not in _CATEGORIES:
        yield placed.fault("category-unknown", f"{fact.parent} is no category of offence")
    if isinstance(fact, Treaty):
        if fact.parties[0] == fact.parties[1]:
            yield placed.fault("parties", "a treaty is between two")
        elif fact.id != "-".join((*sorted(fact.parties), fact.kind)):
            yield placed.fault("id", f"the id is to be {'-'.join((*sorted(fact.parties), fact.kind))}")


def _relation(placed: Placed, fact: Relation, instruments: dict[str, Instrument]) -> Iterator[Fault]:
    if fact.to == fact.instrument:
        yield placed.fault("relation", f"{fact.instrument} stands in no relation to itself")
    elif fact.to not in instruments and fact.to not in TREATY_CARRIES:
        yield placed.fault("instrument-unknown", f"{fact.to} is no instrument, and no kind of treaty")


def _bound_before_it_was(placed: Placed, fact: Participation, instrument: Instrument) -> Iterator[Fault]:
    if fact.signed and instrument.adopted and fact.signed < instrument.adopted:
        yield placed.fault("dates", f"signed {fact.signed}, before {instrument.id} was adopted {instrument.adopted}")
    if fact.in_force and instrument.in_force and fact.in_force < instrument.in_force:
        yield placed.fault("dates", f"bound {fact.in_force}, before {instrument.id} was in force {instrument.in_force}")
    if fact.in_force and not instrument.in_force and instrument.adopted and fact.in_force < instrument.adopted:
        yield placed.fault("dates", f"bound {fact.in_force}, before {instrument.id} was adopted")


def _said_twice(placed: Sequence[Placed]) -> Iterator[Fault]:
    found: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for each in placed:
        key = _key(each.fact)
        if key:
            found[key].append(each)
    for first, *others in found.values():
        for each in others:
            if not _agree(first.fact, each.fact):
                place = f"in {first.file}:{first.line}" if first.file else "among the shipped facts"
                yield each.fault("said-twice", f"stands {place} too, and there can be one, or both are to be verified")


def _agree(one: Fact, other: Fact) -> bool:
    """Whether two facts are two witnesses of the same: neither says another day than the other. Where they differ, both
    are kept if both are to be verified."""
    if not isinstance(one, Treaty | Participation):
        return False
    differ = any(
        getattr(one, name) and getattr(other, name) and getattr(one, name) != getattr(other, name)
        for name in ("signed", "in_force", "until")
    )
    return not differ or (one.to_verify and other.to_verify)


def _key(fact: Fact) -> tuple[object, ...] | None:
    """What there is one of."""
    match fact:
        case Instrument():
            return ("instrument", fact.id, fact.valid_from)
        case Participation():
            return ("participation", fact.instrument, fact.state, fact.valid_from)
        case Provision():
            return ("provision", fact.instrument, fact.article, fact.measures, fact.matters, fact.valid_from)
        case Treaty():
            return ("treaty", fact.id, fact.signed)  # two may conclude several: each has its day
        case Offence():
            return ("offence", fact.jurisdiction, fact.provision, fact.valid_from)
        case Category():
            return ("category", fact.id, fact.valid_from)
        case _:
            return None
