# SPDX-License-Identifier: Apache-2.0
"""What the commands share: the options that come again and again, the node behind `--home`, and how results are
printed."""

import argparse
import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from comity.records.home import Home

Run = Callable[[argparse.Namespace], int | None]
AtNode = Callable[[argparse.Namespace, "Home"], int | None]


def command(
    commands: Any, name: str, run: Run, help: str, *, home: bool = True, as_json: bool = True
) -> argparse.ArgumentParser:
    """A command with the options that most have."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    made.set_defaults(run=run)
    if home:
        made.add_argument("--home", type=Path, required=True, metavar="DIR", help="the node's directory")
    if as_json:
        made.add_argument("--json", action="store_true", help="print one JSON object")
    return made


def at_node(run: AtNode) -> Run:
    """A command that needs the node of `--home`: it is booted before the command imports anything of it."""

    def booted(arguments: argparse.Namespace) -> int | None:
        home = node().boot(arguments.home)
        from django.db import DatabaseError

        from comity.records.errors import ConfigurationError

        try:
            return run(arguments, home)
        except DatabaseError as error:
            raise ConfigurationError(where="database", why=f"does not serve ({type(error).__name__})") from error

    return booted


def group(commands: Any, name: str, help: str) -> Any:
    """A group of commands: `comity NAME …`."""
    made = commands.add_parser(name, help=help, description=help)
    return made.add_subparsers(title="commands", metavar="COMMAND", required=True)


def node() -> Any:
    """The composition root, loaded only when a command needs a node."""
    return importlib.import_module("comity.node")


def show(arguments: argparse.Namespace, value: Mapping[str, Any], text: str) -> None:
    """Print the result: the object with `--json`, else the text for people."""
    print(json.dumps(value, ensure_ascii=False, default=str) if arguments.json else text)


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file to write, made first of all, so that nothing is done for one that cannot be. What fails leaves no new
    file; with `force` another takes the place of the old one once it is whole."""
    place = path.with_name(f".{path.name}.new") if force else path
    with place.open("wb" if force else "xb") as file:
        try:
            yield file
        except BaseException:  # boundary: no empty file is left, whatever stopped it
            place.unlink()
            raise
    if force:
        place.replace(path)


def read_body(path: Path | None) -> dict[str, Any]:
    """The JSON object in a file; none is an empty one."""
    if path is None:
        return {}
    value = read_json(path)
    if isinstance(value, dict):
        return value
    from comity.protocol.wire.errors import BadMember

    raise BadMember(what=path.name, member="body", why="is not a JSON object")


def read_json(path: Path) -> Any:
    """The JSON value in a file. Raises `NotJson`, which names it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        why = f"line {error.lineno}, column {error.colno}: {error.msg}"
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    except RecursionError:
        why = "it is nested too deeply"
    from comity.interfaces.cli.errors import NotJson

    raise NotJson(file=str(path), why=why)
