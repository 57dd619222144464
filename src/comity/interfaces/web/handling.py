# SPDX-License-Identifier: Apache-2.0
"""Who may see a message and what may be done with it, as a form asks it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from comity.interfaces.web import words
from comity.interfaces.web.forms.fields import Field, Option, Widget
from comity.interfaces.web.forms.read import Post
from comity.protocol.terms.handling import CONDITIONS_LIMIT, DEFAULT, EUROPOL, PAP, TLP
from comity.protocol.terms.vocabulary import Vocabulary


def read(post: Post) -> dict[str, Any]:
    """The handling that the form says; the default where it says nothing."""
    found: dict[str, Any] = dict(DEFAULT)
    for name, vocabulary in (("tlp", TLP), ("pap", PAP)):
        code = post.get(f"handling.{name}") or ""
        if code in vocabulary:
            found[name] = code
    europol = [code for code in post.getlist("handling.europol") if code in EUROPOL]
    conditions = (post.get("handling.conditions") or "").strip()[:CONDITIONS_LIMIT]
    return found | ({"europol": europol} if europol else {}) | ({"conditions": conditions} if conditions else {})


def fields(value: Mapping[str, Any]) -> tuple[Field, ...]:
    """The form's fields for a handling."""
    return (
        _choice("tlp", TLP, value.get("tlp", "")),
        _choice("pap", PAP, value.get("pap", "")),
        Field(
            "handling.europol",
            Widget.TICKS,
            words.said(EUROPOL.title),
            options=_options(EUROPOL, value.get("europol", ())),
        ),
        Field(
            "handling.conditions",
            Widget.WORDS,
            gettext("Further conditions"),
            value=str(value.get("conditions", "")),
            longest=CONDITIONS_LIMIT,
        ),
    )


def _choice(name: str, vocabulary: Vocabulary, chosen: str) -> Field:
    options = tuple(
        Option(each.value, f"{each.label} · {each.help}", chosen=each.chosen)
        for each in _options(vocabulary, (chosen,))
    )
    return Field(f"handling.{name}", Widget.CHOICE, words.said(vocabulary.title), required=True, options=options)


def _options(vocabulary: Vocabulary, chosen: Any) -> tuple[Option, ...]:
    return tuple(
        Option(each.code, words.said(each.label), words.said(each.description), each.code in chosen)
        for each in vocabulary
    )
