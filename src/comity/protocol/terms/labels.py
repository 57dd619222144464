# SPDX-License-Identifier: Apache-2.0
"""Every text of the terms in the reader's language. The English text is the key, and is shown when there is no other.

`texts` collects what must be translated from the kinds and vocabularies themselves, so that a new kind or term without a
translation fails a test and never shows an empty label.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from pydantic import BaseModel

from comity.protocol.terms import errors, kinds
from comity.protocol.terms.vocabularies import VOCABULARIES

TRANSLATED = ("zh-Hans", "es", "my")


def label(text: str, language: str) -> str:
    """The text in this language, or in English when there is no translation."""
    return translations(language).get(text, text)


@cache
def translations(language: str) -> Mapping[str, str]:
    """English text → translation; empty for English and for languages that have none yet."""
    if language not in TRANSLATED:
        return MappingProxyType({})
    text = files("comity.protocol.terms").joinpath("translations", f"{language}.json").read_text("utf-8")
    return MappingProxyType(json.loads(text))


def texts() -> tuple[str, ...]:
    """Every English text that people see, once, in the order in which it is found."""
    found = (*_of_vocabularies(), *_of_kinds(), *_of_errors())
    return tuple(dict.fromkeys(text for text in found if text))


def _of_vocabularies() -> Iterator[str]:
    for vocabulary in VOCABULARIES.values():
        yield vocabulary.title
        for term in vocabulary:
            yield from (term.label, term.description)


def _of_kinds() -> Iterator[str]:
    for request in kinds.request_kinds().values():
        yield from (request.title, request.description, *(clock.what for clock in request.clocks))
        yield from _of_model(request.body)
    for move in kinds.move_kinds().values():
        yield from (move.title, move.description, *_of_model(move.body))


def _of_model(model: type[BaseModel]) -> Iterator[str]:
    yield model.model_config.get("title") or ""
    for field in model.model_fields.values():
        yield from (field.title or "", field.description or "")
        for part in _parts(field.annotation):
            yield from _of_model(part)


def _parts(annotation: object) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(part for inner in get_args(annotation) for part in _parts(inner))


def _of_errors() -> Iterator[str]:
    for error in (errors.UnknownKind, errors.UnknownTerm, errors.BodyInvalid, errors.HandlingInvalid):
        yield from (error.text, error.advice)
