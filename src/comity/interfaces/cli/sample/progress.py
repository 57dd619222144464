# SPDX-License-Identifier: Apache-2.0
"""A line a step: how far, what happens now, how long the step before took. On standard error, so that scripts can
read the rest."""

import sys
import time


class Progress:
    """Counts steps up to `total`; `quiet` says nothing."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._quiet = total, quiet
        self._done = 0
        self._since = time.monotonic()
        self._width = len(str(total))

    def step(self, title: str) -> None:
        """The next step begins."""
        self._finish()
        self._done += 1
        self._since = time.monotonic()
        if not self._quiet:
            print(f"[{self._done:>{self._width}}/{self._total}] {title}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The last step is done."""
        self._finish()

    def _finish(self) -> None:
        if self._done and not self._quiet:
            print(f"  {time.monotonic() - self._since:.1f} s", file=sys.stderr, flush=True)
