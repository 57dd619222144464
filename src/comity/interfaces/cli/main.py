# SPDX-License-Identifier: Apache-2.0
"""`comity`: everything a node can do from a shell, and verification with no node at all.

Scripts rely on this: with `--json` one JSON object on standard output, errors on standard error; exit status 0 good,
1 refused or invalid, 2 usage, 130 interrupted, 141 when nobody reads on. Nothing heavy is imported until a command
runs, so that `--help` and `verify` answer at once and need no node."""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from comity import __version__
from comity.interfaces.cli import (
    cases,
    correspondence,
    demo,
    envelopes,
    exhibits,
    laws,
    nodes,
    peers,
    registers,
    requests,
    verifying,
)
from comity.protocol.errors import ComityError

GROUPS = (demo, nodes, peers, envelopes, requests, correspondence, registers, cases, exhibits, laws, verifying)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    made = argparse.ArgumentParser(prog="comity", description="Cooperation between authorities, signed and provable.")
    made.add_argument("--version", action="version", version=f"comity {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    chosen = parser().parse_args(arguments)
    as_json = getattr(chosen, "json", False)
    try:
        result = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    except ComityError as error:
        return _refused(error, as_json=as_json)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return _refused(_named(error), as_json=as_json)
    except KeyboardInterrupt:
        return 130
    return int(result or 0)


def _named(error: Exception) -> ComityError:
    """What the machine refused, in words."""
    from comity.interfaces.cli.errors import FileTaken, FileUnusable, NotJson

    file = str(getattr(error, "filename", None) or "the file")
    if isinstance(error, FileExistsError):
        return FileTaken(file=file)
    if isinstance(error, OSError):
        return FileUnusable(file=file, why=error.strerror or str(error))
    if isinstance(error, RecursionError):
        return NotJson(file=file, why="it is nested too deeply")
    return NotJson(file=file, why="it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error))


def _unread() -> int:
    """Whoever read our output has gone (`comity … | head`): say nothing more, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _refused(error: ComityError, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(error.as_json(), ensure_ascii=False), file=sys.stderr)
    else:
        print(f"comity: {error}", file=sys.stderr)
        if error.advice:
            print(f"        {error.advice}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
