# SPDX-License-Identifier: Apache-2.0
"""Every link in the documents leads somewhere: to a file that is there and, after `#`, to a heading in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.fixtures.vectors import ROOT
from tests.unit.house.test_sources import short, tracked

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
UNSEEN = re.compile(r"<!--.*?-->|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def links(text: str) -> Iterator[str]:
    """The targets of a document's links, those in code and comments left out."""
    seen = UNSEEN.sub("", FENCE.sub("", text))
    yield from (match[1] for match in LINK.finditer(seen))


def anchors(text: str) -> set[str]:
    """What `#…` may name in a document: its headings in lower case, punctuation gone, spaces as hyphens."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCE.sub("", text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        repeats = sum(1 for other in found if re.fullmatch(re.escape(anchor) + r"(-\d+)?", other))
        found.add(f"{anchor}-{repeats}" if repeats else anchor)
    return found


def broken(document: Path) -> Iterator[str]:
    """The links of one document that lead nowhere, each with the reason."""
    for link in links(document.read_text()):
        if ELSEWHERE.match(link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (ROOT / name.lstrip("/") if name.startswith("/") else document.parent / name) if name else document
        if not target.exists():
            yield f"{short(document)}: {link}: no such file"
        elif not target.resolve().is_relative_to(ROOT):
            yield f"{short(document)}: {link}: outside the project"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
            yield f"{short(document)}: {link}: no such heading"


def test_every_link_leads_somewhere() -> None:
    documents = tracked("*.md")
    assert documents
    assert [problem for document in documents for problem in broken(document)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [the wire](wire.md#keys) and ![a desk](desk.png)", ["wire.md#keys", "desk.png"]),
        ('[titled](a.md "A title")', ["a.md"]),
        ("```\n[code](x.md)\n```\n`[code](y.md)` <!-- [hidden](z.md) -->", []),
    ],
)
def test_links_are_found(text: str, found: list[str]) -> None:
    assert list(links(text)) == found


def test_headings_become_anchors() -> None:
    assert anchors("# The `wire`, v1\n## Keys\n## Keys\n") == {"the-wire-v1", "keys", "keys-1"}
