# SPDX-License-Identifier: Apache-2.0
"""What every template knows: the node, the reader's language and its direction."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from comity.interfaces.web.times import PATTERNS
from comity.interfaces.web.words import language
from comity.protocol.terms.languages import LANGUAGES

_DIRECTIONS = {each.code: each.direction for each in LANGUAGES}


def direction() -> str:
    """The direction of the reader's script: ltr or rtl."""
    return _DIRECTIONS[language()]


def node(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    home = getattr(request, "comity", None)
    code = language()
    session = getattr(request, "session", None)
    return {
        "node": home.config if home else None,
        "language": code,
        "languages": settings.LANGUAGES,
        "direction": direction(),
        "done": session.pop("said", "") if session and "said" in session else "",
        "clock_words": {name: gettext(pattern) for name, pattern in PATTERNS.items()},
    }
