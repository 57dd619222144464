# SPDX-License-Identifier: Apache-2.0
"""What a basis asks a request to say, beside what the request says.

Each content is said by members of the form. What no member of the kind can say goes into the explanation of the basis
or into an attachment, and only a person can tell whether it is there: that is `None`, not missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.law.facts.terms import Content

WORDS: Mapping[str, str] = {
    "assistance-sought": "What assistance is sought",
    "assurances": "Assurances",
    "authority": "The authority that conducts the proceedings",
    "consent": "Consent of the person",
    "custodian": "Who holds the data, or where they are",
    "data": "Which data",
    "emergency-facts": "The facts that make it an emergency",
    "facts": "Summary of the facts",
    "intention-of-extradition": "That a request for extradition follows",
    "intention-of-mla": "That a request for legal assistance follows",
    "judgment": "The judgment",
    "law-texts": "Text of the law applied",
    "link-with-case": "How it relates to the case",
    "necessity": "Why it is needed",
    "offence": "The offence",
    "order-copy": "A copy of the order",
    "penalties": "The penalties",
    "person": "Identity and nationality of the person",
    "procedure": "Procedure wished",
    "property": "Description of the property",
    "provider": "The provider",
    "purpose": "Purpose",
    "reciprocity": "Undertaking of reciprocity",
    "speciality": "Undertaking on speciality",
    "time-wished": "By when it is wished",
    "translation": "Translation",
    "warrant": "The warrant",
}
"""Every content, as it is said to people."""

_MEMBERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "assistance-sought": (
        ("assistance",),
        ("data_sought",),
        ("sought",),
        ("documents",),
        ("questions",),
        ("data",),
        ("order_reference",),
        ("task",),
        ("person",),
    ),
    "assurances": (("assurances",),),
    "authority": (("investigating_authority",), ("seeking_authority",), ("issuing_authority",)),
    "consent": (("consent",),),
    "custodian": (("custodian", "location"), ("provider",)),
    "data": (("data", "data_sought"), ("data_categories",), ("identifiers",)),
    "emergency-facts": (("emergency_facts",),),
    "facts": (("facts",),),
    "intention-of-extradition": (("extradition_intended",),),
    "intention-of-mla": (("mla_intended",),),
    "judgment": (("judgment",), ("warrant",)),
    "law-texts": (("legal_texts",),),
    "link-with-case": (("relation",), ("link",), ("relevance",)),
    "necessity": (("necessity",), ("relevance",)),
    "offence": (("offence",), ("nature", "proceeding")),
    "order-copy": (("attachments",),),
    "penalties": (("offence.max_penalty",),),
    "person": (("person", "persons"),),
    "procedure": (("procedure",),),
    "property": (("assets",),),
    "provider": (("provider",),),
    "purpose": (("purpose",),),
    "reciprocity": (("reciprocity",),),
    "speciality": (("assurances",),),
    "time-wished": (("wished_by",), ("due",)),
    "warrant": (("warrant",),),
}
"""The members that say a content, best first: of each row the first of which the form has any counts, and any of it
says it. So another member stands in only where the form has none of its own: an offence is not said by the nature of
the proceeding in a form that asks for the offence."""

_PERHAPS = frozenset({"order-copy", "speciality"})
"""What the members may hold among other things: with something in them only a person can tell."""

IF_WISHED = frozenset({"procedure", "time-wished", "person"})
"""What the instruments ask for only where there is something to say: whoever says nothing of it lacks nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One content: the members of the form that say it, and whether one does. `None` where only a person can tell."""

    content: Content
    words: str
    members: tuple[str, ...]
    said: bool | None


def checklist(body: Mapping[str, Any], members: Iterable[str], contents: Iterable[Content]) -> tuple[Item, ...]:
    """The contents in their order. `members` are those that the kind's form has."""
    has = frozenset(members)
    return tuple(_item(body, has, each) for each in contents)


def _item(body: Mapping[str, Any], has: frozenset[str], content: Content) -> Item:
    able = _able(has, content)
    said = any(_filled(_value(body, each)) for each in able)
    unsure = content in (_PERHAPS if said else IF_WISHED)
    return Item(content, WORDS[content], able, None if unsure or not able else said)


def _able(has: frozenset[str], content: Content) -> tuple[str, ...]:
    """The members of this form that can say it."""
    rows = (tuple(each for each in row if each.partition(".")[0] in has) for row in _MEMBERS.get(content, ()))
    return next(filter(None, rows), ())


def _filled(value: Any) -> bool:
    """Whether anything is said: a part whose members are all empty says nothing."""
    if isinstance(value, Mapping):
        return any(map(_filled, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_filled, value))
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _value(body: Mapping[str, Any], path: str) -> Any:
    found: Any = body
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
