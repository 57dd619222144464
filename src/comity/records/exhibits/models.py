# SPDX-License-Identifier: Apache-2.0
"""Contents, exhibits, and what was said of them. Rows are added and never changed, but for a content's key, which can
be destroyed."""

from django.db import models

from comity.records.casefiles.models import Case


class Content(models.Model):
    """Bytes, kept once whatever exhibits have them: digests in the clear, and the age identity that opens them, sealed
    in the vault; None once it was shredded. `file` names the age file in the store, `sealed_size` is its size."""

    digest = models.CharField(primary_key=True, max_length=71)
    blake3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    file = models.CharField(max_length=36)
    sealed_size = models.BigIntegerField()
    identity = models.BinaryField(null=True)
    stored = models.DateTimeField()


class Exhibit(models.Model):
    """One thing that is evidence. Of a folder, or of several files, the content is an archive and `manifest` lists
    what lies in it."""

    id = models.CharField(primary_key=True, max_length=36)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="exhibits")
    name = models.TextField()
    packed = models.BooleanField(default=False)
    files = models.PositiveIntegerField(default=1)
    manifest = models.BinaryField(null=True)
    added = models.DateTimeField()
    added_by = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index("case", "id", name="exhibit_case")]


class CustodyStep(models.Model):
    """Who had an exhibit in hands: what was done, by whom, when, and the statement, whose digest is in the register at
    `leaf`."""

    id = models.BigAutoField(primary_key=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    statement = models.BinaryField()
    digest = models.CharField(max_length=71)
    leaf = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index("exhibit", "id", name="custody_of")]
