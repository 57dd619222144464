# SPDX-License-Identifier: Apache-2.0
"""The authorities this node knows, itself included: their cards for ever, their standing, and what is known of their
register."""

from django.db import models


class Standing(models.TextChoices):
    """How far this node trusts another."""

    OURSELVES = "ourselves"
    INVITED = "invited"  # we hold its card and have not yet compared the words
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    BY_LETTER = "by-letter"  # it has no node: we enter its letters, and write to it on paper


class Authority(models.Model):
    """One authority. `compared_by` is the officer who compared the words by telephone."""

    id = models.CharField(primary_key=True, max_length=64)
    name = models.TextField()
    country = models.CharField(max_length=2)
    standing = models.CharField(max_length=16, choices=Standing.choices, db_index=True)
    since = models.DateTimeField()
    compared_by = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)


class Correspondent(models.Model):
    """An authority that has no node, as an officer entered it; `source` says how we know where it is written to. It
    stays when the authority gets a node: threads by letter were with it."""

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.PROTECT, related_name="correspondent"
    )
    name = models.TextField()
    address = models.TextField()
    source = models.TextField()
    timezone = models.CharField(max_length=64)
    roles = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    telephone = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=200, blank=True)
    entered = models.DateTimeField()
    entered_by = models.CharField(max_length=64)


class CardRecord(models.Model):
    """A card as it was signed. Superseded cards stay for ever: old messages are judged by them."""

    digest = models.CharField(primary_key=True, max_length=71)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="cards")
    serial = models.PositiveIntegerField()
    signed = models.JSONField()
    came = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    compared = models.BooleanField(default=False)

    class Meta:
        ordering = ("accepted", "serial")


class RevocationRecord(models.Model):
    """Keys that an authority, or our administrator on its word (then unsigned), declared no longer its own.

    `statement` is the revocation's bytes, `reaches` the key ids that it was found to reach here.
    """

    digest = models.CharField(primary_key=True, max_length=71)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="revocations")
    statement = models.BinaryField()
    signed = models.JSONField(null=True)
    reaches = models.JSONField()
    at = models.DateTimeField()


class Watch(models.Model):
    """What we know of a peer's register, and it of ours.

    `seen_*` is the last checkpoint of theirs that we verified; `theirs_of_ours` the size of our register that they
    have verified; `begun` when we began to watch it, for the first time or anew after an alarm; `card_sent` the
    digest of the card of ours that they have shown to hold, or of a revocation of ours that they have yet to hear. A
    non-empty `alarm` stops all exchange until a person looks."""

    authority = models.OneToOneField(Authority, primary_key=True, on_delete=models.PROTECT, related_name="watch")
    seen_size = models.PositiveBigIntegerField(default=0)
    seen_note = models.TextField(blank=True)
    seen_cosigned = models.TextField(blank=True)
    seen_root = models.BinaryField(max_length=32, default=bytes)
    seen_at = models.DateTimeField(null=True)
    begun = models.DateTimeField(null=True)
    theirs_of_ours = models.PositiveBigIntegerField(default=0)
    card_sent = models.CharField(max_length=71, blank=True)
    alarm = models.TextField(blank=True)
    alarm_at = models.DateTimeField(null=True)
