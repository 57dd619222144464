# SPDX-License-Identifier: Apache-2.0
"""Which door an address leads to: `/static/…` is for browsers, everything else for officers. Peers have theirs before
these (`federation.endpoint`)."""

from django.urls import include, path

from comity.interfaces.web import assets

urlpatterns = [
    path("static/<path:name>", assets.serve),
    path("", include("comity.interfaces.web.urls")),
]

handler400 = "comity.interfaces.web.problems.bad_request"
handler403 = "comity.interfaces.web.problems.forbidden"
handler404 = "comity.interfaces.web.problems.not_found"
handler500 = "comity.interfaces.web.problems.failed"
