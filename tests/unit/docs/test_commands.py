# SPDX-License-Identifier: Apache-2.0
"""Every command that the documents show is one that the command line takes, and every command is shown somewhere.

Looked at are the lines of fenced blocks marked `sh` or `bash` that call `comity`. They are parsed, not run: what a
command does is tried by the tests of the command line.
"""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest
from tests.unit.house.test_sources import short, tracked

from comity.interfaces.cli.main import parser

BLOCK = re.compile(r"^ *```(?:ba)?sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
ENDS = (">", ">>", "|", "&&", ";")


def called(line: str) -> list[str] | None:
    """The arguments of a call of `comity` in a line of shell; None when the line calls something else."""
    words = shlex.split(line, comments=True)
    if not words or "=" in words[0] or words[0].rpartition("/")[2] != "comity":
        return None
    end = next((at for at, word in enumerate(words) if word in ENDS), len(words))
    return words[1:end]


def shown() -> Iterator[tuple[str, str, list[str]]]:
    """Every call shown: the document, the line, the arguments."""
    for document in tracked("*.md"):
        for block in BLOCK.findall(document.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if (arguments := called(line)) is not None:
                    yield short(document), line.strip(), arguments


def commands(of: argparse.ArgumentParser, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of all commands: `("node", "serve")` and its like."""
    groups = [each for each in of._actions if isinstance(each, argparse._SubParsersAction)]
    if not groups:
        yield name
    for group in groups:
        for word, made in group.choices.items():
            yield from commands(made, (*name, word))


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str | None:
    """What the parser says against these arguments."""
    try:
        parser().parse_args(arguments)
    except SystemExit as ended:
        return capsys.readouterr().err if ended.code else None
    return None


def test_every_command_shown_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    calls = list(shown())
    assert calls
    assert [(where, line, said) for where, line, words in calls if (said := refusal(words, capsys))] == []


def test_every_command_is_shown() -> None:
    calls = [tuple(arguments) for _, _, arguments in shown()]
    lacking = [name for name in commands(parser()) if not any(call[: len(name)] == name for call in calls)]
    assert lacking == []


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("comity request kinds   # all of them", ["request", "kinds"]),
        (".venv/bin/comity --version", ["--version"]),
        ("comity node card --home es > card.json", ["node", "card", "--home", "es"]),
        ("COMITY_HOME=/srv/comity python -m django migrate", None),
        ("make test", None),
        ("# comity demo", None),
    ],
)
def test_calls_are_found_in_lines(line: str, arguments: list[str] | None) -> None:
    assert called(line) == arguments


def test_a_command_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "invalid choice" in (refusal(["node", "fly"], capsys) or "")
