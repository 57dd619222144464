# SPDX-License-Identifier: Apache-2.0
"""Django's name for these records."""

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    """The app `exhibits`."""

    name = "comity.records.exhibits"
    label = "exhibits"
