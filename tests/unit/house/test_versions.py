# SPDX-License-Identifier: Apache-2.0
"""The pinned versions: every package that pyproject.toml asks for has one, and it is one that pyproject.toml allows."""

import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.fixtures.vectors import ROOT


def asked_for() -> Iterator[Requirement]:
    """Every requirement of pyproject.toml: what the package needs, its extras and the groups of its builders."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = [declared["project"]["dependencies"], declared["build-system"]["requires"]]
    lists += declared["project"]["optional-dependencies"].values()
    lists += declared["dependency-groups"].values()
    for requirements in lists:
        yield from map(Requirement, requirements)


def pinned() -> dict[str, str]:
    """Name → version of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pins}


def test_every_requirement_is_pinned_to_a_version_it_allows() -> None:
    pins = pinned()
    asked = {canonicalize_name(requirement.name): requirement for requirement in asked_for()}
    assert sorted(asked.keys() - pins.keys()) == [], "not pinned: make lock"
    refused = [f"{asked[name]}: {pins[name]}" for name in asked if not asked[name].specifier.contains(pins[name])]
    assert refused == []


def test_the_installer_is_pinned_too() -> None:
    assert "pip" in pinned()
