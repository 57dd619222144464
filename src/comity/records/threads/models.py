# SPDX-License-Identifier: Apache-2.0
"""Threads and their messages. A message is kept as it came, byte for byte; a thread's row is a projection, made anew
at every change."""

from typing import Any

from django.db import models

from comity.records.casefiles.models import Case


class Side(models.TextChoices):
    """What this node is in a thread."""

    ASKING = "asking"
    ASKED = "asked"
    RELAYING = "relaying"


class Recalled(models.TextChoices):
    """Who owes an answer to a recall in a thread."""

    NOT = "", "nobody"
    OURS = "ours"
    THEIRS = "theirs"


class Thread(models.Model):
    """One request and all that followed, as the desk lists it. Every column but `case` is a pure function of the
    messages."""

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=64)
    side = models.CharField(max_length=8, choices=Side.choices)
    counterpart = models.CharField(max_length=64)
    further = models.PositiveIntegerField(default=0)  # whom we asked beside the counterpart
    reference = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=40)
    state_digest = models.CharField(max_length=71)
    ours = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    due = models.DateTimeField(null=True)  # the soonest that still counts, what for, and whether it is our duty
    due_what = models.CharField(max_length=200, blank=True)
    due_ours = models.BooleanField(default=False)
    recall = models.CharField(max_length=6, choices=Recalled.choices, blank=True)
    opened = models.DateTimeField()
    updated = models.DateTimeField()
    holders = models.JSONField(default=list)  # every party and relay: who may be asked for, or given, its messages
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="threads")

    class Meta:
        indexes = [
            # The desk: our move first, by what is due; then the rest by what moved last. Keyset pages ride on both.
            models.Index("open", "ours", "due", "id", name="thread_desk"),
            models.Index("updated", "id", name="thread_updated"),
            models.Index("state", "updated", "id", name="thread_state"),
            models.Index("case", "updated", name="thread_case"),
        ]


class StoredMessage(models.Model):
    """One message: the signed statement, approvals and endorsements as canonical JSON bytes.

    There is no foreign key to `Thread`: a message may come before the one that opens its thread; until that comes too
    it is a `stray`.
    """

    digest = models.CharField(primary_key=True, max_length=71)
    thread = models.CharField(max_length=36)
    kind = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    sent = models.DateTimeField()
    stored = models.DateTimeField()
    opens = models.BooleanField(default=False)
    stray = models.BooleanField(default=False)
    content = models.BinaryField()

    class Meta:
        indexes = [
            models.Index("thread", "sent", name="message_thread"),
            models.Index("sender", condition=models.Q(stray=True), name="message_stray"),
        ]


class SignedReceipt(models.Model):
    """A receipt as its giver signed it: one for all the messages of a parcel."""

    digest = models.CharField(primary_key=True, max_length=71)
    signed = models.JSONField()


class StoredReceipt(models.Model):
    """That a recipient gave us a receipt for a message, and which. `at` is when the message came there by its register,
    and never after we heard of it."""

    message = models.CharField(max_length=71)
    recipient = models.CharField(max_length=64)
    receipt = models.ForeignKey(SignedReceipt, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("message", "recipient", name="receipt_once")]

    @property
    def signed(self) -> Any:
        """The receipt itself, as JSON."""
        return self.receipt.signed


class Scan(models.Model):
    """A letter as it came, scanned: of a draft, and of the thread that the draft opened, or of a thread alone."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=71, db_index=True)
    draft = models.CharField(max_length=36, blank=True)
    thread = models.CharField(max_length=36, blank=True)
    name = models.TextField()
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    added = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("digest", "draft", "thread", name="scan_once")]
