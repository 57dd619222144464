# SPDX-License-Identifier: Apache-2.0
"""Every setting of a node is told of in docs/guides/node.md, under the table it belongs to, with its default."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from tests.fixtures.vectors import ROOT

from comity.protocol.wire.names import authority_id
from comity.records.config import NodeConfig, write

GUIDE = ROOT / "docs/guides/node.md"
NOT_WRITTEN = {"home", "authority"}
"""Members that are no settings of that name: where the file lies, and the authority, whose setting is `id`."""


def told(table: str) -> dict[str, str]:
    """The settings that the guide tells of under `[table]`, each with its row."""
    _, _, rest = GUIDE.read_text(encoding="utf-8").partition(f"Under `[{table}]`:\n")
    rows = re.match(r"\n((?:\|.*\n)+)", rest)
    assert rows, f"the table of [{table}] is missing"
    found = {}
    for row in rows[1].splitlines()[2:]:
        for name in re.findall(r"`(\w+)`", row.split("|")[1]):
            found[name] = row
    return found


def written() -> dict[str, set[str]]:
    """The settings of each table as the program itself writes them."""
    config = NodeConfig(Path("/nowhere"), authority_id("ES/policia-nacional"), "Policía Nacional", "ES")
    tables: dict[str, set[str]] = {}
    for line in write(config).splitlines():
        if line.startswith("["):
            tables[line.strip("[]")] = set()
        elif " = " in line:
            tables[list(tables)[-1]].add(line.partition(" = ")[0])
    return tables


def test_every_setting_is_told_of() -> None:
    names = {each.name for each in fields(NodeConfig)} - NOT_WRITTEN
    assert {*told("authority"), *told("node")} == names | {"id"}


@pytest.mark.parametrize("table", ["authority", "node"])
def test_each_lies_in_its_table(table: str) -> None:
    assert set(told(table)) == written()[table]


@pytest.mark.parametrize("each", [each for each in fields(NodeConfig) if isinstance(each.default, (str, int))])
def test_the_defaults_are_those_of_the_code(each: object) -> None:
    name, default = getattr(each, "name", ""), getattr(each, "default", None)
    row = {**told("authority"), **told("node")}[name].split("|")[2]
    spelled = {"": ("empty", "from `id`", "from `country`"), False: ("`false`",)}.get(
        default, (f"`{default}`", f'`"{default}"`')
    )
    assert row.strip() in spelled
