# SPDX-License-Identifier: Apache-2.0
"""Bytes that are not what they claim to be.

WireError
├── NotCanonical, TooLarge, TooDeep, BadMember, UnknownVersion      the text itself
├── SignatureMissing, SignatureInvalid                              who wrote it
├── KeyUnknown, KeyExpired, KeyRevoked                              by which card
├── NotForUs, CannotOpen                                            for whom
├── ApprovalMissing, ApprovalInvalid                                which officer stood behind it
└── EndorsementMissing, EndorsementInvalid                          which home authority relayed it
"""

from comity.protocol.errors import ComityError


class WireError(ComityError):
    """The bytes are refused before anything is done with them."""

    code = "wire"


class NotCanonical(WireError):
    """The text is not RFC 8785 canonical JSON as Comity narrows it."""

    code = "not-canonical"
    text = "The text is not canonical JSON: {why}."
    advice = "The sender's software must write canonical JSON (RFC 8785); its administrator runs the conformance suite."


class TooLarge(WireError):
    """More bytes than the format allows."""

    code = "too-large"
    text = "{what} has {size} bytes; {limit} is the limit."
    advice = "Send large material as an exhibit, or split the message."


class TooDeep(WireError):
    """Nested deeper than any honest message is."""

    code = "too-deep"
    text = "The text nests deeper than {limit} levels."
    advice = "Nothing in Comity nests so deep; treat the sender's software as faulty."


class BadMember(WireError):
    """A member is missing or has a value outside its format."""

    code = "bad-member"
    text = "{what}: member {member} {why}."
    advice = "The sender must correct the member; the page of the format in docs/protocol shows an example."


class UnknownVersion(WireError):
    """A protocol version that this software does not speak."""

    code = "unknown-version"
    text = "{what} is of version {version}; this node reads version {known}."
    advice = "Update the older of the two nodes."


class SignatureMissing(WireError):
    """One of the two signatures that must both hold is absent."""

    code = "signature-missing"
    text = "The {algorithm} signature is missing; both signatures must be there."
    advice = "Ask for the message again from its author."


class SignatureInvalid(WireError):
    """A signature does not hold: the bytes or the key are not the author's."""

    code = "signature-invalid"
    text = "The {algorithm} signature does not hold."
    advice = "Do not use the message; ask its author for it again by another channel."


class KeyUnknown(WireError):
    """No card that we hold names this key."""

    code = "key-unknown"
    text = "No accepted card of {authority} names the key {key}."
    advice = "Ask the authority for its current card and compare the words by telephone."


class KeyExpired(WireError):
    """The card was not valid when the message was written."""

    code = "key-expired"
    text = "The card of {authority} that names the key {key} was not valid at {at}."
    advice = "The authority must issue a new card and sign the message again."


class KeyRevoked(WireError):
    """The key was revoked before the message was written."""

    code = "key-revoked"
    text = "{authority} revoked the key {key} at {at}."
    advice = "Treat the message as forged until the authority confirms it by telephone."


class NotForUs(WireError):
    """Sealed to somebody else, or to a key that we never had."""

    code = "not-for-us"
    text = "The envelope is sealed to {recipient}, key {key}; this node cannot open it."
    advice = "Send the recipient's current card to the sender."


class CannotOpen(WireError):
    """The seal is broken: the bytes were changed on the way."""

    code = "cannot-open"
    text = "The envelope does not open: it was changed on the way or sealed to another key."
    advice = "The sender will send it again; if it repeats, compare cards by telephone."


class ApprovalMissing(WireError):
    """Fewer officers stood behind the statement than its kind asks."""

    code = "approval-missing"
    text = "A {kind} needs {needed} approving officers; {found} hold."
    advice = "The author must have it approved and send it again."


class ApprovalInvalid(WireError):
    """An approval does not hold for exactly this statement and an enrolled officer."""

    code = "approval-invalid"
    text = "The approval of officer {officer} does not hold: {why}."
    advice = "The author must have the statement approved again by an officer on its current card."


class EndorsementMissing(WireError):
    """The message names a home authority that should have relayed it, and did not sign."""

    code = "endorsement-missing"
    text = "{authority} should have relayed this message and has not endorsed it."
    advice = "The author must send it by way of that authority."


class EndorsementInvalid(WireError):
    """An endorsement of another message."""

    code = "endorsement-invalid"
    text = "The endorsement of {authority} is not of this message."
    advice = "Ask that authority to relay the message again."
