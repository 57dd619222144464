# SPDX-License-Identifier: Apache-2.0
"""Writes what the protocol's words are, for people and for other software: docs/protocol/{kinds,terms}.md, schemas/.

    python tools/publish_schemas.py [FOLDER]

All of it is made from `comity.protocol.terms`; a test fails when the files differ from what this would write.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from comity.protocol.terms import kinds
from comity.protocol.terms.definitions import Clock, MoveKind, RequestKind
from comity.protocol.terms.instruments import INSTRUMENTS
from comity.protocol.terms.moves import MoveBody
from comity.protocol.terms.parts import Part
from comity.protocol.terms.procedure import EVENTS, LIMITS, SIDES, STAGES, UNITS, URGENCIES
from comity.protocol.terms.refusals import REFUSALS
from comity.protocol.terms.requests import RequestBody
from comity.protocol.terms.schemas import body_schema, schema
from comity.protocol.terms.texts import parts_of
from comity.protocol.terms.vocabularies import VOCABULARIES
from comity.protocol.terms.vocabulary import Source, Vocabulary

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "protocol"
MADE = "<!-- Made by tools/publish_schemas.py from comity.protocol.terms; change it there. -->"
UNVERIFIED = "not yet verified"

KINDS_INTRODUCTION = """\
What each kind of request and each move must contain. The body of a statement is one JSON object; it has the members
of every request or of every move, and its own. Its JSON Schema lies in [schemas](schemas/), the codes are in
[terms.md](terms.md).

A body MUST have every member marked *needed*. A member that is not known MUST be kept. An optional member MUST be left
out when there is nothing to say; `null` is refused. Times are UTC with milliseconds; amounts are exact decimals in
text.

**Approvals** is how many different officers must stand behind the message before it leaves: none for what only asks or
says that something arrived, one for what binds the authority or tells about a case, two where a person's liberty, home
or communications are at stake and for giving a prosecution away. A node may ask for more.

