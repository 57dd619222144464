# SPDX-License-Identifier: Apache-2.0
"""The page of the proof file shows what the code writes and says."""

import pytest
from tools import pages, publish_proof


@pytest.mark.parametrize("name", publish_proof.PAGES)
def test_the_page_is_current(name: str) -> None:
    page = (pages.FOLDER / name).read_text(encoding="utf-8")
    assert pages.published(page, publish_proof.PAGES[name], publish_proof.TOOL) == page, (
        f"run python -m {publish_proof.TOOL}"
    )


def test_long_texts_are_cut_and_lists_show_their_first() -> None:
    shown = publish_proof.file()
    assert " characters" in shown
    assert "… 1 more" in shown
    assert max(map(len, shown.splitlines())) < 400
