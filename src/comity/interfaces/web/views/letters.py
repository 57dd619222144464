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

DIGITS = 12
"""How much of a message's digest its file name has: enough to tell the messages of a thread apart."""


@require_POST
@signed_in
def letter(visit: Visit, id: str) -> HttpResponse:
    """The PDF. Raises as `lettering.letter_of`."""
    language, message = (visit.request.POST.get(each, "") for each in ("language", "message"))
    made = lettering.letter_of(visit.home, visit.actor, id, language, message)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(id, message, language)}"'
    response["Content-Security-Policy"] = POLICY
    return response


def _file_name(thread: str, message: str, language: str) -> str:
    """One name for each message of a thread: that of a message chosen has the beginning of its digest."""
    digest = message.partition(":")[2][:DIGITS]
    return "-".join(("letter", *(quote(each) for each in (thread, digest) if each), language)) + ".pdf"
