# SPDX-License-Identifier: Apache-2.0
"""The letter of a thread's request, for a reader who may read the thread; handing it out is registered as an export.

In this order: the reader's right is asked; the request, the cards that are accepted here and what the law asks of such
a request are gathered; the letter is set outside any transaction; the export is registered with the PDF's digest.
"""

from collections.abc import Iterable

from comity.formats.letters.checklist import Checklist
from comity.formats.letters.compose import Request, compose
from comity.formats.letters.typeset import typeset
from comity.law.requests.weighing import weigh
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId, MessageId, digest_of
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import lineages
from comity.records.errors import NotFound, NotInSeason, StandingError
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store


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
        asked=asked_by_law(home, said),
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


def asked_by_law(home: Home, said: Statement) -> Checklist | None:
    """What the instrument that the request names asks such a request to contain, as far as the facts say. With several
    addressees no single law is asked."""
    if len(said.to) != 1:
        return None
    weighed = next(weigh(lawbook.view(home, said.sent.date()), said.kind, said.body, said.sender, said.to), None)
    first = weighed.named if weighed is not None and weighed.named is not None and weighed.named.contents else None
    return Checklist(first.instrument, first.article, first.contents) if first else None
