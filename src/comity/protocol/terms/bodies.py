# SPDX-License-Identifier: Apache-2.0
"""Is this body what its kind asks?

`validate` promises: the kind is known; every member that the kind asks is there; every member that the kind knows has
its form; members that it does not know are kept. `validate_entered` lets a letter's body lack what the letter did not
say. All faults are reported at once, by path and without values.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from comity.protocol.terms.errors import BodyInvalid, Problem
from comity.protocol.terms.kinds import kind
from comity.protocol.terms.problems import PROBLEMS, code_of

LACKING = frozenset({"missing", "reason-missing", "one-needed"})
"""The problems of a body that only says too little."""


def validate(kind_name: str, body: Mapping[str, Any]) -> BaseModel:
    """The body as its kind's model. Raises `UnknownKind` or `BodyInvalid`."""
    model = kind(kind_name).body
    try:
        return model.model_validate(dict(body))
    except ValidationError as error:
        problems = _problems(error)
        raise BodyInvalid(kind=kind_name, problems=problems, words=PROBLEMS[problems[0].code].label) from None


def validate_entered(kind_name: str, body: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What a body entered from a letter lacks; what it does say has its form. Raises `UnknownKind`, and `BodyInvalid`
    with the other faults."""
    try:
        validate(kind_name, body)
    except BodyInvalid as error:
        faults = tuple(each for each in error.problems if each.code not in LACKING)
        if faults:
            raise BodyInvalid(kind=kind_name, problems=faults, words=PROBLEMS[faults[0].code].label) from None
        return error.problems
    return ()


def as_body(model: BaseModel) -> dict[str, Any]:
    """The body that this model was made of, unknown members included and defaults left out."""
    return model.model_dump(mode="json", exclude_unset=True)


def _problems(error: ValidationError) -> tuple[Problem, ...]:
    return tuple(_problem(each) for each in error.errors(include_url=False, include_context=False))


def _problem(found: ErrorDetails) -> Problem:
    path = ".".join(str(step) for step in found["loc"]) or "body"
    return Problem(path, "null" if found["input"] is None else code_of(found["type"]))
