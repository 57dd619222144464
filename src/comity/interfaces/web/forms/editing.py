# SPDX-License-Identifier: Apache-2.0
"""What a form sends beside the body: files, and the wish for one row more or less."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from comity.interfaces.web.forms.read import Upload
from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.protocol.terms.errors import Problem
from comity.protocol.wire.errors import TooLarge


def uploads(request: HttpRequest, name: str) -> list[Upload]:
    """The files sent under `name`. Raises `TooLarge` before any of them is read whole."""
    files = request.FILES.getlist(name)
    size = sum(each.size or 0 for each in files)
    if size > ATTACHMENTS_LIMIT:
        raise TooLarge(what="What you attached", size=size, limit=ATTACHMENTS_LIMIT)
    return [Upload(each.name or "file", each.content_type or "", each.read()) for each in files]


def fitting(request: HttpRequest, name: str, body: Mapping[str, Any]) -> tuple[list[Upload], tuple[Problem, ...]]:
    """The files sent under `name`; none of them, and the problem, when they and those that `body` keeps are too large
    together."""
    kept = sum(len(str(each.get("data", ""))) * 3 // 4 for each in body.get(name, ()))
    sent = sum(each.size or 0 for each in request.FILES.getlist(name))
    if sent and kept + sent > ATTACHMENTS_LIMIT:
        return [], (Problem(name, "attachments-too-large"),)
    return uploads(request, name), ()


def rows_asked(post: QueryDict) -> tuple[QueryDict, Mapping[str, int] | None]:
    """The POST without the row to remove, and the paths to show more rows of; None when the form itself was sent."""
    added, removed = post.get("_add"), post.get("_remove")
    if added:
        return post, {added: 1}
    if not removed:
        return post, None
    left = post.copy()
    for name in [each for each in left if re.match(re.escape(removed) + r"(\.|$)", each)]:
        del left[name]
    return left, {}
