# SPDX-License-Identifier: Apache-2.0
"""Django's name for these records."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The app `register`."""

    name = "comity.records.register"
    label = "register"
