# SPDX-License-Identifier: Apache-2.0
"""The codes of the law's answers in words. What an answer explains in a sentence is said by `sentences`."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from comity.interfaces.web import words
from comity.interfaces.web.law import collation, states
from comity.law.facts.measures import MEASURES
from comity.law.requests.checklist import WORDS as CONTENTS
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.terms.refusals import REFUSALS

_WORDS: Mapping[str, str] = {
    # findings on grounds
    "clear": gettext_noop("clear"),
    "possible": gettext_noop("possible"),
    "likely": gettext_noop("likely"),
    "bars": gettext_noop("bars"),
    "cannot-tell": gettext_noop("cannot tell"),
    # findings on questions
    "basis": gettext_noop("a basis is known"),
    "none": gettext_noop("no basis"),
    # kinds of bases
    "multilateral": gettext_noop("treaty of many"),
    "bilateral": gettext_noop("treaty of the two"),
    "domestic-law": gettext_noop("their own law"),
    "reciprocity": gettext_noop("their own law, on reciprocity"),
    "police": gettext_noop("police to police"),
    # obligations
    "shall": gettext_noop("must be answered"),
    "may": gettext_noop("may be answered"),
    "endeavour": gettext_noop("is to be tried"),
    "unknown": gettext_noop("duty not known here"),
    "no-duty": gettext_noop("no duty"),
    # roads
    "central-authorities": gettext_noop("central authorities"),
    "ministries-of-justice": gettext_noop("ministries of justice"),
    "diplomatic": gettext_noop("diplomatic channel"),
    "direct-judicial": gettext_noop("judicial authorities directly"),
    "contact-24-7": gettext_noop("24/7 contact points"),
    "interpol": gettext_noop("INTERPOL"),
    "provider": gettext_noop("the provider directly"),
    # uses
    "stated-purpose": gettext_noop("only for the stated purpose"),
    "confidential": gettext_noop("kept confidential"),
    "speciality": gettext_noop("only for the offences of the surrender"),
    "no-evidence": gettext_noop("intelligence unless upgraded"),
    "evidence-with-consent": gettext_noop("evidence only with consent"),
    "conditions-bind": gettext_noop("as the giver's conditions say"),
    # what a court asks of evidence
    "asked-road": gettext_noop("the road by which it came"),
    "asked-consent": gettext_noop("consent of the giver"),
    "asked-custody": gettext_noop("how it was kept"),
    "asked-origin": gettext_noop("where it comes from"),
    "asked-certificate": gettext_noop("a certificate"),
    "asked-purpose": gettext_noop("the use that was allowed"),
    # what binds
    "bound": gettext_noop("bound"),
    "not-bound": gettext_noop("not bound"),
    # alternatives
    "removal": gettext_noop("removal or repatriation"),
    "transfer-of-proceedings": gettext_noop("transfer of proceedings"),
    "spontaneous-information": gettext_noop("spontaneous information"),
    "prosecution": gettext_noop("prosecution"),
    "assurances": gettext_noop("assurances"),
    # how far a fact is verified
    "official-or-copy-of-official": gettext_noop("official-or-copy-of-official"),
    "secondary": gettext_noop("secondary"),
    "partly-memory": gettext_noop("partly-memory"),
    "memory": gettext_noop("memory"),
    # what a state states of an instrument
    "reservation": gettext_noop("reservation"),
    "declaration": gettext_noop("declaration"),
    "notification": gettext_noop("notification"),
    "territory": gettext_noop("territory"),
    # whose rule it is
    "any": gettext_noop("any"),
    # measures
    "asset-recovery": gettext_noop("asset recovery"),
    "banking-information": gettext_noop("banking information"),
    "confiscation": gettext_noop("confiscation"),
    "controlled-delivery": gettext_noop("controlled delivery"),
    "covert-investigation": gettext_noop("covert investigation"),
    "cross-border-observation": gettext_noop("cross-border observation"),
    "direct-access": gettext_noop("direct access to data"),
    "direct-provider-cooperation": gettext_noop("direct cooperation of providers"),
    "emergency-disclosure": gettext_noop("emergency disclosure"),
    "evidence": gettext_noop("taking of evidence"),
    "extradition": gettext_noop("extradition"),
    "fiu-cooperation": gettext_noop("cooperation of financial intelligence units"),
    "freezing-seizure": gettext_noop("freezing and seizure"),
    "hearing-by-telephone": gettext_noop("hearing by telephone"),
    "hearing-by-video": gettext_noop("hearing by video"),
    "interception": gettext_noop("interception of content"),
    "joint-investigation": gettext_noop("joint investigation"),
    "laying-of-information": gettext_noop("laying of information"),
    "locate-person": gettext_noop("locating a person"),
    "mutual-legal-assistance": gettext_noop("mutual legal assistance"),
    "network-24-7": gettext_noop("24/7 network"),
    "partial-disclosure-of-traffic-data": gettext_noop("partial disclosure of traffic data"),
    "police-cooperation": gettext_noop("police cooperation"),
    "presence-of-officials": gettext_noop("presence of officials"),
    "preservation": gettext_noop("preservation of data"),
    "production": gettext_noop("production of data"),
    "provisional-arrest": gettext_noop("provisional arrest"),
    "real-time-traffic-data": gettext_noop("traffic data in real time"),
    "return-of-assets": gettext_noop("return of assets"),
    "search-seizure": gettext_noop("search and seizure"),
    "service-of-documents": gettext_noop("service of documents"),
    "surrender": gettext_noop("surrender"),
    "transfer-of-sentenced-persons": gettext_noop("transfer of sentenced persons"),
}


def content(code: str) -> str:
    """What a request must say, in the reader's language."""
    return words.said(CONTENTS.get(code, code))


def ground(code: str) -> str:
    """A ground of refusal in the reader's language."""
    return words.said(REFUSALS[code].label) if code in REFUSALS else code


def word(code: str) -> str:
    """Another code of an answer in the reader's language."""
    return gettext(_WORDS[code]) if code in _WORDS else code


def language(code: str) -> str:
    """A language by its code, in the reader's language: of the terms, else of Unicode's CLDR, else the code."""
    if code in LANGUAGE_CODES:
        return words.term("languages", code)
    name = str(states.locale().languages.get(code, code))
    return name[:1].upper() + name[1:]


def measures() -> list[tuple[str, str]]:
    """Every measure with its name, in the order of the names."""
    return sorted(((each, word(each)) for each in MEASURES), key=lambda each: collation.key(each[1]))
