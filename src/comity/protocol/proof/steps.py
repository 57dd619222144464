# SPDX-License-Identifier: Apache-2.0
"""Walking through the steps of a verification: each is told; what fails is named with its step and its statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from comity.protocol.errors import ComityError
from comity.protocol.proof.errors import StepFailed
from comity.protocol.proof.report import Step
from comity.protocol.wire.names import Digest


@dataclass(slots=True)
class Here:
    """The step under way: `at` is the statement that it looks at, `found` what it can say so far, `unchecked` why it
    cannot be taken."""

    at: str
    found: list[str] = field(default_factory=list)
    unchecked: str = ""

    def say(self, text: str) -> None:
        """Note a finding."""
        self.found.append(text)


@dataclass(slots=True)
class Walk:
    """The steps so far, over one file."""

    file: Digest
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, title: str) -> Iterator[Here]:
        """The next step. Raises `StepFailed` for whatever error ends it."""
        here = Here("the file")
        number = len(self.steps) + 1
        try:
            yield here
        except ComityError as error:
            raise StepFailed(Step(number, title), here.at, error, self.steps, self.file) from error
        self.steps.append(Step(number, title, tuple(here.found), here.unchecked))
