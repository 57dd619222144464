# SPDX-License-Identifier: Apache-2.0
"""Made the YAML of rules/ once, out of tables in CSV that were collected with their sources.

    python -m tools.import_facts TABLES RULES

It is kept to show where the facts came from. They are edited by hand in rules/ since; nothing calls this, and it writes
over nothing: the folder RULES must not hold facts yet.

Each row becomes one fact. Words of the tables are carried over as they are; what is put into codes (measures, kinds,
roles, articles) is put so by the tables below, and a word that they lack stops the import.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

SEEN = "2026-11-22"
"""The day on which the tables were read from their sources."""
HEAD = """\
# SPDX-License-Identifier: Apache-2.0
# Facts of law, each with its source. How to change them: docs/guides/law.md
"""

Row = Mapping[str, str]
Item = dict[str, Any]

TYPES = (
    ("multilateral", "multilateral"),
    ("bilateral executive", "data-access-agreement"),
    ("bilateral", "bilateral"),
    ("domestic law", "domestic-law"),
    ("non-binding scheme", "scheme"),
    ("police mechanism", "police-mechanism"),
)

MEASURES = {
    "24/7-network": ["network-24-7"],
    "asset-recovery": ["asset-recovery"],
    "banking-information": ["banking-information"],
    "confiscation": ["confiscation"],
    "confiscation/asset-recovery": ["confiscation", "asset-recovery"],
    "controlled-delivery": ["controlled-delivery"],
    "covert-investigation": ["covert-investigation"],
    "cross-border-observation": ["cross-border-observation"],
    "denunciation-for-prosecution": ["laying-of-information"],
    "direct-access": ["direct-access"],
    "direct-cooperation": ["direct-provider-cooperation"],
    "direct-provider-cooperation": ["direct-provider-cooperation"],
    "emergency": ["emergency-disclosure"],
    "emergency-mla": ["emergency-disclosure", "mutual-legal-assistance"],
    "evidence": ["evidence"],
    "extradition": ["extradition"],
    "fiu-cooperation": ["fiu-cooperation"],
    "freezing-seizure": ["freezing-seizure"],
    "interception": ["interception"],
    "jit": ["joint-investigation"],
    "law-enforcement-cooperation": ["police-cooperation"],
    "locate-persons": ["locate-person"],
    "mla-channel": ["mutual-legal-assistance"],
    "mla-execution": ["mutual-legal-assistance"],
    "mla-general": ["mutual-legal-assistance"],
    "mla-procedure": ["mutual-legal-assistance"],
    "partial-disclosure-of-traffic-data": ["partial-disclosure-of-traffic-data"],
    "presence-of-officials": ["presence-of-officials"],
    "preservation": ["preservation"],
    "production": ["production"],
    "production/search-seizure": ["production", "search-seizure"],
    "provisional-arrest": ["provisional-arrest"],
    "real-time-collection": ["real-time-traffic-data"],
    "return-of-assets": ["return-of-assets"],
    "service": ["service-of-documents"],
    "spontaneous-information": ["spontaneous-information"],
    "surrender": ["surrender"],
    "telephone-hearing": ["hearing-by-telephone"],
    "transfer-of-proceedings": ["transfer-of-proceedings"],
    "transfer-of-sentenced-persons": ["transfer-of-sentenced-persons"],
    "video-hearing": ["hearing-by-video"],
    "witness/video-hearing": ["evidence", "hearing-by-video"],
}
MATTERS = {
    "assurances": "assurances",
    "blocking-rule": "blocking",
    "cooperating-persons": "cooperating-persons",
    "data-protection": "data-protection",
    "general-principle": "general-principle",
    "language": "language",
    "mla-channel": "channel",
    "mla-execution": "execution",
    "mla-procedure": "procedure",
    "non-application": "non-application",
    "use-limitation": "use-limitation",
    "use-limitation/confidentiality": "use-limitation",
}
ASIDE = (
    ("scope", "scope"),
    ("threshold", "threshold"),
    ("extraditable offences", "threshold"),
    ("grounds", "refusal"),
    ("refusal", "refusal"),
    ("conditions", "threshold"),
    ("contents", "contents"),
    ("request)", "contents"),
    ("effect", "effect"),
    ("channel", "channel"),
    ("nationals", "nationals"),
    ("death penalty", "assurances"),
)
"""What the words in brackets behind a measure say that the article governs."""

CONTINUED = ("Weitergeltung", "Anwendung zwischen", "über die Anwendung", "über die Anwendbarkeit")
"""How the Swiss collection calls notes which confirm that an older treaty applies on."""
KINDS = {
    "extradition": "extradition",
    "mla": "mla",
    "tsp": "transfer-of-sentenced-persons",
    "data-access": "data-access",
}
ACTS = ("ratification", "acceptance", "approval", "accession", "succession", "formal confirmation")
ROLES = (
    ("24/7", "contact-24-7"),
    ("extradition authority", "extradition-authority"),
    ("central-authority", "central-authority"),
    ("MLA-central-authority", "central-authority"),
    ("authorities ", "competent-authority"),
)
STATEMENT = re.compile(r"(?:(reservation|declaration|territory)s? )?([A-Z]+[0-9]*)(?: arts? (.+))?")
DESIGNATED = re.compile(r"(?:[A-Z]+[0-9]+)")


def main(tables: Path, rules: Path) -> None:
    """Write every file."""
    if rules.exists() and any(rules.rglob("*.yaml")):
        sys.exit(f"{rules} holds facts already; they are edited by hand")
    made: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for table, place in (
        ("instruments", _instrument),
        ("articles", _provision),
        ("parties", _participation),
        ("bilateral", _treaty),
        ("practice", _practice),
        ("offences", _offence),
    ):
        for row in _rows(tables / f"{table}.csv"):
            file, family, item = place(row)
            made[file][family].append(item)
    for file, families in made.items():
        _write(rules / file, families)
    print(f"{sum(len(items) for each in made.values() for items in each.values())} facts in {len(made)} files")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


class _Plain(Emitter, Serializer, SafeRepresenter, BaseResolver):
    """Every scalar is text, as it will be read: NO is Norway, 23 an article, 2001-11-23 left to whoever knows dates."""

    def __init__(self, stream: Any, **_: Any) -> None:
        Emitter.__init__(self, stream, width=116, allow_unicode=True)
        Serializer.__init__(self)
        SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        BaseResolver.__init__(self)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  its own
        """Items of a list stand further in than its name."""
        super().increase_indent(flow, False)


def _write(path: Path, families: Mapping[str, list[Item]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = []
    for name, items in families.items():
        listed = [yaml.dump([item], Dumper=_Plain) for item in items]
        parts.append(f"{name}:\n" + "\n".join(listed))
    path.write_text(HEAD + "\n".join(parts), encoding="utf-8")


def _fact(row: Row, **members: Any) -> Item:
    """The item: its own members that are known, then what every fact carries."""
    verification, _, doubt = row["verification"].partition("; ")
    note = row.get("note", "")
    told: Item = {name: value for name, value in members.items() if value not in ("", None, [], False)}
    told |= {"source": row["source"], "verification": verification, "seen_at": SEEN}
    if doubt == "to-verify" or "VERIFY" in note or "VERIFY" in row.get("rule", ""):
        told["to_verify"] = "true"
    if note:
        told["note"] = note
    return told


def _instrument(row: Row) -> tuple[str, str, Item]:
    type_ = next(code for words, code in TYPES if row["type"].startswith(words))
    item = _fact(
        row,
        id=row["id"],
        title=row["title"],
        type=type_,
        adopted=row["adopted"],
        in_force=row["in_force"],
        depositary=row["depositary"],
    )
    if row["type"] != type_:
        item["note"] = row["type"]
    return f"instruments/{row['id']}.yaml", "instruments", item


def _provision(row: Row) -> tuple[str, str, Item]:
    heading = row["form_of_cooperation"]
    word, _, aside = heading.partition(" (")
    measures = MEASURES.get(word, [])
    matters = [MATTERS[word]] if word in MATTERS else []
    matters += [code for words, code in ASIDE if words in aside and code not in matters]
    if not (measures or matters):
        sys.exit(f"articles.csv: {heading} is neither a measure nor a matter")
    item = _fact(
        row,
        instrument=row["instrument"],
        article=row["article"],
        measures=measures,
        matters=matters,
        heading=heading,
        deadline=row["deadline"],
        contents=row["required_contents"],
        refusal=row["refusal_grounds"],
    )
    return f"instruments/{row['instrument']}.yaml", "provisions", item


def _participation(row: Row) -> tuple[str, str, Item]:
    note = row["note"]
    act = next((each for each in ACTS if note.startswith((each, "accession/" if each == "accession" else each))), "")
    item = _fact(
        row,
        instrument=row["instrument"],
        state=row["country"],
        signed=row["signed"],
        act=act.replace(" ", "-"),
        deposited=row["ratified_or_acceded"],
        in_force=row["in_force"],
        computed="true" if "computed" in note else "",
    )
    return f"participations/{row['instrument']}.yaml", "participations", item


def _treaty(row: Row) -> tuple[str, str, Item]:
    code = KINDS[row["kind"].removesuffix("-none")]
    parties = [row["party_a"], row["party_b"]]
    file = f"bilateral/{row['party_a']}.yaml"
    if row["kind"].endswith("-none"):
        return file, "absences", _fact(row, kind=code, parties=parties)
    item = _fact(
        row,
        id="-".join([*sorted(parties), code]),
        kind=code,
        parties=parties,
        signed=row["signed"],
        in_force=row["in_force"],
        continued="true" if any(each in row["note"] for each in CONTINUED) else "",
    )
    return file, "treaties", item


def _practice(row: Row) -> tuple[str, str, Item]:
    topic, place, text = row["topic"], row["country"], row["rule"]
    file = f"states/{place}.yaml"
    role = next((code for words, code in ROLES if topic.startswith(words)), None)
    if role:
        instrument = DESIGNATED.search(topic)
        return (
            file,
            "authorities",
            _fact(
                row,
                state=place,
                role=role,
                instrument=instrument.group() if instrument else "",
                articles=_articles(topic),
                name=text,
            ),
        )
    said = STATEMENT.fullmatch(topic)
    if said and len(place) == 2:
        kind = said[1] or ("reservation" if text.startswith("reservation") else "notification")
        return (
            file,
            "statements",
            _fact(row, state=place, instrument=said[2], articles=_articles(topic), kind=kind, text=text),
        )
    return file, "rules", _fact(row, jurisdiction=place, topic=topic, text=text)


def _articles(topic: str) -> list[str]:
    found = re.search(r" arts? (.+)", topic)
    return [each.strip() for each in found[1].split(", ")] if found else []


def _offence(row: Row) -> tuple[str, str, Item]:
    place = row["country_or_instrument"]
    item = _fact(
        row,
        jurisdiction=place,
        provision=row["provision"],
        title=row["title"],
        category=row["canonical_category"],
        penalty=row["min_max_penalty"],
    )
    return f"offences/{place}.yaml", "offences", item


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
