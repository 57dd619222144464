# SPDX-License-Identifier: Apache-2.0
"""Writes the examples into docs/protocol/proof.md by making and verifying the sample proof file.

    python -m tools.publish_proof            write
    python -m tools.publish_proof --check    only say whether the page is current

All persons, numbers and keys are invented. Signatures hold chance, so long texts are told by their length.
"""

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from tests.fixtures.proofs import case
from tools import pages
from tools.pages import Examples

from comity.interfaces.cli import bodies
from comity.protocol.proof.verifier import verify

TOOL = "tools.publish_proof"
CUT = re.compile(r"[A-Za-z0-9+/=_-]{90,}")


def _shown(value: Any) -> Any:
    """The value with long texts cut, and of each list its first entry."""
    if isinstance(value, list):
        more = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return [*(_shown(each) for each in value[:1]), *more]
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return (
        CUT.sub(lambda match: f"{match[0][:16]}… {len(match[0])} characters", value)
        if isinstance(value, str)
        else value
    )


def file() -> str:
    """The sample proof file."""
    value = json.loads(case().file().to_bytes())
    return f"```json\n{json.dumps(_shown(value), indent=2, ensure_ascii=False)}\n```\n"


def report() -> str:
    """What the verifier says of it, without the digest of the file: that holds chance."""
    told = verify(case().file().to_bytes()).as_text(bodies.words).splitlines()
    return "```\n" + "\n".join(each for each in told if not each.startswith("file sha256:")) + "\n```\n"


PAGES: Mapping[str, Examples] = {"proof.md": {"file": file, "report": report}}


if __name__ == "__main__":
    sys.exit(pages.main(PAGES, TOOL, sys.argv[1:]))
