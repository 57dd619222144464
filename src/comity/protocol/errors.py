# SPDX-License-Identifier: Apache-2.0
"""The root of every error Comity raises on purpose.

One tree; each package draws its own branch in its `errors.py`:

    ComityError
    ├── WireError        bytes that are not what they claim         protocol/wire/errors.py
    ├── TermsError       a kind, body or vocabulary we do not know  protocol/terms/errors.py
    ├── ThreadError      a move that its thread does not allow      protocol/thread/errors.py
    ├── LedgerError      a proof or checkpoint that does not hold   protocol/ledger/errors.py
    ├── ProofError       a proof file that cannot be read           protocol/proof/errors.py
    ├── FormatError      a message that cannot be put into another form   formats/letters/errors.py
    └── RecordError      what a node keeps, asks of its people, or may not show   records/errors.py

An error carries a stable `code` (scripts and peers rely on it), `data` (identifiers and digests, never personal data),
an English `text` that is also the key of its translations, and `advice`: what to do next. HTTP status
is decided at the doors.
"""

from typing import ClassVar


class ComityError(Exception):
    """A named refusal. Subclasses set `code`, `text` (a `str.format` template over `data`) and `advice`."""

    code: ClassVar[str] = "error"
    text: ClassVar[str] = "Something is wrong."
    advice: ClassVar[str] = ""

    def __init__(self, **data: str | int) -> None:
        self.data = data
        super().__init__(self.text.format(**data))

    def as_json(self) -> dict[str, object]:
        """The error as scripts and peers see it: `{code, text, advice, data}`."""
        return {"code": self.code, "text": str(self), "advice": self.advice, "data": dict(self.data)}
