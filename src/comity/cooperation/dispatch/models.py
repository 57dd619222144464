# SPDX-License-Identifier: Apache-2.0
"""What is about to leave, and what is on its way."""

from django.db import models


class Outgoing(models.Model):
    """A statement frozen for approval: `id`, `sent` and `after` never change again, or every approval would be void."""

    class Status(models.TextChoices):
        """Where the statement is."""

        AWAITING = "awaiting"
        SENT = "sent"
        DISCARDED = "discarded"

    id = models.CharField(primary_key=True, max_length=36)
    thread = models.CharField(max_length=36, db_index=True)
    kind = models.CharField(max_length=64)
    statement = models.BinaryField()
    digest = models.CharField(max_length=71, unique=True)
    needed = models.PositiveSmallIntegerField()
    approvals = models.JSONField(default=list)
    author = models.CharField(max_length=64)
    hands = models.JSONField(default=list)  # whoever read a letter into it: none of them compares it
    case = models.CharField(max_length=36, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    created = models.DateTimeField()
    ticket = models.CharField(max_length=64, blank=True)  # SHA-256 of a one-time token that opens the approval page
    ticket_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("status", "created", name="outgoing_status")]


class Outbox(models.Model):
    """One message on its way to one peer. Rows of a peer leave in the order of their ids."""

    class Status(models.TextChoices):
        """How far it came."""

        WAITING = "waiting"
        LEFT = "left"  # lies at a mailbox or on a disk; the receipt comes later
        DELIVERED = "delivered"  # the receipt verified
        REFUSED = "refused"  # the peer named a fault that sending again will not mend
        TO_POST = "to-post"  # it goes to an authority without a node: an officer posts it
        POSTED = "posted"  # it left as a letter; whether it came, people must ask

    id = models.BigAutoField(primary_key=True)
    message = models.CharField(max_length=71)
    thread = models.CharField(max_length=36)
    peer = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    queued = models.DateTimeField()
    settled = models.DateTimeField(null=True)
    fault = models.CharField(max_length=64, blank=True)
    tries = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(null=True)  # not before then: it was answered with a reason that time may mend

    class Meta:
        constraints = [models.UniqueConstraint("message", "peer", name="outbox_once")]
        indexes = [
            models.Index("peer", "id", condition=models.Q(status="waiting"), name="outbox_waiting"),
            models.Index("settled", condition=models.Q(status="left"), name="outbox_left"),
            models.Index("id", condition=models.Q(status="to-post"), name="outbox_to_post"),
            models.Index("thread", name="outbox_thread"),
        ]


class Posting(models.Model):
    """How a message left on paper: the PDF's digest and language, the road, the day, and what tells it at the post. If
    word came that it arrived: when, and what says so."""

    outbox = models.OneToOneField(Outbox, primary_key=True, on_delete=models.PROTECT, related_name="posting")
    letter = models.CharField(max_length=71)
    language = models.CharField(max_length=8)
    road = models.CharField(max_length=32)
    on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=64)
    noted = models.DateTimeField()
    arrived = models.DateField(null=True)
    arrived_by = models.CharField(max_length=32, blank=True)


class Reply(models.Model):
    """A parcel owed to a peer that did not ask over a line that we could answer on: receipts for a file or a mailbox;
    or nothing but our newest card and revocations, which every parcel brings."""

    id = models.BigAutoField(primary_key=True)
    peer = models.CharField(max_length=64, db_index=True)
    members = models.JSONField()
    queued = models.DateTimeField()


class Line(models.Model):
    """The state of the line to one peer: when it may next be tried, and how it last went."""

    peer = models.CharField(primary_key=True, max_length=64)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    last_good = models.DateTimeField(null=True)
    fault = models.CharField(max_length=64, blank=True)
    fault_at = models.DateTimeField(null=True)
    detail = models.TextField(blank=True)
    swept = models.DateTimeField(null=True)  # when both sides last compared the threads touched since
    sweep_after = models.CharField(max_length=160, blank=True)  # since when, and the last thread that was compared
