# SPDX-License-Identifier: Apache-2.0
"""A signed request as a letter: who writes to whom, what is asked, on what it rests, and how all of it is checked. A
move in a thread, such as an answer, is set in the same way, and names what it answers. What goes to an authority
without a node goes on paper: it has lines to sign on, since nobody there can check the signed message by a node.

`compose` is pure and keeps every member that was signed. What the statement does not hold (names, telephones) comes
from the authorities' cards, or from what an officer entered of one without a node; an authority of which nothing is
known is named by its id alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from comity.formats.letters.checklist import Checklist, checked
from comity.formats.letters.content import Entry, How, Letter, Party, Seal, Section, Signing, Words
from comity.formats.letters.marks import handled, marks
from comity.formats.letters.reading import Reading
from comity.formats.letters.sections import HEAD, sections
from comity.formats.letters.wording import Wording
from comity.protocol.terms import kinds
from comity.protocol.terms.authorities import AUTHORITY_ROLES
from comity.protocol.terms.languages import LANGUAGE_CODES
from comity.protocol.wire.card import Card
from comity.protocol.wire.names import AuthorityId, Digest
from comity.protocol.wire.statement import Statement


@dataclass(frozen=True, slots=True)
class Address:
    """Where an authority without a node is written to."""

    name: str
    lines: str
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The letter or request that is answered: its kind; its author's reference and the day that it bears, as far as
    known."""

    kind: str
    reference: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter is made of: the statement, its digest, the cards and addresses that are known, who approved it,
    what the instrument asks it to contain, where that is known, and what it answers, if it answers something."""

    said: Statement
    digest: Digest
    cards: Mapping[AuthorityId, Card] = field(default_factory=dict)
    approved_by: tuple[str, ...] = ()
    asked: Checklist | None = None
    addresses: Mapping[AuthorityId, Address] = field(default_factory=dict)
    answers: Answered | None = None

    @property
    def body(self) -> Mapping[str, Any]:
        """What the statement says."""
        return self.said.body

    @property
    def on_paper(self) -> bool:
        """Whether it goes to an authority that is written to on paper."""
        return self.said.paper


def compose(request: Said, language: str) -> Letter:
    """The letter in one of the twelve languages. Raises `UnknownTerm` for another."""
    wording = Wording(language)
    members = Reading.of(request.said.kind, wording).members(request.body)
    written = str(request.body.get("language", ""))
    return Letter(
        language=language,
        direction=wording.direction,
        title=wording.term(_title(request.said.kind)),
        opening=_opening(request.answers, wording) if request.answers else None,
        sender=_party(request.said.sender, request, wording, whole=True),
        recipients=tuple(_recipient(each, request, wording) for each in request.said.to),
        from_label=wording.own("from"),
        to_label=wording.own("to"),
        handling=marks(request.said.handling),
        banner=wording.own("sample").text if any(each.sample for each in request.cards.values()) else "",
        head=tuple(_head(request, members, wording)),
        notes=_notes(wording, written),
        sections=_sections(request, members, wording),
        seal=_seal(request, wording),
        signing=_signing(wording) if request.on_paper else None,
        authentic=_authentic(wording, written),
        authentic_language=written if written in LANGUAGE_CODES else "",
        if_english=wording.own("in_english"),
        if_replaced=wording.own("replaced"),
        page=wording.own("page").text,
        sent=int(request.said.sent.timestamp()),
    )


def qr_text(request: Said) -> str:
    """What the QR code says: the digest, who wrote, and the message's id."""
    return f"comity:{request.digest}?from={request.said.sender}&id={request.said.id}"


def _party(authority: AuthorityId, request: Said, wording: Wording, *, whole: bool = False) -> Party:
    card = request.cards.get(authority)
    if card is None:
        return Party(authority, authority)
    name = card.name.get(wording.language) or card.name.get("en") or next(iter(card.name.values()))
    return Party(name, authority, tuple(_reached(card, wording)) if whole else ())


def _title(kind: str) -> str:
    """The English title of a request or a move; of one that this version does not know, its name."""
    return kinds.titles().get(kind) or kinds.move_titles().get(kind, kind)


def _opening(answers: Answered, wording: Wording) -> Words:
    """What is answered, in one sentence: its kind, its reference, its day; what is not known is left out."""
    what = wording.term(_title(answers.kind)).text
    for label, member, told in (("numbered", "reference", answers.reference), ("dated", "day", answers.day)):
        if told:
            what = wording.own(label).text.format(**{"what": what, member: wording.kept(told)})
    return Words(wording.own("answers").text.format(what=what))


