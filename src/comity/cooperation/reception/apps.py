# SPDX-License-Identifier: Apache-2.0
"""Django's name for this station."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """The app `reception`."""

    name = "comity.cooperation.reception"
    label = "reception"
