# SPDX-License-Identifier: Apache-2.0
"""Cards and revocations that do not join what we hold of an authority.

    WireError
    ├── OtherAuthority        it speaks for somebody else
    ├── CardForked            two successors of one card: an alarm that names both
    ├── CardSkipped           cards between are missing
    ├── CardUnconnected       it follows none of the cards that we hold
    ├── CardNotCompared       a new first card, which only people can accept
    ├── LineClosed            people compared a newer first card: the old line has ended
    ├── CardEnded             too old to vouch for a successor, or to begin with
    ├── CardOutOfOrder        it begins before the card that it follows
    ├── KeyReused             it goes back to keys that were given up
    ├── NotTheirsToRevoke     an older key speaks about a newer one
    ├── RevokesNothing        none of its keys is on a card that we hold
    ├── RevokedAhead          it speaks of a time that has not come
    └── KeyRevoked
        └── SentInDoubt       written, so it says, before the theft, but it came after the alarm

All are raised by `trust` and `lineage`.
"""

from comity.protocol.wire.errors import KeyRevoked, WireError


class OtherAuthority(WireError):
    """A card or revocation of another authority than the one that it is offered for."""

    code = "other-authority"
    text = "This speaks for {found}, not for {authority}."
    advice = "Do not accept it; ask that authority by telephone what it sent."


class CardForked(WireError):
    """The keys of one card signed two different successors: one of the two holders is not the authority."""

    code = "card-forked"
    text = "{authority} has two cards that follow one: {held} is held, {offered} is offered."
    advice = "Stop all exchange with the authority and compare cards by telephone; its keys may be in other hands."


class CardSkipped(WireError):
    """A later card of a line whose cards between we lack."""

    code = "card-skipped"
    text = "Card {serial} of {authority} is offered, but the last one held is {held}."
    advice = "Ask the authority for the cards between, or compare the newest one by telephone."


class CardUnconnected(WireError):
    """A card whose predecessor we do not hold, though we hold cards of its age."""

    code = "card-unconnected"
    text = "Card {serial} of {authority}, {offered}, follows none of the cards held."
    advice = "Ask the authority for the card before it; if that does not join either, compare cards by telephone."


class CardNotCompared(WireError):
    """A new first card. The node cannot know whether it is the authority's; people can."""

    code = "card-not-compared"
    text = "{authority} offers a new first card, {offered}; its words were not compared."
    advice = "Ring the authority at the number you know, compare the words, then accept it with `comity peer accept`."


class LineClosed(WireError):
    """A successor in a line that people closed when they compared a new first card."""

    code = "line-closed"
    text = "{authority} began anew with {held}, which people compared; {offered} follows an older card."
    advice = "Nothing is needed, unless the authority says that the newer card is not its own."


class CardEnded(WireError):
    """The card's time, and the days of grace after it, are over."""

    code = "card-ended"
    text = "Card {serial} of {authority} ended at {until}; it can no longer be begun with or vouch for another."
    advice = "Compare the authority's newest card by telephone and accept it as a new first card."


class CardOutOfOrder(WireError):
    """A successor from before its predecessor would undo what the predecessor signed."""

    code = "card-out-of-order"
    text = "Card {serial} of {authority} begins before the card that it follows."
    advice = "The authority must issue it again, valid from now."


class KeyReused(WireError):
    """Keys given up once may be in other hands."""

    code = "key-reused"
    text = "Card {serial} of {authority} goes back to the key {key} of an earlier card."
    advice = "The authority must issue a card with new keys."


class NotTheirsToRevoke(WireError):
    """Keys can revoke themselves and older ones, never newer ones: whoever stole an old key could stop the new."""

    code = "not-theirs-to-revoke"
    text = "The revocation of {authority} is signed by an older card than the one that names {key}."
    advice = "Ring the authority; if its newest keys are really lost, the administrator enters the revocation by hand."


class RevokesNothing(WireError):
    """A revocation that names no key on any card that we hold, up to the one that signed it."""

    code = "revokes-nothing"
    text = "The revocation of {authority} names {key} and no key that is held."
    advice = "Nothing is needed: nothing here stands on these keys."


class RevokedAhead(WireError):
    """Keys are revoked when they are lost, not ahead of it: what is meant for later is said later."""

    code = "revoked-ahead"
    text = "{authority} revokes keys from {since} on, which has not come."
    advice = "The authority must set its clock, or send the revocation when the time has come."


class SentInDoubt(KeyRevoked):
    """The key was in other hands when this came, so its own word on when it was written proves nothing."""

    code = "sent-in-doubt"
    text = "{authority} reported the key {key} stolen; what came with it after {at} is refused, whatever time it gives."
    advice = "The author sends it again under its new card, or shows a receipt from before the theft was known."
