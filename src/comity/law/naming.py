# SPDX-License-Identifier: Apache-2.0
"""What a fact is called where an answer rests on it: short, and the same for the same fact."""

from comity.law.facts.fact import Fact
from comity.law.facts.national import Authority, Category, Offence, Rule, Statement
from comity.law.facts.treaties import Absence, Instrument, Participation, Provision, Relation, Roll, Treaty


def name(fact: Fact) -> str:
    """The fact's name, such as `ETS185 24` for an article or `ETS185 ES` for a participation."""
    match fact:
        case Instrument() | Category():
            return fact.id
        case Provision():
            return f"{fact.instrument} {fact.article}"
        case Participation():
            return f"{fact.instrument} {fact.state}"
        case Roll():
            return f"{fact.instrument} list of parties"
        case Relation():
            return " ".join((fact.instrument, *fact.articles, fact.kind, fact.to))
        case Treaty():
            return f"{fact.id} {fact.signed}" if fact.signed else fact.id
        case Absence():
            return f"no {'-'.join((*sorted(fact.parties), fact.kind))}"
        case Statement():
            return " ".join((fact.state, fact.kind, fact.instrument, *fact.articles))
        case Authority():
            return " ".join(each for each in (fact.state, fact.role, fact.instrument) if each)
        case Rule():
            return f"{fact.jurisdiction} {fact.topic}"
        case Offence():
            return f"{fact.jurisdiction} {fact.provision}"
    return type(fact).__name__
