# SPDX-License-Identifier: Apache-2.0
"""A line a step: how far, what happens now, how long the step before took. On standard error, so that scripts can
read the rest."""

import sys
import time
from typing import Self


class Progress:
    """Counts steps up to `total`; `quiet` says nothing."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._quiet = total, quiet
        self._done = 0
        self._since = time.monotonic()
        self._width = len(str(total))
        self._open = False

    def __enter__(self) -> Self:
        """Count the steps of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever is said next begins a line of its own."""
        if self._open:
            print(file=sys.stderr, flush=True)
        self._open = False

    def step(self, title: str) -> None:
        """The next step begins."""
        self._finish()
        self._done += 1
        self._since = time.monotonic()
        self._open = not self._quiet
        if self._open:
            print(f"[{self._done:>{self._width}}/{self._total}] {title}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The last step is done."""
        self._finish()

    def _finish(self) -> None:
        if self._open:
            print(f"  {time.monotonic() - self._since:.1f} s", file=sys.stderr, flush=True)
        self._open = False
