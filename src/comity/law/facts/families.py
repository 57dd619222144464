# SPDX-License-Identifier: Apache-2.0
"""The families of facts, by the name that they have in the files."""

from collections.abc import Mapping

from comity.law.facts.fact import Fact
from comity.law.facts.national import Authority, Offence, Rule, Statement
from comity.law.facts.treaties import Absence, Instrument, Participation, Provision, Treaty

FAMILIES: Mapping[str, type[Fact]] = {
    "instruments": Instrument,
    "provisions": Provision,
    "participations": Participation,
    "treaties": Treaty,
    "absences": Absence,
    "statements": Statement,
    "authorities": Authority,
    "rules": Rule,
    "offences": Offence,
}
