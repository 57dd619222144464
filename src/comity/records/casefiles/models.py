# SPDX-License-Identifier: Apache-2.0
"""A case: what a team at this node works on, under which its threads lie."""

from django.db import models


class Case(models.Model):
    """An id that means the same everywhere, and a title that never leaves the node."""

    id = models.CharField(primary_key=True, max_length=36)
    title = models.TextField()
    created = models.DateTimeField()
    created_by = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index("created", name="case_created")]