A clock or an article marked *not yet verified* is remembered and was not read in its instrument: show it so.
All examples are invented.
"""

TERMS_INTRODUCTION = """\
The closed lists of codes that messages use. A code is never changed and never used again for something else; its label
is shown in the reader's language. A source marked *not yet verified* is remembered and was not read in its instrument.
"""


def files() -> dict[str, str]:
    """Every file by its path below the folder."""
    made = {"kinds.md": _kinds_page(), "terms.md": _terms_page()}
    for name in (*kinds.names(), *kinds.move_names()):
        made[f"schemas/{name}.json"] = json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
    return made


def main(folder: Path) -> None:
    """Writes the files, and removes schemas of kinds that are no more."""
    made = files()
    for old in (folder / "schemas").glob("*.json"):
        if f"schemas/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _kinds_page() -> str:
    return "\n".join(
        [
            "# Kinds of request and their moves",
            "",
            MADE,
            "",
            KINDS_INTRODUCTION,
            *_overview(),
            "## What every request says",
            "",
            *_members(RequestBody, Part),
            "## What every move says",
            "",
            *_members(MoveBody, Part),
            "## Parts",
            "",
            *(line for part in _parts() for line in _part(part)),
            "## Requests",
            "",
            *(line for kind in kinds.request_kinds().values() for line in _request(kind)),
            "## Moves",
            "",
            *(line for move in kinds.move_kinds().values() for line in _move(move)),
        ]
    )


def _overview() -> Iterator[str]:
    yield from ("| Kind | What it is | Graph | Approvals | Coercive |", "|---|---|---|---|---|")
    for stage in STAGES:
        for kind in kinds.request_kinds().values():
            if kind.stage == stage.code:
                coercive = "yes" if kind.coercive else "no"
                yield f"| [{kind.name}](#{kind.name}) | {kind.title} | {kind.graph} | {kind.approvals} | {coercive} |"
    yield from ("", "| Move | What it is | Side | Approvals |", "|---|---|---|---|")
    for move in kinds.move_kinds().values():
        yield f"| [{move.name}](#{move.name}) | {move.title} | {SIDES[move.side].label} | {move.approvals} |"
    yield ""


def _parts() -> list[type[Part]]:
    """Every part that a body is made of, directly or within another part, by name."""
    found: dict[str, type[Part]] = {}
    waiting: list[type[Part]] = [kind.body for kind in kinds.request_kinds().values()]
    waiting += [move.body for move in kinds.move_kinds().values()]
    while waiting:
        for field in waiting.pop().model_fields.values():
            for part in parts_of(field.annotation):
                if part.__name__ not in found:
                    found[part.__name__] = part
                    waiting.append(part)
    return [found[name] for name in sorted(found)]


def _part(part: type[Part]) -> Iterator[str]:
    yield from (f"### {part.__name__}", "", part.__doc__ or "", "", *_members(part, Part))


def _request(kind: RequestKind) -> Iterator[str]:
    coercive = "coercive" if kind.coercive else "not coercive"
    yield from (f"### {kind.name}", "", f"**{kind.title}.** {kind.description}", "")
    yield f"Graph: {kind.graph}. Approvals: {kind.approvals}. {STAGES[kind.stage].label}; {coercive}."
    yield from ("", *_example(kind.example), *_members(kind.body, RequestBody))
    if kind.sources:
        yield from ("Sources: " + "; ".join(map(_source, kind.sources)) + ".", "")
    if kind.clocks:
        yield from ("Clocks:", "", *(f"- {_clock(clock)}" for clock in kind.clocks), "")
    if kind.refusals:
        yield from ("Refusal grounds: " + "; ".join(REFUSALS[code].label for code in kind.refusals) + ".", "")


def _move(move: MoveKind) -> Iterator[str]:
    yield from (f"### {move.name}", "", f"**{move.title}.** {move.description}", "")
    yield from (f"{SIDES[move.side].label}. Approvals: {move.approvals}.", "")
    yield from (*_example(move.example), *_members(move.body, MoveBody))


def _example(body: Any) -> Iterator[str]:
    yield from ("```json", json.dumps(body, ensure_ascii=False, indent=2), "```", "")


def _members(model: type[Part], above: type[Part]) -> Iterator[str]:
    """The members that `model` adds to those of `above`, or says otherwise."""
    known = _described(above)
    own = {name: row for name, row in _described(model).items() if known.get(name) != row}
    if own:
        yield from ("| Member | | What it says |", "|---|---|---|", *own.values(), "")


def _described(model: type[Part]) -> dict[str, str]:
    properties = body_schema(model).get("properties", {})
    return {name: _row(name, field, properties[name]) for name, field in model.model_fields.items()}


def _row(name: str, field: FieldInfo, about: Mapping[str, Any]) -> str:
    mark = "needed" if field.is_required() else ""
    parts = "".join(f" See [{part.__name__}](#{part.__name__.lower()})." for part in parts_of(field.annotation))
    return f"| `{name}` | {mark} | {field.title}. {field.description}{_codes(about)}{parts} |"


def _codes(about: Mapping[str, Any]) -> str:
    name = {**about, **about.get("items", {})}.get("x-vocabulary")
    return f" Codes: [{name}](terms.md#{name})." if name else ""


def _clock(clock: Clock) -> str:
    length = f"{LIMITS[clock.limit].label} {clock.length} {UNITS[clock.unit].label}"
    more = f", {clock.extension} more once" if clock.extension else ""
    urgency = f" ({URGENCIES[clock.urgency].label.lower()})" if clock.urgency else ""
    since = f"{'before' if clock.before else 'from'}: {EVENTS[clock.start].label.lower()}"
    what = f"{SIDES[clock.side].label}: {clock.what.lower()}, {length}{more}{urgency}, {since}"
    return f"{what}. {_source(clock.source)}."


def _source(source: Source) -> str:
    article = f", {source.article}" if source.article else ""
    mark = "" if source.verified else f" (*{UNVERIFIED}*)"
    return f"{INSTRUMENTS[source.instrument].label}{article}{mark}"


def _terms_page() -> str:
    sections = (line for each in VOCABULARIES.values() for line in _vocabulary(each))
    return "\n".join(["# Vocabularies", "", MADE, "", TERMS_INTRODUCTION, *sections])


def _vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    yield from (f"## {vocabulary.name}", "", f"{vocabulary.title}.", "", "| Code | Label | |", "|---|---|---|")
    for term in vocabulary:
        sources = "; ".join(map(_source, term.sources))
        about = " ".join(each for each in (term.description, f"{sources}." if sources else "") if each)
        yield f"| `{term.code}` | {term.label} | {about} |"
    yield ""


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
