# SPDX-License-Identifier: Apache-2.0
"""Django's name for this station."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """The app `drafting`."""

    name = "comity.cooperation.drafting"
    label = "drafting"
