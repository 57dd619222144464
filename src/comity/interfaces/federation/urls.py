# SPDX-License-Identifier: Apache-2.0
"""The one address that peers post to."""

from django.urls import path

from comity.interfaces.federation import views

urlpatterns = [path("v1", views.exchange)]
