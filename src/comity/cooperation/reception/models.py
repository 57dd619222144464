# SPDX-License-Identifier: Apache-2.0
"""What came and was not taken: kept by digest and reason, so that an officer can ask the sender about it."""

from django.db import models


class Rejection(models.Model):
    """One refused message or envelope. The bytes are not kept; the peer still has them."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=71, db_index=True)
    peer = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64)
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
