# SPDX-License-Identifier: Apache-2.0
"""A message of a thread as a letter, for a reader who may read the thread; handing it out is registered as an export.

In this order: the reader's right is asked; the message, the cards and addresses that are known here and what the law
asks of such a request are gathered; the letter is set outside any transaction; the export is registered with the PDF's
digest.
"""

from collections.abc import Iterable

from comity.formats.letters.checklist import Checklist
from comity.formats.letters.compose import Address, Answered, Said, compose
from comity.formats.letters.typeset import typeset
from comity.law.requests.checklist import IF_WISHED
from comity.law.requests.weighing import weigh
from comity.protocol.terms import kinds
from comity.protocol.thread.state import ThreadState
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId, Digest, MessageId, digest_of
from comity.protocol.wire.statement import Statement
from comity.records import lawbook
from comity.records.action import acting
from comity.records.actors import Actor, Permission
from comity.records.authorities import correspondents, lineages
from comity.records.errors import NotFound, NotInSeason, StandingError
from comity.records.home import Home
from comity.records.register import events
from comity.records.threads import reading, store


def letter_of(home: Home, actor: Actor, thread: str, language: str, message: str = "") -> bytes:
    """The PDF of the request, or of the thread's message of that digest. Raises `NotFound`, `NotInSeason` once we said
    that what was recalled is destroyed, `UnknownTerm` for a language that is not one of ours, `LetterNotSet`."""
    with home.active():
        row = reading.thread(actor, thread)
    made = made_of(home, MessageId(row.id), language, message)
    with acting(home, actor, Permission.READ) as act:
        act.record(events.exported(content=digest_of(made), thread=MessageId(row.id), count=1))
    return made


def made_of(home: Home, thread: MessageId, language: str, message: str = "") -> bytes:
    """The PDF, for a caller who may read the thread. Raises as `letter_of`."""
    with home.active():
        said = _said(home, thread, message)
    return typeset(compose(said, language))


def _said(home: Home, thread: MessageId, digest: str) -> Said:
    """What the letter is made of."""
    state = store.state_of(thread)
    wanted = Digest(digest) if digest else state.root
    message = store.message(wanted) if wanted else None
    if message is None or message.statement.thread != thread:
        raise NotFound(what="message in thread", id=thread)
    if message.statement.entered:
        raise NotInSeason(what="letter", id=thread, state="entered from one", needed="ours")
    _require_held(home, state, message.digest)
    said = message.statement
    people = (said.sender, *said.to)
    return Said(
        said=said,
        digest=message.digest,
        cards=_cards(people, said),
        approved_by=tuple(each.officer for each in message.approvals),
        asked=asked_by_law(home, said) if said.opens else None,
        addresses=_addresses(people),
        answers=None if said.opens else _answered(state, said),
    )


def _require_held(home: Home, state: ThreadState, message: Digest) -> None:
    ours = (each for each in state.recalls.values() if home.authority in each.holders)
    if any(message in each.of and each.holders[home.authority].state == "destroyed" for each in ours):
        raise NotInSeason(what="letter", id=state.thread, state="recalled and closed here", needed="open")


def _addresses(authorities: Iterable[AuthorityId]) -> dict[AuthorityId, Address]:
    """Where those without a node are written to."""
    found = {each: row for each in authorities if (row := correspondents.correspondent(each)) is not None}
    return {each: Address(row.authority.name, row.address, row.telephone, row.email) for each, row in found.items()}


def _answered(state: ThreadState, said: Statement) -> Answered | None:
    """The request that a move is about, as its author names it: none where the move is its author's own."""
    root = store.message(state.root) if state.root else None
    if root is None or root.statement.sender == said.sender:
        return None
    asked = root.statement
    day = asked.entered.dated if asked.entered else asked.sent.date()
    return Answered(asked.kind, str(asked.body.get("reference", ""))[:200], day.isoformat() if day else "")


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
    if len(said.to) != 1 or said.kind not in kinds.request_kinds():
        return None
    weighed = next(weigh(lawbook.view(home, said.sent.date()), said.kind, said.body, said.sender, said.to), None)
    first = weighed.named if weighed is not None and weighed.named is not None and weighed.named.contents else None
    return Checklist(first.instrument, first.article, first.contents, IF_WISHED) if first else None
