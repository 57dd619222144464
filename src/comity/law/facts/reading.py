# SPDX-License-Identifier: Apache-2.0
"""Facts out of YAML files: every scalar is text until its family's form says what it is, and every fault has its place.

So `NO` is Norway, an article is a text, and a date is a date or a fault. A file that has faults gives none of its
facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from comity.law.facts.fact import Fact
from comity.law.facts.families import FAMILIES

MAX_BYTES = 4 << 20
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, and where: the file as it was named, and the line from 1, or 0 for the whole."""

    file: str
    line: int
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact, and where it stands."""

    fact: Fact
    file: str
    line: int

    def fault(self, code: str, text: str) -> Fault:
        """A fault of this fact."""
        return Fault(self.file, self.line, code, text)


def read(folder: Path) -> tuple[list[Placed], list[Fault]]:
    """Every fact below a folder, file by file in the order of their names; its `tests` hold none."""
    placed: list[Placed] = []
    faults: list[Fault] = []
    for path in sorted(each for each in folder.rglob("*.yaml") if folder / "tests" not in each.parents):
        name = path.relative_to(folder).as_posix()
        try:
            found, wrong = _file(path, name)
        except RecursionError:
            found, wrong = [], [Fault(name, 0, "too-deep", "holds lists within lists that no fact has")]
        placed += [] if wrong else found
        faults += wrong
    return placed, faults


@cache
def form(family: str) -> TypeAdapter[Fact]:
    """What a family's facts must be."""
    return TypeAdapter(FAMILIES[family])


def _file(path: Path, name: str) -> tuple[list[Placed], list[Fault]]:
    if path.is_symlink() or not path.is_file():
        return [], [Fault(name, 0, "no-file", "is no file of its own: copy what it points to")]
    try:
        if path.stat().st_size > MAX_BYTES:
            return [], [Fault(name, 0, "too-large", f"is larger than {MAX_BYTES} bytes")]
        text = path.read_text(encoding="utf-8")
        shared = next((each for each in yaml.parse(text, Loader=_Loader) if isinstance(each, yaml.AliasEvent)), None)
        if shared is not None:  # a few lines of them could stand for more than memory holds
            return [], [Fault(name, _line(shared), "alias", f"*{shared.anchor}: write the fact out")]
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return [], [Fault(name, line, "not-yaml", str(error.problem or "is no YAML"))]
    except OSError as error:
        return [], [Fault(name, 0, "not-readable", error.strerror or "cannot be read")]
    except (yaml.YAMLError, UnicodeDecodeError):
        return [], [Fault(name, 0, "not-yaml", "is no YAML in UTF-8")]
    placed: list[Placed] = []
    faults: list[Fault] = []
    for family, line, item in _items(root):
        if isinstance(item, str):
            faults.append(Fault(name, line, "form", item))
            continue
        try:
            placed.append(Placed(form(family).validate_python(item), name, line))
        except ValidationError as error:
            faults += [Fault(name, line, "form", _words(each)) for each in error.errors(include_url=False)]
    return placed, faults


def _items(root: Any) -> Iterator[tuple[str, int, dict[str, Any] | str]]:
    """Each item with its family and line; or a text that says what stands there instead."""
    if not isinstance(root, yaml.MappingNode):
        yield "", 1, "a file names families of facts, and lists them"
        return
    for key, listed in root.value:
        if not isinstance(key, yaml.ScalarNode):
            yield "", _line(key), "the name of a family is a text"
        elif key.value not in FAMILIES:
            yield "", _line(key), f"{key.value} is no family of facts; there are {', '.join(FAMILIES)}"
        elif not isinstance(listed, yaml.SequenceNode):
            yield "", _line(key), f"{key.value} is to be a list"
        else:
            for each in listed.value:
                try:
                    yield key.value, _line(each), _mapping(each)
                except _UnsoundError as error:
                    yield key.value, _line(each), str(error)


class _UnsoundError(Exception):
    """A mapping whose members would be lost, or have no names."""


def _mapping(node: Any) -> dict[str, Any] | str:
    if not isinstance(node, yaml.MappingNode):
        return "a fact is a mapping of its members"
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _UnsoundError("the name of a member is a text")
        if key.value in found:
            raise _UnsoundError(f"{key.value} is said twice")
        found[key.value] = _value(value)
    return found


def _value(node: Any) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    return node.value


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _words(error: Any) -> str:
    place = ".".join(str(each) for each in error["loc"])
    return f"{place}: {error['msg']}"
