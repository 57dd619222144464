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
    hands = models.JSONField(default=list)  # whoever wrote in it: none of them compares a letter that they read
    case = models.CharField(max_length=36, blank=True)
    author = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    outgoing = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [models.Index("outgoing", "changed", name="draft_open")]
