# SPDX-License-Identifier: Apache-2.0
"""Validates the facts of law in rules/, and writes what is made of them: their JSON Schemas and the compiled form.

    python -m tools.publish_rules [--check]

Every fault is told with its file and line, and nothing is written while there is one. With --check nothing is written
at all: what would change is told instead.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from comity.law.facts.book import COMPILED, Book, freeze
from comity.law.facts.checking import check, schemas

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"


def main(*, checking: bool) -> int:
    """How many faults, or files that differ, there are."""
    checked = check(RULES)
    for fault in checked.faults:
        print(f"rules/{fault}")
    if checked.faults:
        return len(checked.faults)
    stale = [path for path, data in made(checked.book).items() if not path.is_file() or path.read_bytes() != data]
    for path in stale:
        print(f"{path.relative_to(ROOT)} {'differs: make rules' if checking else 'is written'}")
        if not checking:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made(checked.book)[path])
    facts = list(checked.book.facts())
    count = Counter(each.verification for each in facts)
    told = ", ".join(f"{number} {name}" for name, number in count.most_common())
    print(f"{len(facts)} facts: {told}; {sum(each.to_verify for each in facts)} of them to be verified")
    return len(stale) if checking else 0


def made(book: Book) -> dict[Path, bytes]:
    """Every file that is made, with its bytes."""
    told = {
        RULES / "schemas" / f"{name}.json": (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
        for name, schema in schemas().items()
    }
    return {COMPILED: freeze(book), **told}


if __name__ == "__main__":
    sys.exit(1 if main(checking="--check" in sys.argv[1:]) else 0)
