# SPDX-License-Identifier: Apache-2.0
"""Which door an address leads to: `/comity/…` is for peers, `/static/…` for browsers, everything else for officers."""

from django.urls import include, path

from comity.interfaces.web import assets

urlpatterns = [
    path("comity/", include("comity.interfaces.federation.urls")),
    path("static/<path:name>", assets.serve),
    path("", include("comity.interfaces.web.urls")),
]

handler400 = "comity.interfaces.web.problems.bad_request"
handler403 = "comity.interfaces.web.problems.forbidden"
handler404 = "comity.interfaces.web.problems.not_found"
handler500 = "comity.interfaces.web.problems.failed"
