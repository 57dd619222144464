# SPDX-License-Identifier: Apache-2.0
"""`comity demo`: three nodes, a whole case between them, and three desks left open.

China's Ministry of Public Security, Spain's National Police and Myanmar's Police Force, each its own process,
directory, database and keys. With `--once` the case is played in a temporary directory, the outcome is printed, and
everything is taken down."""

import argparse
import signal
from pathlib import Path
from types import FrameType
from typing import Any

from comity.interfaces.cli.shared import command, show


def add(commands: Any) -> None:
    """Add this command."""
    demo = command(commands, "demo", _demo, "play the sample case between three nodes", home=False)
    demo.add_argument("--once", action="store_true", help="print the outcome and exit")
    demo.add_argument("--home", type=Path, metavar="DIR", help="keep the nodes here; a temporary directory without it")


def _demo(arguments: argparse.Namespace) -> int:
    from comity.interfaces.cli.sample import stage

    signal.signal(signal.SIGTERM, _interrupted)  # whoever stops us by a signal stops the three nodes too
    signal.signal(signal.SIGHUP, _interrupted)
    if arguments.once:
        outcome = stage.play_once(arguments.home, quiet=arguments.json)
        show(arguments, outcome, stage.as_text(outcome))
        return 0 if outcome["thread_states_equal"] else 1
    stage.play_and_serve(arguments.home)
    return 0


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
