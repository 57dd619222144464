# SPDX-License-Identifier: Apache-2.0
"""What starts with every command is light: vocabularies, names, titles and labels bring neither pydantic nor Django."""

import subprocess
import sys

LIGHT = """
import sys
from comity.protocol.terms import answers, handling, kinds, labels, vocabularies
assert len(kinds.titles()) == 33 and len(kinds.move_titles()) == 32
assert labels.label(kinds.titles()["extradition"], "zh-Hans") == "引渡"
heavy = {"pydantic", "django", "cryptography"} & set(sys.modules)
assert not heavy, heavy
kinds.request_kinds()
assert "pydantic" in sys.modules and "django" not in sys.modules
"""


def test_names_and_titles_do_not_bring_the_bodies() -> None:
    subprocess.run([sys.executable, "-X", "utf8", "-c", LIGHT], check=True)
