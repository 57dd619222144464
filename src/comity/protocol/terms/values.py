# SPDX-License-Identifier: Apache-2.0
"""The single values that bodies are made of, each with one spelling, checked alike by pydantic and by the JSON Schema.

Texts hold no control characters and are never blank. Dates and times are texts, so that a body stays what was signed.
Amounts are exact decimals in text. What a JSON Schema cannot say (the 30th of February) is a named rule.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.terms.problems import PROBLEMS
from comity.protocol.terms.vocabulary import Vocabulary
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import parse_time

T = TypeVar("T")


def fault(code: str) -> PydanticCustomError:
    """The error of a rule of ours, by its code in `problems.PROBLEMS`."""
    return PydanticCustomError(code, PROBLEMS[code].label)


class _Absent:
    """An optional member is left out; `null` is refused, so that `nothing` has one spelling."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        nullable: Any = handler(source)
        inner: CoreSchema = nullable["schema"]
        return inner


Maybe = Annotated[T | None, _Absent()]
"""An optional member: absent, or a value."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code of this vocabulary. The schema says `enum`, and in `x-vocabulary` where the labels are."""

    vocabulary: Vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.vocabulary.codes))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.vocabulary.codes), "x-vocabulary": self.vocabulary.name}


def _of_the_calendar(value: str) -> str:
    try:
        if len(value) == 10:
            date.fromisoformat(value)
        else:
            parse_time(value)
    except (ValueError, BadMember):
        raise fault("no-such-date") from None
    return value


def _each_once(values: list[T]) -> list[T]:
    if len(set(values)) != len(values):
        raise fault("repeated")
    return values


_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
_WORDS = r"^[^\x00-\x08\x0b-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x08\x0b-\x1f\x7f]*$"
_DATE = r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"

Line = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
"""One line of text."""

Words = Annotated[str, StringConstraints(max_length=20_000, pattern=_WORDS)]
"""Text of several lines; tab and line feed are the only control characters."""

Date = Annotated[
    str,
    StringConstraints(pattern=f"^{_DATE}$"),
    AfterValidator(_of_the_calendar),
    Field(json_schema_extra={"format": "date"}),
]
"""`2016-12-13`."""

Time = Annotated[
    str,
    StringConstraints(pattern=f"^{_DATE}T{_CLOCK_TIME}$"),
    AfterValidator(_of_the_calendar),
    Field(json_schema_extra={"format": "date-time"}),
]
"""`2016-12-13T06:00:00.000Z`: UTC, always milliseconds, as everywhere on the wire."""

Amount = Annotated[str, StringConstraints(pattern=r"^(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?$")]
"""An exact decimal such as `1250.00`; never a float."""

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""An ISO 3166-1 alpha-2 code."""

TimeZone = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^(?:UTC|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2})$")
]
"""An IANA name such as `Europe/Madrid`."""

Bic = Annotated[str, StringConstraints(pattern=r"^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$")]
"""An ISO 9362 code."""

Authority = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*$")]
"""As `wire.names.AuthorityId`."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""As `wire.names.Digest`."""

Thread = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]
"""As `wire.names.MessageId`."""

LanguageCode = Annotated[str, OneOf(LANGUAGE_CODES)]

Once = Annotated[list[T], AfterValidator(_each_once), Field(json_schema_extra={"uniqueItems": True})]
"""A list in which nothing is twice."""
