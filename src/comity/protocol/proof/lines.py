# SPDX-License-Identifier: Apache-2.0
"""The lines of cards in a file: made of the cards' own signatures alone, as a stranger must.

A node knows when it accepted a card and that people compared its words; a file cannot prove either. So here a card
counts from its own `from` on, and a revocation that a card of its authority signed counts from its `since`, whenever
it was made: stricter than the node, which heard later. Whatever a node accepts (`trust`) holds here too.

Cards hang together in *runs*: each names the one before by digest, is signed by its keys and is a successor that they
can vouch for; what is none begins a new run. Who trusts one card of a run may trust all of it: those before by their
digests, those after by the signatures. Each run needs one such card.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from comity.protocol.errors import ComityError
from comity.protocol.proof.errors import Disordered, NotTrusted
from comity.protocol.proof.steps import Here
from comity.protocol.wire import card as cards
from comity.protocol.wire import revocation, trust
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.errors import KeyUnknown
from comity.protocol.wire.lineage import Held, Lineage
from comity.protocol.wire.names import AuthorityId, Digest, format_time
from comity.protocol.wire.trust_errors import CardEnded, CardForked, CardSkipped, KeyReused, LineClosed

_PEOPLES = (CardEnded, CardForked, CardSkipped, KeyReused, LineClosed)
"""Why keys cannot vouch for a card that people may still have compared."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lineage of every authority in the file. Called, it gives that of one, or raises `KeyUnknown`."""

    by_authority: Mapping[AuthorityId, Lineage]

    def __call__(self, authority: AuthorityId) -> Lineage:
        """The lineage of an authority."""
        found = self.by_authority.get(authority)
        if found is None:
            raise KeyUnknown(authority=authority, key="any")
        return found

    @property
    def unrevoked(self) -> "Lines":
        """The same as if no key had been revoked: who signed what is one question, whether it was lost another."""
        return Lines({who: replace(line, revoked=()) for who, line in self.by_authority.items()})

    @property
    def sample(self) -> bool:
        """Whether some card says that all of this is sample data."""
        return any(held.card.sample for line in self.by_authority.values() for held in line.held)


def read_cards(signed: Iterable[Signed], here: Here) -> Lines:
    """The lines of these cards, each authority's in its order.

    Raises as `card.verify`, `trust.begin`, `trust.restart`, `trust.accept_successor`; `Disordered`.
    """
    found: dict[AuthorityId, Lineage] = {}
    last = ""
    for each in signed:
        here.at = f"the card {each.digest}"
        card = cards.verify(each)
        here.at = f"card {card.serial} of {card.authority}, {each.digest}"
        line = found.get(card.authority)
        if card.authority < last or (line and line.find(each.digest)):
            raise Disordered(what="cards")
        last = card.authority
        found[card.authority] = _with_compared(line, card, each) if line else _with_card(line, card, each)
    for line in found.values():
        here.say(f"{line.authority}: {_told(line)}")
    return Lines(found)


def _with_card(line: Lineage | None, card: cards.Card, signed: Signed) -> Lineage:
    if line is None:
        return trust.begin(signed, at=card.start)
    if card.previous is not None and line.find(card.previous):
        return trust.accept_successor(line, signed, at=card.start)
    return trust.restart(line, signed, at=card.start)


def _with_compared(line: Lineage, card: cards.Card, signed: Signed) -> Lineage:
    """The same; what the keys before cannot vouch for, people may have compared: it begins a new run."""
    try:
        return _with_card(line, card, signed)
    except _PEOPLES:
        return trust.restart(line, signed, at=card.start)


def read_revocations(lines: Lines, signed: Iterable[Signed], here: Here) -> Lines:
    """The lines with the revocations that count. Raises as `trust.with_revocation`; `KeyUnknown`."""
    found = dict(lines.by_authority)
    for each in signed:
        told = revocation.read(each)
        here.at = f"the revocation {each.digest} of {told.authority}"
        line = lines(told.authority) if told.authority not in found else found[told.authority]
        found[told.authority] = trust.with_revocation(line, each, known=told.since)
        here.say(f"{told.authority} revoked {len(told.keyids)} keys from {format_time(told.since)} on: {told.reason}.")
    return Lines(found)


def runs(line: Lineage) -> list[list[Held]]:
    """The cards in runs, oldest first: a new run begins where no card's keys vouch for the next."""
    found: list[list[Held]] = []
    for held in line.held:
        if held.compared or not found:
            found.append([])
        found[-1].append(held)
    return found


def hold_trusted(lines: Lines, trusted: Collection[Digest], here: Here) -> None:
    """Hold that every run has a card that the reader trusts. Raises `NotTrusted`."""
    for line in lines.by_authority.values():
        for run in runs(line):
            here.at = f"the cards of {line.authority}"
            known = [each for each in run if each.digest in trusted]
            if not known:
                raise NotTrusted(authority=line.authority, card=run[-1].digest)
            here.say(f"{line.authority}: you trust card {known[-1].card.serial}, {known[-1].digest}.")


def digits(digest: Digest) -> str:
    """A digest as sixteen groups of five digits, to be read out in any language."""
    return spoken(bytes.fromhex(digest.partition(":")[2]))


def spoken(raw: bytes) -> str:
    """Bytes as groups of five digits, two bytes a group."""
    return " ".join(f"{int.from_bytes(raw[at : at + 2], 'big'):05d}" for at in range(0, len(raw), 2))


def as_json(lines: Lines, trusted: Collection[Digest] | None) -> list[dict[str, object]]:
    """Who vouches for what: each authority's runs with the card to compare."""
    return [
        {
            "authority": line.authority,
            "name": dict(line.latest.card.name),
            "sample": line.latest.card.sample,
            "cards": len(line.held),
            "revocations": len(line.revoked),
            "compare": [
                {
                    "serial": run[-1].card.serial,
                    "card": run[-1].digest,
                    "digits": digits(run[-1].digest),
                    "from": format_time(run[0].card.start),
                    "until": format_time(run[-1].card.until),
                    "trusted": None if trusted is None else any(each.digest in trusted for each in run),
                }
                for run in runs(line)
            ],
        }
        for line in lines.by_authority.values()
    ]


def known_to(signed: Iterable[Signed]) -> Lines:
    """Lines of the cards that a reader has at hand; what is no card, or does not hold, is left out."""
    found: dict[AuthorityId, Lineage] = {}
    kept: list[tuple[cards.Card, Signed]] = []
    for each in signed:
        try:
            kept.append((cards.verify(each), each))
        except ComityError:
            continue
    for card, each in sorted(kept, key=lambda pair: (pair[0].start, pair[0].serial)):
        try:
            found[card.authority] = _with_card(found.get(card.authority), card, each)
        except ComityError:
            continue
    return Lines(found)


def _told(line: Lineage) -> str:
    made = runs(line)
    if len(line.held) == 1:
        return f"one card, signed with both of its keys. It is {line.latest.digest}."
    told = f"{len(line.held)} cards, each signed with both of its keys"
    if len(made) == 1:
        return f"{told}, and the later ones with those of the card before. The newest is {line.latest.digest}."
    return f"{told}. They do not hang together: {len(made)} of them stand on people's word alone."
