# SPDX-License-Identifier: Apache-2.0
"""Published decisions, put to the engine, and what its answer comes to beside what was held.

`wrong` is a confident answer that the decision contradicts. `agrees` counts what the engine told and the decision
bears out; of the rest it said that it cannot tell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from comity.law.bases.answer import Answer, Basis
from comity.law.bases.asking import bases
from comity.law.bases.question import Question, circumstances
from comity.law.view import View, shipped_index

FOLDER = Path(__file__).parents[4] / "rules" / "tests" / "decided"
KNOWN = date(2026, 11, 22)


@dataclass(slots=True)
class Compared:
    """One decision beside one answer."""

    wrong: list[str] = field(default_factory=list)
    agrees: list[str] = field(default_factory=list)


@cache
def cases() -> tuple[Mapping[str, Any], ...]:
    """Every recorded decision."""
    files = sorted(FOLDER.glob("*.yaml"))
    return tuple(case for file in files for case in yaml.safe_load(file.read_text())["cases"])


def answer(case: Mapping[str, Any]) -> Answer:
    """What the engine says to the question that was decided, by the law of that day."""
    ask = case["ask"]
    told = dict(ask.get("facts", {}))
    question = Question(
        requesting=ask["from"],
        requested=ask["to"],
        measure=ask["measure"],
        offence="" if ask.get("offence") == "other" else ask.get("offence", ""),
        circumstances=circumstances(told),
    )
    on = ask["on"] if isinstance(ask["on"], date) else date.fromisoformat(ask["on"])
    return bases(View(shipped_index(), on, KNOWN), question)


def compare(case: Mapping[str, Any], told: Answer) -> Compared:
    """What the answer comes to."""
    result = Compared()
    held = case.get("held") or {}
    for name in held.get("bases", ()):
        _basis(result, told, name)
    for name in held.get("not_bases", ()):
        if any(each.instrument == name and each.fits == "in" for each in told.bases):
            result.wrong.append(f"{name} was held not to be a basis")
        elif any(each.instrument == name and each.finding == "no" for each in told.rejected):
            result.agrees.append(f"not by {name}")
    if held.get("no_treaty"):
        _no_treaty(result, told)
    road = _road(told, held.get("bases", ()))
    if road is not None:
        _grounds(result, case, road)
    if case["outcome"].startswith("granted") and told.finding == "none":
        result.wrong.append("granted, and no basis was told")
    return result


def _basis(result: Compared, told: Answer, name: str) -> None:
    if any(each.instrument == name for each in told.bases):
        result.agrees.append(f"by {name}")
    elif any(each.instrument == name and each.finding == "no" for each in told.rejected):
        result.wrong.append(f"{name} was the basis, and was rejected")


def _no_treaty(result: Compared, told: Answer) -> None:
    if any(each.kind == "bilateral" for each in told.bases):
        result.wrong.append("there was no treaty, and one was told")
    elif any(each.why == "no-treaty" for each in told.rejected):
        result.agrees.append("no treaty")


def _road(told: Answer, names: Any) -> Basis | None:
    """The basis that the decision used, else the first."""
    return next((each for each in told.bases if each.instrument in names), next(iter(told.bases), None))


def _grounds(result: Compared, case: Mapping[str, Any], road: Basis) -> None:
    found = {each.ground: each.finding for each in road.refusals}
    held = case.get("held") or {}
    for ground in held.get("refused_on", ()):
        if found.get(ground) == "clear":
            result.wrong.append(f"refused on {ground}, told to be clear")
        elif found.get(ground) in ("bars", "likely", "possible"):
            result.agrees.append(f"{ground} {found[ground]}")
    for ground in held.get("rejected_grounds", ()):
        if found.get(ground) == "bars":
            result.wrong.append(f"{ground} was rejected, told to bar")
        elif found.get(ground) in ("clear", "possible"):
            result.agrees.append(f"{ground} {found[ground]}")
    if case["outcome"].startswith("granted"):
        for each in _barring(road):
            result.wrong.append(f"granted, and {each} was told to bar")


def _barring(road: Basis) -> Iterator[str]:
    return (each.ground for each in road.refusals if each.finding == "bars")
