# SPDX-License-Identifier: Apache-2.0
"""Django's name for the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`."""

    name = "comity.interfaces.web"
    label = "web"
