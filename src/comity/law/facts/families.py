# SPDX-License-Identifier: Apache-2.0
"""The families of facts, by the name that they have in the files."""

from collections.abc import Mapping

from comity.law.facts.claims import Claim
from comity.law.facts.fact import Fact
from comity.law.facts.national import Authority, Category, Offence, Rule, Statement
from comity.law.facts.treaties import Absence, Instrument, Participation, Provision, Relation, Roll, Treaty

FAMILIES: Mapping[str, type[Fact]] = {
    "instruments": Instrument,
    "provisions": Provision,
    "relations": Relation,
    "rolls": Roll,
    "participations": Participation,
    "treaties": Treaty,
    "absences": Absence,
    "statements": Statement,
    "authorities": Authority,
    "rules": Rule,
    "categories": Category,
    "offences": Offence,
    "claims": Claim,
}
