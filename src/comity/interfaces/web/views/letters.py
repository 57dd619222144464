# SPDX-License-Identifier: Apache-2.0
"""The letter of a thread's request, or of another message of it, as a download in the language that the officer
chose; the export is registered."""

from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from comity.cooperation.dispatch import lettering
from comity.interfaces.web.door import Visit, signed_in

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Whatever shows the PDF runs nothing that lies in it and asks nobody for anything."""


@require_POST
@signed_in
def letter(visit: Visit, id: str) -> HttpResponse:
    """The PDF. Raises as `lettering.letter_of`."""
    language = visit.request.POST.get("language", "")
    made = lettering.letter_of(visit.home, visit.actor, id, language, visit.request.POST.get("message", ""))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{quote(id)}-{language}.pdf"'
    response["Content-Security-Policy"] = POLICY
    return response
