# SPDX-License-Identifier: Apache-2.0
"""All that a relay answers to."""

from django.urls import path

from comity.interfaces.federation import relay_views

urlpatterns = [
    path("mailbox/<str:country>/<str:name>", relay_views.leave),
    path("mailbox/<str:country>/<str:name>/collect", relay_views.collect),
]
