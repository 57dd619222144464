# SPDX-License-Identifier: Apache-2.0
"""A question of law: who asks whom for what, about which conduct, and what is known of the case.

What is not known is `None`, and is never taken for no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Gt, MinLen, Predicate
from pydantic import ConfigDict, Strict, TypeAdapter, ValidationError, with_config

from comity.law.errors import QuestionUnsound
from comity.law.facts.conduct import Element
from comity.law.facts.measures import MEASURES
from comity.law.sentences import say
from comity.law.states import ISO

Assurance = Literal[
    "death-penalty", "life-sentence", "speciality", "retrial", "torture", "humane-detention", "fair-trial"
]


States = Annotated[tuple[Annotated[str, Predicate(ISO.__contains__)], ...], MinLen(1)]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of the person and the case. States by their codes, penalties in months under the requesting law.

    `sentence_left_months` is told where a sentence is to be enforced. No rule weighs `life` yet.
    """

    nationalities: States | None = None
    place: States | None = None
    penalty_max_months: Annotated[int, Gt(0), Strict()] | None = None
    sentence_left_months: Annotated[int, Gt(0), Strict()] | None = None
    life: bool | None = None
    death: bool | None = None
    assurances: tuple[Assurance, ...] = ()
    organized_group: bool | None = None
    dual_criminality: bool | None = None
    political: bool | None = None
    military: bool | None = None
    fiscal: bool | None = None
    judged: bool | None = None
    pending: bool | None = None
    lapsed: bool | None = None
    in_absentia: bool | None = None
    discrimination_risk: bool | None = None
    torture_risk: bool | None = None
    unfair_trial_risk: bool | None = None
    refugee: bool | None = None
    minor: bool | None = None
    health_risk: bool | None = None
    consent: bool | None = None
    reciprocity: bool | None = None
    electronic_evidence: bool | None = None
    emergency: bool | None = None
    coercive: bool | None = None
    evidence: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`offence` is a category, or an offence of a state's law as `CN:art 266`; `conduct` are elements known besides."""

    requesting: str
    requested: str
    measure: str
    offence: str = ""
    conduct: frozenset[Element] = frozenset()
    circumstances: Circumstances = field(default_factory=Circumstances)


_NAMES = ", ".join(each.name for each in fields(Circumstances))
_CIRCUMSTANCES = TypeAdapter(Circumstances)


def circumstances(told: Mapping[str, Any]) -> Circumstances:
    """Circumstances as a file tells them. Raises `QuestionUnsound`."""
    try:
        return _CIRCUMSTANCES.validate_python(told)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(each) for each in first["loc"])
        raise QuestionUnsound(what=f"{place}: {first['msg']}", known=_NAMES) from None


def read_circumstances(file: Path) -> Circumstances:
    """Circumstances as a JSON or YAML file tells them. Raises `QuestionUnsound`, `OSError`."""
    import yaml

    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise QuestionUnsound(what=say("{file} does not tell circumstances", file=file.name), known=_NAMES)
    return circumstances(found)


def known_measure(name: str) -> str:
    """A measure by its code. Raises `QuestionUnsound`."""
    if name not in MEASURES:
        raise QuestionUnsound(what=say("{code} is no measure", code=name[:64]), known=", ".join(MEASURES))
    return name
