# SPDX-License-Identifier: Apache-2.0
"""The bodies as JSON Schema 2020-12, for those who build a node in another language and for forms.

What the schema cannot say stands in its `$comment`: the rules that `bodies.validate` adds.
"""

from functools import cache
from typing import Any

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
    """An optional member has no `default: null`: it is left out."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        if "default" in schema and schema["default"] is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


@cache
def _schema(kind_name: str) -> dict[str, Any]:
    found = kind(kind_name)
    schema = found.body.model_json_schema(schema_generator=_BodySchema)
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
