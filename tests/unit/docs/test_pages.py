# SPDX-License-Identifier: Apache-2.0
"""Every document can be reached by links from the README, and every picture is shown and small."""

from pathlib import Path
from urllib.parse import unquote

from tests.fixtures.vectors import ROOT
from tests.unit.house.test_docs import ELSEWHERE, links
from tests.unit.house.test_sources import short, tracked

LARGEST = 300_000


def targets(document: Path) -> set[Path]:
    """The files that a document links to."""
    named = (unquote(each).partition("#")[0] for each in links(document.read_text(encoding="utf-8")))
    return {(document.parent / each).resolve() for each in named if each and not ELSEWHERE.match(each)}


def reached(start: Path) -> set[Path]:
    """The files that links lead to from a document, near and far."""
    found, waiting = {start}, [start]
    while waiting:
        for each in targets(waiting.pop()) - found:
            found.add(each)
            if each.suffix == ".md":
                waiting.append(each)
    return found


def test_every_document_can_be_reached() -> None:
    documents, near = tracked("docs/*.md", "conformance/*.md"), reached(ROOT / "README.md")
    assert documents
    assert [short(each) for each in documents if each not in near] == []


def test_every_picture_is_shown() -> None:
    pictures = tracked("docs/pictures/*")
    shown = set().union(*map(targets, tracked("*.md")))
    assert pictures
    assert [short(each) for each in pictures if each not in shown] == []


def test_pictures_are_small() -> None:
    assert [short(each) for each in tracked("docs/pictures/*") if each.stat().st_size > LARGEST] == []
