# SPDX-License-Identifier: Apache-2.0
"""Invented material from which the kinds build their examples. No person, number, account or case here exists."""

from collections.abc import Mapping
from typing import Any

INVENTED = "Invented example."

REQUEST: Mapping[str, Any] = {
    "reference": "SAMPLE-2016-0117",
    "purpose": "Investigation of a sample case. " + INVENTED,
    "language": "en",
}

CONTACT: Mapping[str, Any] = {
    "unit": "Sample duty desk",
    "telephone": "+34 000 000 000",
    "email": "desk@police.example",
    "hours": "24 hours",
    "timezone": "Europe/Madrid",
}

OFFENCE: Mapping[str, Any] = {
    "categories": ["fraud-telecom", "organized-group"],
    "provisions": ["Criminal Law, art. 266"],
    "description": "Callers posing as police officers made victims transfer their savings.",
    "max_penalty": "Life imprisonment",
}

CASE: Mapping[str, Any] = {
    **REQUEST,
    "offence": OFFENCE,
    "facts": INVENTED + " On 5 September 2016 a caller posing as a police officer made a victim transfer 480,000 yuan.",
}

EVIDENCE: Mapping[str, Any] = {
    **CASE,
    "basis": {"instrument": "UNTOC", "article": "18"},
    "investigating_authority": "Sample Criminal Investigation Bureau, investigation stage",
}

PERIOD: Mapping[str, Any] = {"start": "2016-09-01T00:00:00.000Z", "end": "2016-09-30T23:59:59.999Z"}

PHONE: Mapping[str, Any] = {"type": "phone", "value": "+34 000 000 117", "note": "Invented number"}

ADDRESS: Mapping[str, Any] = {
    "type": "ip-address",
    "value": "192.0.2.17",
    "at": "2016-09-05T03:12:44.000Z",
    "port": 40117,
    "note": "Documentation address, RFC 5737",
}

SUSPECT: Mapping[str, Any] = {
    "name": "样本甲",
    "latin_name": "Sample Jia",
    "role": "suspect",
    "birth_date": "1985-02-28",
    "nationality": ["CN"],
    "note": "Invented person",
}

WITNESS: Mapping[str, Any] = {
    "name": "Sample Witness",
    "role": "witness",
    "address": "Madrid, Spain",
    "note": "Invented person",
}

CRITERIA: Mapping[str, Any] = {
    "act": [{"country": "ES", "place": "Madrid", "note": "The calls were made there"}],
    "damage": [{"country": "CN", "place": "Hangzhou"}],
    "suspects": [{"country": "ES"}],
    "evidence": [{"country": "ES", "place": "Madrid"}, {"country": "CN", "place": "Hangzhou"}],
    "nationality": ["CN"],
    "victims": [{"country": "CN", "link": "nationality", "number": 37}],
    "stage": "investigation",
    "grounds": ["territorial", "active-personality"],
    "law": "Criminal Law, art. 6 and 7",
    "nationals": "not-extradited",
    "limits": INVENTED,
}

ALLOCATION: Mapping[str, Any] = {
    "outcome": "transfer",
    "shares": [{"country": "CN", "conduct": "All calls to victims in Hangzhou. " + INVENTED}],
    "evidence": "The seized devices are handed over with their records of custody.",
    "victims": "They are heard where they live and told of the outcome.",
    "time_served": "Custody in Spain counts in full.",
}

ACCOUNT: Mapping[str, Any] = {
    "number": "SAMPLE-ACCOUNT-0002",
    "institution": "Sample Bank",
    "bic": "SAMPESMM",
    "country": "ES",
    "holder": "Sample Trading",
    "note": "Invented account",
}

ASSET: Mapping[str, Any] = {
    "type": "account-balance",
    "description": "Balance of an invented account",
    "location": "Sample Bank, Madrid branch",
    "amount": "62000.00",
    "currency": "EUR",
    "account": ACCOUNT,
}

PROVIDER_DATA: Mapping[str, Any] = {
    **EVIDENCE,
    "provider": "Sample Telecom",
    "identifiers": [ADDRESS],
    "period": PERIOD,
    "relevance": "The call to the victim was set up from this address. " + INVENTED,
}

DIGEST = "sha256:" + "5a" * 32
"""The digest of no message."""
