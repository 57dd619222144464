# SPDX-License-Identifier: Apache-2.0
"""The rows of the register.

There is no table of tree nodes: each leaf's row carries the interior nodes that the leaf completes
(`protocol.ledger.tree` says which), so that an append writes one row a leaf and a proof reads one set of rows. `Head`
carries the frontier, so that an append reads nothing else.
"""

from django.db import models

from comity.records.register.columns import DigestField, LeafIndexField, MessageIdField


class Leaf(models.Model):
    """One event. `salt`, `entry`, `thread` and `message` are gone once the leaf was erased; the rest stays for ever.

    `event`, `thread` and `message` repeat what the entry says, for pages to ask by; `check` holds them against it.
    """

    index = LeafIndexField(primary_key=True)
    commitment = models.BinaryField(max_length=32)
    nodes = models.BinaryField()
    salt = models.BinaryField(max_length=32, null=True)
    entry = models.BinaryField(null=True)
    event = models.CharField(max_length=32)
    thread = MessageIdField(null=True)
    message = DigestField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "index"], name="leaf_thread", condition=models.Q(thread__isnull=False))
        ]


class Head(models.Model):
    """The one row that says how far the register goes: whoever appends holds it locked."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="head_once")]


class Checkpoint(models.Model):
    """A checkpoint that we signed, kept for ever: no later one may contradict it."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    at = models.DateTimeField()


class Cosignature(models.Model):
    """A witness's line on one of our checkpoints; of several by one witness, the last."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    name = models.CharField(max_length=128)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "name"], name="cosignature_once")]
