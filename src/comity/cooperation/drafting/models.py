# SPDX-License-Identifier: Apache-2.0
"""A request being written. A draft may be wrong; only what passes the gate leaves this table."""

from django.db import models


class Draft(models.Model):
    """A request or a move that its author still changes. `revision` guards against two hands writing at once."""

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField(max_length=64)
    to = models.JSONField()
    via = models.JSONField(default=list)
    body = models.JSONField()
    handling = models.JSONField()
    entered = models.JSONField(default=dict)  # of a letter that came in: whose, when, of which day, and its scan
    case = models.CharField(max_length=36, blank=True)
    author = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    outgoing = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [models.Index("outgoing", "changed", name="draft_open")]


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
