# SPDX-License-Identifier: Apache-2.0
"""Every vocabulary by its name, for forms (`x-vocabulary` in a schema), for the documents and for the translations."""

from collections.abc import Mapping
from types import MappingProxyType

from comity.protocol.terms import (
    authorities,
    custody,
    data_categories,
    disputes,
    handling,
    identifiers,
    jurisdiction,
    notices,
    procedure,
)
from comity.protocol.terms.errors import UnknownTerm
from comity.protocol.terms.impossibility import IMPOSSIBILITY
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.terms.offences import OFFENCES
from comity.protocol.terms.problems import PROBLEMS
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.vocabulary import Vocabulary

_ALL = (
    procedure.URGENCIES,
    procedure.STAGES,
    OFFENCES,
    data_categories.DATA_CATEGORIES,
    data_categories.EMERGENCIES,
    data_categories.NOTICE_DELAYS,
    identifiers.IDENTIFIERS,
    identifiers.PERSON_ROLES,
    identifiers.ASSETS,
    REFUSALS,
    IMPOSSIBILITY,
    procedure.CONDITIONS,
    procedure.OUTCOMES,
    procedure.HEARING_MODES,
    procedure.TAKEDOWN_MEASURES,
    procedure.TRANSFER_PURPOSES,
    procedure.SURRENDER_PURPOSES,
    procedure.EVENTS,
    jurisdiction.PROCEEDING_STAGES,
    jurisdiction.JURISDICTION_GROUNDS,
    jurisdiction.VICTIM_LINKS,
    jurisdiction.NATIONALS,
    jurisdiction.CRITERIA,
    jurisdiction.ALLOCATIONS,
    disputes.DISPUTE_GROUNDS,
    disputes.DISPUTE_POSITIONS,
    disputes.REFERRALS,
    disputes.RESERVATIONS,
    handling.TLP,
    handling.PAP,
    handling.EUROPOL,
    handling.SOURCE_4X4,
    handling.INFORMATION_4X4,
    handling.SOURCE_ADMIRALTY,
    handling.INFORMATION_ADMIRALTY,
    notices.INTERPOL_NOTICES,
    notices.SIS_ALERTS,
    authorities.AUTHORITY_ROLES,
    authorities.OFFICER_ROLES,
    custody.ORIGINALITY,
    custody.CUSTODY_STEPS,
    custody.HASHES,
    LANGUAGE_CODES,
    INSTRUMENTS,
    procedure.UNITS,
    procedure.LIMITS,
    procedure.SIDES,
    PROBLEMS,
)

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType({each.name: each for each in _ALL})


def vocabulary(name: str) -> Vocabulary:
    """The vocabulary with this name. Raises `UnknownTerm`."""
    if name not in VOCABULARIES:
        raise UnknownTerm(vocabulary="vocabularies")
    return VOCABULARIES[name]
