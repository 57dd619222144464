# SPDX-License-Identifier: Apache-2.0
"""Django's name for these records."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """The app `authorities`."""

    name = "comity.records.authorities"
    label = "authorities"
