# SPDX-License-Identifier: Apache-2.0
"""Why a person is turned away. What could help a guesser is told the same way for every cause; the register knows the
cause.

AccountError
├── SignInRefused       whatever was wrong: who, what, or when
├── TooManyGuesses      come back later; says when
├── LinkRefused         an enrolment link that is unknown, used, replaced, or past its time
├── ResponseRefused     a passkey's response that does not hold for what was asked
├── PasskeyCloned       a passkey whose counter went back: there may be two of it
├── PasswordRefused     too easy to guess
├── CodeRefused         a code that the TOTP device does not show now, or that was used before
├── OfficerInactive     suspended, or outside the time the officer serves here
├── SelfApproval        an administrator may not make themself an approver
├── RolesMissing        an officer without a role; suspend them instead
├── LastAdministrator   somebody must be left to run the node
└── ApprovalRefused     this assertion does not approve these bytes
"""

from enum import StrEnum
from typing import Self

from comity.records.errors import RecordError


class Fault(StrEnum):
    """What can be wrong with a passkey's response: a name for the register, and words for the person."""

    LATE = "late"
    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    OTHER_CEREMONY = "other-ceremony"
    OTHER_CHALLENGE = "other-challenge"
    OTHER_ORIGIN = "other-origin"
    FRAMED = "framed"
    OTHER_RP = "other-rp"
    UNVERIFIED_USER = "unverified-user"
    ATTESTED = "attested"
    BAD_KEY = "bad-key"
    SIGNATURE = "signature"
    UNKNOWN_PASSKEY = "unknown-passkey"
    ENROLLED = "enrolled"
    SOFTWARE = "software"
    NO_APPROVER = "no-approver"
    NOT_ON_CARD = "not-on-card"

    @property
    def words(self) -> str:
        """The end of a sentence that starts with the response or the approval."""
        return _WORDS[self]


_WORDS = {
    Fault.LATE: "it comes too late, or twice",
    Fault.MALFORMED: "it is not of the form that a browser sends",
    Fault.TOO_LARGE: "it is too large",
    Fault.OTHER_CEREMONY: "it answers another kind of question",
    Fault.OTHER_CHALLENGE: "it answers another challenge",
    Fault.OTHER_ORIGIN: "it was given at another origin",
    Fault.FRAMED: "another site framed the page",
    Fault.OTHER_RP: "it is for another RP ID",
    Fault.UNVERIFIED_USER: "the authenticator did not verify who used it",
    Fault.ATTESTED: "it carries an attestation that was not asked for",
    Fault.BAD_KEY: "its key is of a kind that others could not check",
    Fault.SIGNATURE: "its signature does not hold",
    Fault.UNKNOWN_PASSKEY: "the passkey is not one that is enrolled here",
    Fault.ENROLLED: "the passkey is enrolled already",
    Fault.SOFTWARE: "software keeps this passkey, and only sample data may",
    Fault.NO_APPROVER: "the officer is not an active approver",
    Fault.NOT_ON_CARD: "our card of the statement's time does not name the officer with this passkey",
}


class AccountError(RecordError):
    """The node turns a person away."""

    code = "account"


class SignInRefused(AccountError):
    """One answer to every failed sign-in."""

    code = "sign-in-refused"
    text = "You could not be signed in."
    advice = "Try again; if it repeats, ask your administrator for a new enrolment link."


class TooManyGuesses(AccountError):
    """Guessing is slowed down, for this officer or from this place."""

    code = "too-many-guesses"
    text = "There were too many failed attempts. Wait {seconds} seconds."
    advice = "Wait, or sign in with a passkey: that is never slowed down."


class LinkRefused(AccountError):
    """One answer to every enrolment link that does not open."""

    code = "link-refused"
    text = "This enrolment link does not open anything: it was used, replaced, or is past its time."
    advice = "Ask your administrator for a new link."


class ResponseRefused(AccountError):
    """What the browser sent does not answer what the node asked."""

    code = "passkey-refused"
    text = "The passkey's response does not hold: {why}."
    advice = "Start again on this node's own page; the address must be the one you were given."

    @classmethod
    def of(cls, fault: Fault) -> Self:
        """The error for this fault."""
        return cls(fault=fault.value, why=fault.words)


class PasskeyCloned(AccountError):
    """The counter of a passkey did not go up (WebAuthn level 3, section 6.1.1)."""

    code = "passkey-cloned"
    text = "The passkey's counter went back: there may be a second copy of it."
    advice = "Tell your administrator at once; have the passkey removed and enrol a new one."


class PasswordRefused(AccountError):
    """A password that a guesser would try. `why` names the rules, never the password."""

    code = "password-refused"
    text = "This password will not do: {why}."
    advice = "Choose several words that nobody would put together."


class CodeRefused(AccountError):
    """The code is not the one that the officer's device shows now, or it was used before."""

    code = "code-refused"
    text = "This is not the code that the device should show now."
    advice = "Check that the device's clock is right, and wait for the next code."


class OfficerInactive(AccountError):
    """The officer does not serve here now."""

    code = "officer-inactive"
    text = "Officer {officer} is not active."
    advice = "Ask the administrator."


class SelfApproval(AccountError):
    """Whoever runs the people may not also make themself the one who approves."""

    code = "self-approval"
    text = "An administrator cannot make themself an approver."
    advice = "Another administrator must do it."


class RolesMissing(AccountError):
    """An officer is something here."""

    code = "roles-missing"
    text = "An officer needs at least one role."
    advice = "Choose a role, or suspend the officer."


class LastAdministrator(AccountError):
    """The change would leave nobody who can run the node."""

    code = "last-administrator"
    text = "Officer {officer} is the last active administrator."
    advice = "Enrol another administrator first."


class ApprovalRefused(AccountError):
    """No approval comes of this."""

    code = "approval-refused"
    text = "Officer {officer} cannot approve this so: {why}."
    advice = "An officer with the role approver must confirm the statement with a passkey of theirs."

    @classmethod
    def of(cls, fault: Fault, officer: str) -> Self:
        """The error for this fault."""
        return cls(officer=officer, fault=fault.value, why=fault.words)
