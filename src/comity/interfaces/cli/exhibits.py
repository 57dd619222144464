# SPDX-License-Identifier: Apache-2.0
"""`comity exhibit …`: take evidence in, see what there is and who had it in hands, copy it out.

`add` reads each file once. It tells on standard error how far it is; stopped at any moment, it leaves the whole exhibit
or nothing of it."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import at_node, command, group, new_file, show

if TYPE_CHECKING:
    from comity.records.exhibits.custody import Told
    from comity.records.exhibits.models import Exhibit
    from comity.records.home import Home


def add(commands: Any) -> None:
    """Add these commands."""
    exhibits = group(commands, "exhibit", "evidence: taken in, kept, and who had it in hands")
    take = command(exhibits, "add", at_node(_add), "take in a file, a folder or several as one exhibit")
    take.add_argument("--case", required=True, metavar="ID")
    take.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    take.add_argument("--seized", type=Path, metavar="FILE", help="the record of the seizure, as YAML")
    take.add_argument("--reason", default="", help="why it is taken in, where the record does not say")
    every = command(exhibits, "list", at_node(_list), "the newest exhibits")
    every.add_argument("--case", default="", metavar="ID")
    one = command(exhibits, "show", at_node(_show), "an exhibit: digests, size, what lies in it")
    one.add_argument("id", metavar="ID")
    chain = command(
        exhibits, "custody", at_node(_custody), "who had an exhibit in hands; 1 when something does not fit"
    )
    chain.add_argument("id", metavar="ID")
    copy = command(exhibits, "copy", at_node(_copy), "write an exhibit's content to a file")
    copy.add_argument("id", metavar="ID")
    copy.add_argument("--reason", required=True, help="why: it stands in the custody")
    copy.add_argument("--out", type=Path, required=True, metavar="FILE", help="over nothing")


def _add(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.exhibits import adding

    began = time.monotonic()
    made = adding.add(
        home,
        CONSOLE,
        arguments.case,
        arguments.paths,
        seized=_record(arguments.seized),
        reason=arguments.reason,
        progress=_Progress(quiet=not sys.stderr.isatty()),
    )
    value = {
        "id": made.id,
        "digest": made.content_id,
        "files": made.files,
        "bytes": made.content.size,
        "seconds": round(time.monotonic() - began, 3),
    }
    show(arguments, value, f"{made.id}  {made.content_id}\n  {made.files} file(s), {made.content.size} bytes")


def _record(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    import yaml

    from comity.protocol.wire.errors import BadMember

    class Texts(yaml.SafeLoader):
        """Times stay the texts that they are."""

    Texts.yaml_implicit_resolvers = {
        start: [each for each in found if each[0] != "tag:yaml.org,2002:timestamp"]
        for start, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=Texts)  # noqa: S506  a safe loader without times
    except yaml.YAMLError:
        value = None
    if not isinstance(value, dict):
        raise BadMember(what="acquisition", member=path.name, why="is not a YAML mapping")
    return value


class _Progress:
    """How far the reading is, on one line of a terminal, twice a second."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet, self._last = quiet, time.monotonic()

    def __call__(self, done: int) -> None:
        if self._quiet or time.monotonic() - self._last < 0.5:
            return
        self._last = time.monotonic()
        print(f"\r{done / (1 << 20):,.0f} MiB", end="", file=sys.stderr, flush=True)


def _list(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.exhibits import reading

    found = [_told(each) for each in reading.exhibits(home, CONSOLE, arguments.case)]
    text = "\n".join(f"{each['id']}  {each['bytes']:>14}  {each['name']}" for each in found)
    show(arguments, {"exhibits": found}, text or "No exhibit yet.")


def _show(arguments: argparse.Namespace, home: "Home") -> None:
    import json

    from comity.records.actors import CONSOLE
    from comity.records.exhibits import reading

    found = reading.exhibit(home, CONSOLE, arguments.id)
    entries = json.loads(bytes(found.manifest))["entries"] if found.manifest else []
    value = {**_told(found), "blake3": found.content.blake3, "entries": entries}
    lines = [f"{found.id}  {found.name}", f"  sha256  {found.content_id}", f"  blake3  {found.content.blake3}"]
    lines += [f"  {each.get('size', ''):>14}  {each['path']}" for each in entries]
    show(arguments, value, "\n".join(lines))


def _told(exhibit: "Exhibit") -> dict[str, Any]:
    return {
        "id": exhibit.id,
        "case": exhibit.case_id,
        "name": exhibit.name,
        "digest": exhibit.content_id,
        "bytes": exhibit.content.size,
        "files": exhibit.files,
        "packed": exhibit.packed,
        "destroyed": exhibit.content.identity is None,
        "added": exhibit.added,
        "by": exhibit.added_by,
    }


def _custody(arguments: argparse.Namespace, home: "Home") -> int:
    from comity.records.actors import CONSOLE
    from comity.records.exhibits import reading

    found, steps, faults = reading.history(home, CONSOLE, arguments.id)
    wrong = [{"code": each.code, "step": each.place} for each in faults]
    value = {**_told(found), "steps": [_step(each) for each in steps], "faults": wrong}
    lines = [f"{found.id}  {found.name}", *(line for each in steps for line in _lines(each))]
    lines += [f"  DOES NOT FIT at step {each['step']}: {each['code']}" for each in wrong]
    show(arguments, value, "\n".join(lines))
    return 1 if wrong else 0


def _step(told: "Told") -> dict[str, Any]:
    return {**told.statement, "digest": told.step.digest, "leaf": told.step.leaf}


def _lines(told: "Told") -> list[str]:
    said = told.statement
    why = " · ".join(str(said[each]) for each in ("reason", "place") if each in said)
    head = f"  {said['at']}  {said['step']:<10} {said['by']}  leaf {told.step.leaf}"
    return [head, *([f"      {why}"] if why else [])]


def _copy(arguments: argparse.Namespace, home: "Home") -> None:
    from comity.records.actors import CONSOLE
    from comity.records.exhibits import reading

    size = 0
    with (
        new_file(arguments.out) as file,
        reading.content(home, CONSOLE, arguments.id, "copied", reason=arguments.reason) as blocks,
    ):
        for block in blocks:
            size += file.write(block)
    show(arguments, {"id": arguments.id, "file": str(arguments.out), "bytes": size}, f"{arguments.out}: {size} bytes")
