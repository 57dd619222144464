# SPDX-License-Identifier: Apache-2.0
"""What was refused lately, counted: so that noise leaves few leaves in the register, and none for what comes again."""

from django.db import models


class Rejection(models.Model):
    """One envelope refused whole: its digest and the reason. The bytes are not kept; whoever sent it still has them."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=71, db_index=True)
    code = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=1)
