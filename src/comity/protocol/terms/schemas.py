# SPDX-License-Identifier: Apache-2.0
"""The bodies as JSON Schema 2020-12, for those who build a node in another language and for forms.

What the schema cannot say stands in its `$comment`: the rules that `bodies.validate` adds.
"""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from comity.protocol.terms.kinds import kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"

RULES = (
    "Beyond this schema: dates and times exist in the calendar; a period does not end before it begins; an "
    "attachment's size and fingerprint are those of its base64 content; "
    "the attachments of a message hold at most 716800 bytes."
)


class _BodySchema(GenerateJsonSchema):
    """Members carry the words that people see, parts carry none; an optional member has no `default: null`."""

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        made = super().model_schema(schema)
        return {name: value for name, value in made.items() if name not in ("title", "description")}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        if "default" in schema and schema["default"] is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def body_schema(body: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of this body or part alone."""
    return body.model_json_schema(schema_generator=_BodySchema)


@cache
def _schema(kind_name: str) -> dict[str, Any]:
    found = kind(kind_name)
    schema = body_schema(found.body)
    own = {
        "$schema": DIALECT,
        "$id": f"urn:comity:v1:body:{kind_name}",
        "$comment": RULES,
        "title": found.title,
        "description": found.description,
    }
    return {**schema, **own, "examples": [dict(found.example)]}


def schema(kind_name: str) -> dict[str, Any]:
    """The JSON Schema of the bodies of this kind. Raises `UnknownKind`."""
    return dict(_schema(kind_name))
