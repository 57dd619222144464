# SPDX-License-Identifier: Apache-2.0
"""What the instrument asks a request to contain, and where the letter says it.

The codes are those of the law's answer (`contents` of a basis). A letter never says that the request is complete: it
names the section in which a member that answers a code stands, or that it found none. What an instrument asks only of
who wishes it is left out where nothing is wished: its absence is no gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.formats.letters.content import Entry, How, Section, Words
from comity.formats.letters.sections import section_of
from comity.formats.letters.wording import Wording, own_labels

ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    "assistance-sought": (),
    "assurances": ("assurances", "conditions"),
    "authority": (),
    "consent": ("consent",),
    "custodian": ("custodian", "location", "provider"),
    "data": ("data", "data_sought", "data_categories"),
    "emergency-facts": ("emergency_facts",),
    "facts": ("facts", "emergency_facts", "background"),
    "intention-of-extradition": ("extradition_intended",),
    "intention-of-mla": ("mla_intended", "mla_status"),
    "judgment": ("judgment", "warrant"),
    "law-texts": ("legal_texts",),
    "link-with-case": ("relation", "relevance", "link", "country_link"),
    "necessity": ("necessity", "relevance", "reasons"),
    "offence": ("offence",),
    "order-copy": ("order_reference",),
    "penalties": ("offence.max_penalty",),
    "person": ("person", "persons"),
    "procedure": ("procedure",),
    "property": ("assets", "accounts"),
    "provider": ("provider", "custodian"),
    "purpose": ("purpose", "intended_use"),
    "reciprocity": ("reciprocity",),
    "speciality": ("assurances",),
    "time-wished": ("wished_by", "due", "at", "hearing_at", "until"),
    "translation": (),
    "warrant": ("warrant",),
}
"""Code → the members of bodies that answer it. The letterhead names the authority, the kind says what is sought, and no
member says that a translation is enclosed."""

_ALWAYS = {"authority": "letterhead", "assistance-sought": "measure"}


@dataclass(frozen=True, slots=True)
class Checklist:
    """What an article of an instrument asks, by codes, as an answer of the law says it; `if_wished` are those that it
    asks only where there is something to say."""

    instrument: str
    article: str
    contents: tuple[str, ...]
    if_wished: frozenset[str] = frozenset()


def checked(
    asked: Checklist, body: Mapping[str, object], sections: tuple[Section, ...], wording: Wording
) -> Section | None:
    """The list with the place of each; nothing where the law asks for nothing."""
    contents = [each for each in asked.contents if each not in asked.if_wished or _answer(each, body)]
    if not contents:
        return None
    titles = {each.name: each.title for each in sections}
    entries = tuple(Entry(_label(each, wording), (_place(each, body, titles, wording),)) for each in contents)
    where = Entry(wording.term("Instrument"), (Words(f"{asked.instrument} {asked.article}".strip(), How.PLAIN),))
    return Section("checklist", wording.own("checklist"), (where, *entries))


def _label(code: str, wording: Wording) -> Words:
    known = f"content:{code}" in own_labels(wording.language)
    return wording.own(f"content:{code}") if known else Words(code, How.PLAIN)


def _place(code: str, body: Mapping[str, object], titles: Mapping[str, Words], wording: Wording) -> Words:
    if code in _ALWAYS:
        return wording.own(_ALWAYS[code])
    member = _answer(code, body)
    if not member:
        return wording.own("not_found")
    return titles.get(section_of(member.partition(".")[0]), wording.own("in_letter"))


def _answer(code: str, body: Mapping[str, object]) -> str:
    """The first member that answers a code; empty where none does."""
    return next((each for each in ANSWERED_BY.get(code, ()) if _holds(body, each)), "")


def _holds(body: Mapping[str, object], path: str) -> bool:
    name, _, inner = path.partition(".")
    value = body.get(name)
    if inner:
        return isinstance(value, Mapping) and _holds(value, inner)
    return value not in (None, [], {}, False)
