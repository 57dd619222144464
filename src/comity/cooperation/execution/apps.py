# SPDX-License-Identifier: Apache-2.0
"""Django's name for this station."""

from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    """The app `execution`."""

    name = "comity.cooperation.execution"
    label = "execution"
