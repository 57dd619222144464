# SPDX-License-Identifier: Apache-2.0
"""The work that an accepted request sets: one task for one officer, and the small files that it brought."""

from django.db import models


class Task(models.Model):
    """Something to be done for a thread by somebody until some time."""

    id = models.CharField(primary_key=True, max_length=36)
    thread = models.CharField(max_length=36, db_index=True)
    what = models.TextField()
    officer = models.CharField(max_length=64)
    due = models.DateTimeField(null=True)
    created = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    done = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, blank=True)


class Finding(models.Model):
    """A small file that execution found, waiting to be produced. Larger things are exhibits."""

    id = models.CharField(primary_key=True, max_length=36)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="findings")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=71)
    content = models.BinaryField()
    added = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    produced_in = models.CharField(max_length=36, blank=True)
