# SPDX-License-Identifier: Apache-2.0
"""Writes the state graphs into docs/protocol/threads.md, between its two marks.

With --check it writes nothing, and fails when the page is stale.
"""

import sys
from pathlib import Path

from comity.protocol.thread.drawing import mermaid, table
from comity.protocol.thread.graphs import GRAPHS, RECALL

PAGE = Path(__file__).resolve().parents[1] / "docs/protocol/threads.md"
BEGIN, END = "<!-- graphs begin: written by tools/publish_graphs.py -->\n", "<!-- graphs end -->\n"


def published(page: str) -> str:
    """The page with the graphs as they are now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    graphs = (
        f"### {each.title}\n\n```mermaid\n{mermaid(each)}```\n\n{table(each)}\n" for each in (*GRAPHS.values(), RECALL)
    )
    return f"{before}{BEGIN}\n{''.join(graphs)}{END}{after}"


def main(arguments: list[str]) -> int:
    """Publish, or check. 0 when the page is current afterwards."""
    page = PAGE.read_text()
    current = published(page)
    if "--check" in arguments:
        sys.stdout.write("" if page == current else f"{PAGE.name} is stale: run python tools/publish_graphs.py\n")
        return int(page != current)
    PAGE.write_text(current)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
