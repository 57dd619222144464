# SPDX-License-Identifier: Apache-2.0
"""The language of the pages: the officer's, kept in a cookie so that the sign-in page speaks it too."""

from django.conf import settings
from django.http import HttpResponse

CODES = frozenset(code for code, _ in settings.LANGUAGES)


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser keep the language, if the pages have it."""
    code = language.lower()
    if code in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response
