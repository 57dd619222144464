# SPDX-License-Identifier: Apache-2.0
"""Django's name for this station."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """The app `dispatch`."""

    name = "comity.cooperation.dispatch"
    label = "dispatch"
