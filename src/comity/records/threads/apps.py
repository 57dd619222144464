# SPDX-License-Identifier: Apache-2.0
"""Django's name for these records."""

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """The app `threads`."""

    name = "comity.records.threads"
    label = "threads"
