# SPDX-License-Identifier: Apache-2.0
"""Every refusal has its HTTP status in one place, and its words in the reader's language."""

import pytest
from django.utils.translation import override

from comity.interfaces.web import problems
from comity.protocol.errors import ComityError
from comity.protocol.terms.errors import BodyInvalid, Problem, UnknownKind
from comity.protocol.thread.errors import MoveNotAllowed
from comity.protocol.wire.errors import BadMember, TooLarge
from comity.records.accounts.errors import LinkRefused, TooManyGuesses
from comity.records.errors import NotFound, NotInSeason, NotPermitted, StandingError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(what="thread", id="x"), 404),
        (UnknownKind(kind="x"), 404),
        (NotPermitted(role="approver"), 403),
        (NotInSeason(what="draft", id="x", state="sent", needed="open"), 409),
        (StandingError(authority="CN/mps", standing="suspended"), 409),
        (MoveNotAllowed(authority="CN/mps", kind="refused"), 409),
        (BodyInvalid(kind="note", problems=(Problem("words", "missing"),), words="is missing"), 422),
        (TooLarge(what="the file", size=2, limit=1), 413),
        (TooManyGuesses(seconds=4), 429),
        (LinkRefused(), 410),
        (ComityError(), 400),
    ],
)
def test_each_refusal_has_its_status(error: ComityError, status: int) -> None:
    assert problems.status(error) == status


def test_the_words_are_the_readers_and_keep_what_they_name() -> None:
    with override("es"):
        assert problems.text(NotPermitted(role="approver")) == "Se necesita la función approver."
        assert problems.text(NotFound(what="case", id="x")) == "No existe caso x."
        card = BadMember(what="card", member="file", why="is not JSON")
        assert problems.text(card) == "ficha: el miembro archivo no es JSON."
        assert problems.advice(card).startswith("El remitente")
    with override("zh-hans"):
        assert "4" in problems.text(TooManyGuesses(seconds=4))
