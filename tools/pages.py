# SPDX-License-Identifier: Apache-2.0
"""Pages whose examples are written by running the code, between the marks that say so.

    <!-- name begin: written by TOOL -->
    <!-- name end -->

A tool names its examples by page and calls `main`: without arguments it writes the pages, with `--check` it only says
which are stale, and ends with 1 when there are any.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs/protocol"

Examples = Mapping[str, Callable[[], str]]
"""By the name in the marks, what makes the text between them."""


def published(page: str, examples: Examples, tool: str) -> str:
    """The page with its examples as they are now. Raises `ValueError` when a mark is missing."""
    for name, make in examples.items():
        begin, end = f"<!-- {name} begin: written by {tool} -->\n", f"<!-- {name} end -->\n"
        before, found, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if not found or not ended:
            raise ValueError(f"the marks of {name} are missing")
        page = f"{before}{begin}\n{make()}\n{end}{after}"
    return page


def main(pages: Mapping[str, Examples], tool: str, arguments: list[str], folder: Path = FOLDER) -> int:
    """Publish, or check. 0 when the pages are current afterwards."""
    stale = []
    for name, examples in pages.items():
        page = (folder / name).read_text(encoding="utf-8")
        current = published(page, examples, tool)
        if page != current and "--check" in arguments:
            stale.append(name)
        elif page != current:
            (folder / name).write_text(current, encoding="utf-8")
    sys.stdout.write("".join(f"{name} is stale: run python -m {tool}\n" for name in stale))
    return int(bool(stale))
