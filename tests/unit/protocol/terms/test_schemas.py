# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas: good schemas, with words for people, that the published files do not lag behind."""

from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from comity.protocol.terms import kinds, schemas
from comity.protocol.terms.errors import UnknownKind
from comity.protocol.terms.vocabularies import VOCABULARIES

NAMES = (*kinds.names(), *kinds.move_names())


@pytest.fixture(scope="module")
def publisher(project: Path) -> Any:
    """The script that writes the documents."""
    spec = spec_from_file_location("publish_schemas", project / "tools" / "publish_schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def objects(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The body and each of its parts."""
    yield schema
    yield from schema.get("$defs", {}).values()


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_its_example_holds(name: str) -> None:
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:comity:v1:body:{name}"
    assert schema["title"] == kinds.kind(name).title
    (example,) = schema["examples"]
    Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("name", NAMES)
def test_every_member_has_words_for_people(name: str) -> None:
    for each in objects(schemas.schema(name)):
        assert each["additionalProperties"] is True
        for member, about in each["properties"].items():
            assert about["title"], member
            assert about["description"].endswith("."), member


@pytest.mark.parametrize("name", NAMES)
def test_codes_say_where_their_labels_are(name: str) -> None:
    for each in objects(schemas.schema(name)):
        for about in each["properties"].values():
            listed = about.get("items", about)
            if "enum" in listed:
                assert tuple(listed["enum"]) == VOCABULARIES[listed["x-vocabulary"]].codes


@pytest.mark.parametrize("name", kinds.names())
def test_every_request_says_why_it_is_urgent(name: str) -> None:
    body = {**kinds.kind(name).example, "urgency": "urgent"}
    body.pop("urgency_reason", None)
    assert not Draft202012Validator(schemas.schema(name)).is_valid(body)


def test_what_a_schema_cannot_say_is_said() -> None:
    assert schemas.schema("note")["$comment"] == schemas.RULES


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(UnknownKind):
        schemas.schema("teleportation")


def test_a_caller_cannot_change_the_schema() -> None:
    schemas.schema("note")["title"] = "Changed"
    assert schemas.schema("note")["title"] == "Note"


def test_the_published_files_are_what_would_be_written(publisher: Any, project: Path) -> None:
    folder = project / "docs" / "protocol"
    made = publisher.files()
    stale = [name for name, text in made.items() if (folder / name).read_text("utf-8") != text]
    assert stale == [], "run python tools/publish_schemas.py"
    assert {f"schemas/{path.name}" for path in (folder / "schemas").iterdir()} == {
        name for name in made if name.startswith("schemas/")
    }


def test_publishing_writes_all_and_removes_what_is_no_more(publisher: Any, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "telegraph.json").write_text("{}")
    publisher.main(tmp_path)
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(publisher.files())
