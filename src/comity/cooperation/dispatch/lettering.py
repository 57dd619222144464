# SPDX-License-Identifier: Apache-2.0
"""The letter of a thread's request, for a reader who may read the thread; handing it out is registered as an export.

In this order: the reader's right is asked; the request, the cards that are accepted here and what the law asks of such
a request are gathered; the letter is set outside any transaction; the export is registered with the PDF's digest.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from comity.formats.letters.checklist import Checklist
from comity.formats.letters.compose import Request, compose
from comity.formats.letters.typeset import typeset
from comity.law.bases.asking import bases
from comity.law.bases.question import Question
from comity.law.errors import LawError
from comity.law.facts.measures import MEASURES
from comity.law.view import View, shipped_index
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId, MessageId, digest_of
from comity.protocol.wire.statement import Statement
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import lineages
from comity.records.errors import NotFound, NotInSeason, StandingError
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store

_MEASURES: Mapping[str, str] = {
    "content-data": "production",
    "fiu-request": "fiu-cooperation",
    "freezing": "freezing-seizure",
    "hosted-officers": "presence-of-officials",
    "police-information": "police-cooperation",
    "preservation-extension": "preservation",
    "real-time-traffic": "real-time-traffic-data",
    "subscriber-information": "production",
    "surveillance": "cross-border-observation",
    "traffic-data": "production",
    "transfer-of-person": "transfer-of-sentenced-persons",
    "witness-interview": "hearing-by-video",
}
"""Kinds whose measure has another name in the law; the others have their own, or none."""


def letter_of(home: Home, actor: Actor, thread: str, language: str) -> bytes:
    """The PDF. Raises `NotFound`, `NotInSeason` once we said that the recalled request is destroyed, `UnknownTerm` for
    a language that is not one of ours, `LetterNotSet`."""
    with home.active():
        row = reading.thread(actor, thread)
        request = _request(home, MessageId(row.id))
    made = typeset(compose(request, language))
    with acting(home, actor, Permission.READ) as act:
        act.record(events.exported(content=digest_of(made), thread=MessageId(row.id), count=1))
    return made


def _request(home: Home, thread: MessageId) -> Request:
    """What the letter is made of."""
    state = store.state_of(thread)
    message = store.message(state.root) if state.root else None
    if message is None:
        raise NotFound(what="request in thread", id=thread)
    ours = (each for each in state.recalls.values() if home.authority in each.holders)
    if any(state.root in each.of and each.holders[home.authority].state == "destroyed" for each in ours):
        raise NotInSeason(what="letter", id=thread, state="recalled and closed here", needed="open")
    said = message.statement
    return Request(
        said=said,
        digest=message.digest,
        cards=_cards((said.sender, *said.to), said),
        approved_by=tuple(each.officer for each in message.approvals),
        asked=asked_by_law(said, home.now().date()),
    )


def _cards(authorities: Iterable[AuthorityId], said: Statement) -> dict[AuthorityId, Card]:
    """The card of each as it was when the statement was sent; the newest where none was valid then."""
    found = {}
    for each in authorities:
        try:
            line = lineages.lineage(each)
        except StandingError:
            continue
        then = [held.card for held in line.held if held.card.valid_at(said.sent)]
        found[each] = then[-1] if then else line.latest.card
    return found


def asked_by_law(said: Statement, known: date) -> Checklist | None:
    """What the instrument that the request names asks such a request to contain, as far as the facts say. With several
    addressees no single law is asked."""
    basis = said.body.get("basis")
    instrument = basis.get("instrument") if isinstance(basis, Mapping) else None
    measure = _MEASURES.get(said.kind, said.kind)
    if not isinstance(instrument, str) or measure not in MEASURES or len(said.to) != 1:
        return None
    requesting, requested = (each.partition("/")[0] for each in (said.sender, said.to[0]))
    view = View(shipped_index(), said.sent.date(), known)
    try:
        answer = bases(view, Question(requesting=requesting, requested=requested, measure=measure))
    except LawError:
        return None
    fitting = [each for each in answer.bases if each.instrument == instrument and each.contents]
    first = next(iter(fitting), None)
    return Checklist(first.instrument, first.article, first.contents) if first else None
