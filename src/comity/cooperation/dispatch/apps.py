# SPDX-License-Identifier: Apache-2.0
"""Django's name for this station."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class DispatchConfig(AppConfig):
    """The app `dispatch`."""

    name = "comity.cooperation.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        """Hear of every new card."""
        from comity.cooperation.dispatch.announcing import announce_card

        post_save.connect(announce_card, "authorities.CardRecord", dispatch_uid="announce-card")
