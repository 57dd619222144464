# SPDX-License-Identifier: Apache-2.0
"""Every English text of the terms that people see, collected from the kinds and the vocabularies themselves.

So a new kind, member or term without a translation fails a test, and never shows an empty label.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from comity.protocol.terms import errors, kinds
from comity.protocol.terms.parts import Part
from comity.protocol.terms.vocabularies import VOCABULARIES


def texts() -> tuple[str, ...]:
    """Each text once, in the order in which it is found."""
    found = (*_of_vocabularies(), *_of_kinds(), *_of_errors())
    return tuple(dict.fromkeys(text for text in found if text))


def parts_of(annotation: object) -> tuple[type[Part], ...]:
    """The parts that a member of this type is made of, such as `Identifier` in a list of identifiers."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return (annotation,)
    return tuple(part for inner in get_args(annotation) for part in parts_of(inner))


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


def _of_model(model: type[Part]) -> Iterable[str]:
    for field in model.model_fields.values():
        yield from (field.title or "", field.description or "")
        for part in parts_of(field.annotation):
            yield from _of_model(part)


def _of_errors() -> Iterator[str]:
    for error in (errors.UnknownKind, errors.UnknownTerm, errors.BodyInvalid, errors.HandlingInvalid):
        yield from (error.text, error.advice)
