# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a proof file, beside what is wrong with the things in it.

ProofError
├── NotEvidence     nothing that the verifier reads
├── Disordered      entries out of their order, twice, or with members that nothing signs
├── Unconnected     an entry that nothing else in the file calls for
├── Incomplete      an entry that others call for is not there
├── NotTrusted      no card of an authority's line is one that the reader trusts
└── StepFailed      one of the verifier's steps does not hold: which, for what, and the error behind it
"""

from collections.abc import Sequence

from comity.protocol.errors import ComityError
from comity.protocol.proof.printable import printable
from comity.protocol.proof.report import Step
from comity.protocol.wire.names import Digest


class ProofError(ComityError):
    """The file does not prove what it should."""

    code = "proof"


class NotEvidence(ProofError):
    """Neither a proof file nor anything else that the verifier knows."""

    code = "not-evidence"
    text = "This is no proof file, message, card, receipt, checkpoint or envelope."
    advice = "Ask for the file again, as it was written; do not open and save it in an editor."


class Disordered(ProofError):
    """A proof file has one spelling; this is another."""

    code = "disordered"
    text = "The {what} are not in their one form and order, are named twice, or carry members that nothing signs."
    advice = "Somebody changed the file after it was written: ask for it again."


class Unconnected(ProofError):
    """Something lies in the file that has nothing to do with its thread."""

    code = "unconnected"
    text = "{what} {name} proves nothing about this thread."
    advice = "Somebody added to the file after it was written: ask for it again."


class Incomplete(ProofError):
    """Something that other entries call for was left out."""

    code = "incomplete"
    text = "{what} {name} is missing: {why}."
    advice = "Somebody took from the file after it was written: ask for it again."


class NotTrusted(ProofError):
    """The reader said which cards are trusted, and none of this line is among them."""

    code = "not-trusted"
    text = "No card of {authority} in the file is one that you trust; its newest is {card}."
    advice = "Ask the authority, at a number that you know, for the digest of its card at that time."


class StepFailed(ProofError):
    """A step of the verification does not hold. `steps` are those that held before it, `error` says why."""

    code = "step-failed"
    text = "Step {step}, {title}, does not hold for {statement}: {why}"
    advice = "Nothing in the file counts until this is explained; keep the file as it is."

    def __init__(self, step: Step, statement: str, error: ComityError, steps: Sequence[Step], file: Digest) -> None:
        self.failed, self.statement, self.error, self.steps, self.file = step, statement, error, tuple(steps), file
        title = step.title[:1].lower() + step.title[1:]
        super().__init__(step=step.number, title=title, statement=statement, why=str(error), error=error.code)

    def as_json(self) -> dict[str, object]:
        """The failure as a script sees it: what held, and what did not."""
        return {
            "holds": False,
            "verdict": "does-not-hold",
            "cards_checked": False,
            "file": self.file,
            "steps": [each.as_json() for each in self.steps],
            "failed": {
                "step": self.failed.number,
                "title": self.failed.title,
                "statement": self.statement,
                "error": self.error.as_json(),
            },
        }

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        return f"DOES NOT HOLD: step {self.failed.number}, {self.failed.title}"

    def as_text(self) -> str:
        """For people; nothing that was said counts, so it is not told."""
        held = [line for each in self.steps for line in each.lines()]
        advice = self.error.advice or self.advice
        failed = [f"{self.failed.number}. {self.failed.title}: DOES NOT HOLD", f"   for {self.statement}"]
        told = ["DOES NOT HOLD", "", *held, *failed, f"   {self.error.code}: {self.error}", f"   {advice}"]
        return "\n".join(map(printable, told))
