# SPDX-License-Identifier: Apache-2.0
"""A kind, a body or a word that is not in the vocabulary.

    TermsError
    ├── UnknownKind        no such kind of request or move
    ├── UnknownTerm        no such code in a vocabulary
    ├── BodyInvalid        a body lacks what its kind asks, each fault with its path
    └── HandlingInvalid    handling codes that cannot be read

A fault names the path and the problem, never the value: the value may be a victim's account number.
"""

from dataclasses import dataclass

from comity.protocol.errors import ComityError


class TermsError(ComityError):
    """The message uses words that the protocol does not have."""

    code = "terms"


class UnknownKind(TermsError):
    """A kind that this version does not know; such a message is kept and shown, and not applied."""

    code = "unknown-kind"
    text = "There is no kind {kind}."
    advice = "Use a kind that `comity request kinds` lists, or update this node."


class UnknownTerm(TermsError):
    """A code that its vocabulary does not have."""

    code = "unknown-term"
    text = "The vocabulary {vocabulary} has no such term."
    advice = "Use a code of the vocabulary; docs/protocol/terms.md lists them."


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a body: where (`offence.categories.0`) and what (a code of `problems.PROBLEMS`)."""

    path: str
    code: str


class BodyInvalid(TermsError):
    """The body is not what its kind asks. `problems` has every fault, the text the first."""

    code = "body-invalid"
    text = "The body of {kind}: {path} {problem} ({count} in all)."
    advice = "Correct the members named; docs/protocol/kinds.md shows an example of every kind."

    def __init__(self, *, kind: str, problems: tuple[Problem, ...], words: str) -> None:
        self.problems = problems
        super().__init__(kind=kind, path=problems[0].path, problem=words, count=len(problems))


class HandlingInvalid(TermsError):
    """The handling object is not what the protocol says."""

    code = "handling-invalid"
    text = "The handling: member {member} {why}."
    advice = "The sender must correct the handling codes; treat the message as TLP:RED until then."