def _recipient(authority: AuthorityId, request: Said, wording: Wording) -> Party:
    """Whom it is for; of one that is written to on paper, where."""
    found = request.addresses.get(authority)
    if found is None:
        return _party(authority, request, wording)
    told = (
        (wording.own("address"), found.lines),
        (wording.term("Telephone"), found.telephone),
        (wording.term("E-mail"), found.email),
    )
    entries = (Entry(label, (Words(text, How.PLAIN),)) for label, text in told if text)
    return Party(found.name, authority, tuple(entries))


def _reached(card: Card, wording: Wording) -> Iterator[Entry]:
    """What the card says of the authority, and where it answers."""
    yield Entry(wording.term("Country"), (wording.state(card.country),))
    yield Entry(wording.own("role"), tuple(wording.code(AUTHORITY_ROLES.name, each) for each in card.roles))
    told = (
        ("Telephone", card.contact.telephone),
        ("E-mail", card.contact.email),
        ("Office hours", card.hours),
        ("Time zone", card.timezone),
    )
    for label, text in told:
        if text:
            yield Entry(wording.term(label), (Words(text, How.PLAIN),))


def _head(request: Said, members: Mapping[str, Entry], wording: Wording) -> Iterator[Entry]:
    """Reference, date, urgency, the road, how to handle it."""
    yield Entry(wording.own("date"), (Words(_minute(request.said.sent), How.PLAIN),))
    if request.answers:
        told = (("your_reference", request.answers.reference), ("your_letter", request.answers.day))
        yield from (Entry(wording.own(label), (Words(text, How.PLAIN),)) for label, text in told if text)
    yield from (members[name] for name in HEAD if name in members)
    if request.said.via:
        yield Entry(wording.own("through"), tuple(Words(each, How.PLAIN) for each in request.said.via))
    handling = tuple(handled(request.said.handling, wording))
    if handling:
        yield Entry(wording.own("handling"), handling)


def _minute(sent: datetime) -> str:
    """The minute that is printed; the exact time is in the signed message."""
    return f"{sent.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _notes(wording: Wording, written: str) -> tuple[Words, ...]:
    """What the letter is; and, where it is known in which language its author wrote, that this stands as written."""
    rendering = wording.own("rendering")
    if not written:
        return (rendering,)
    named = wording.language_name(written).text
    return (rendering, Words(wording.own("as_written").text.format(language=named)))


def _authentic(wording: Wording, written: str) -> Words:
    authentic = wording.own("authentic").text
    return Words(f"{authentic} · {wording.language_name(written).text}" if written else authentic)


def _sections(request: Said, members: Mapping[str, Entry], wording: Wording) -> tuple[Section, ...]:
    said = sections(members, wording, answers=request.said.kind not in kinds.request_kinds())
    listed = checked(request.asked, request.body, said, wording) if request.asked else None
    annexes = _annexes(request.body.get("attachments"), wording)
    return (*said, *(each for each in (listed, annexes) if each))


def _annexes(attachments: object, wording: Wording) -> Section | None:
    """The files that travel inside the message, each by its fingerprint."""
    held = [each for each in attachments if isinstance(each, Mapping)] if isinstance(attachments, list) else []
    labels = {"name": "File name", "media_type": "Media type", "size": "Size", "sha256": "Fingerprint"}
    groups = tuple(
        tuple(
            Entry(wording.term(label), (Words(str(each[member]), How.PLAIN),))
            for member, label in labels.items()
            if member in each
        )
        for each in held
    )
    title = wording.own("annexes")
    return Section("annexes", title, (Entry(wording.term("Attachments"), groups=groups),)) if groups else None


def _seal(request: Said, wording: Wording) -> Seal:
    named = (("message", request.said.id), ("thread", request.said.thread), ("author", request.said.sender))
    entries = [Entry(wording.own(label), (Words(text, How.PLAIN),)) for label, text in named]
    if request.approved_by:
        approved = tuple(Words(each, How.PLAIN) for each in request.approved_by)
        entries.append(Entry(wording.own("approved_by"), approved))
    return Seal(
        title=wording.own("authenticity"),
        entries=tuple(entries),
        digest_label=wording.own("digest"),
        digest=request.digest,
        code=qr_text(request),
        check=wording.own("check_paper" if request.on_paper else "check"),
    )


def _signing(wording: Wording) -> Signing:
    lines = ("place_and_date", "signature", "name", "function")
    return Signing(wording.own("signing"), tuple(wording.own(each) for each in lines), wording.own("stamp"))
