# SPDX-License-Identifier: Apache-2.0
"""A proof, note or checkpoint that does not hold.

LedgerError
├── OutOfRange                                  a place that the register does not have
├── BadOpening                                  entry and salt that are not the leaf's
├── BadProof                                    hashes that do not lead to the root
│   └── Unproven                                … from the checkpoint we had seen to the new one
├── BadNote                                     text that is no signed note
│   └── BadCheckpoint, BadKey                   … no checkpoint, no verifier key
├── NoteUnsigned, NoteForged, DuplicateLine     whose signature is on it
├── WrongOrigin, Rollback, Fork                 what a register may not show us
└── BadReceipt                                  a receipt that does not say what it must
    └── NotReceipted                            … about the message that we ask about
"""

from comity.protocol.errors import ComityError

_ASK_ANEW = "Ask the register's authority for it again; if it repeats, telephone them."


class LedgerError(ComityError):
    """What was shown of a register does not hold."""

    code = "ledger"


class OutOfRange(LedgerError):
    """There is no such leaf or size."""

    code = "out-of-range"
    text = "The register has no {what} {value} at size {size}."
    advice = "Ask for a place below the size of the checkpoint."


class BadOpening(LedgerError):
    """The entry and its salt do not give the leaf's commitment."""

    code = "bad-opening"
    text = "The entry is not the one that the register committed to."
    advice = "The entry or its salt was changed after it was registered: keep both versions and tell the auditor."


class BadProof(LedgerError):
    """The hashes do not lead where they must."""

    code = "bad-proof"
    text = "The {what} proof does not hold: {why}."
    advice = _ASK_ANEW


class Unproven(BadProof):
    """Nothing shows that the new checkpoint extends the one that we had seen."""

    code = "unproven"
    text = (
        "{origin}: the proof from size {seen_size}, root {seen_root}, "
        "to size {new_size}, root {new_root}, does not hold: {why}."
    )
    advice = "Keep both checkpoints and ask for the proof again; if it repeats, treat the register as forked."


class BadNote(LedgerError):
    """The bytes are no C2SP signed note."""

    code = "bad-note"
    text = "The text is not a signed note: {why}."
    advice = _ASK_ANEW


class BadCheckpoint(BadNote):
    """The note's text is no C2SP checkpoint."""

    code = "bad-checkpoint"
    text = "The note is not a checkpoint: {why}."


class BadKey(BadNote):
    """The text is no verifier key."""

    code = "bad-vkey"
    text = "The text is not a verifier key: {why}."
    advice = "Copy the key again, whole, from the authority's card."


class NoteUnsigned(LedgerError):
    """No line of the note is by the key that we trust."""

    code = "note-unsigned"
    text = "The note carries no signature by {name}, key {key}."
    advice = "Check that the authority's current card is the one in use."


class NoteForged(LedgerError):
    """A line names the key that we trust, and its signature does not hold."""

    code = "note-forged"
    text = "The signature by {name}, key {key}, does not hold."
    advice = "Do not use the note; ask its author for it by another channel."


class DuplicateLine(LedgerError):
    """Two lines by one key: only one can be meant."""

    code = "duplicate-line"
    text = "The note carries {count} signatures by {name}, key {key}; one is allowed."
    advice = _ASK_ANEW


class WrongOrigin(LedgerError):
    """A checkpoint of another register."""

    code = "wrong-origin"
    text = "The checkpoint is of the register {found}, not of {expected}."
    advice = "Whoever passed the checkpoint on mixed up two registers, or its key signed for another: telephone them."


class Rollback(LedgerError):
    """The register shows fewer leaves than it had."""

    code = "rollback"
    text = "{origin} had {seen_size} leaves, root {seen_root}, and now shows {new_size}, root {new_root}."
    advice = "Keep both checkpoints; ask whether the node was restored from an old copy, and have it catch up."


class Fork(LedgerError):
    """The register told two stories, and both are signed."""

    code = "fork"
    text = "{origin} signed two histories: size {seen_size}, root {seen_root}, and size {new_size}, root {new_root}."
    advice = "Keep both checkpoints as evidence, send them to the other witnesses, and stop relying on this register."


class BadReceipt(LedgerError):
    """A member of the receipt is missing or says something else."""

    code = "bad-receipt"
    text = "The receipt's {member} {why}."
    advice = "The message stays unreceipted and is sent again; if it repeats, telephone the recipient."


class NotReceipted(BadReceipt):
    """The receipt holds, but is about other messages."""

    code = "not-receipted"
    text = "The receipt does not mention the message {message}."
