# SPDX-License-Identifier: Apache-2.0
"""The pages' own styles, scripts and fonts, from the package itself.

An address carries the hash of its content, so that a browser keeps a file for ever and never shows an old one. Texts go
out compressed: they are read and packed once, and kept in memory.
"""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from comity.records.errors import NotFound

ROOT = Path(__file__).parent / "static"
_PACKED = frozenset({".css", ".js", ".svg"})


@cache
def _names() -> frozenset[str]:
    """Every file there is, each under its one name: other spellings of a path would be kept in memory again and
    again."""
    return frozenset(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())


@cache
def _content(name: str) -> tuple[bytes, bytes, str]:
    """The file's bytes, the same packed (empty when it is not worth it), and its hash. Raises `NotFound`."""
    path = ROOT / name
    data = path.read_bytes()
    packed = gzip.compress(data, 9, mtime=0) if path.suffix in _PACKED else b""
    return data, packed, hashlib.sha256(data).hexdigest()[:16]


def address(name: str) -> str:
    """Where a file is served, with the hash of what it holds."""
    plain = "".join(name)  # a template's string is of a kind that paths do not take
    return f"/static/{plain}?{_content(plain)[2]}"


def serve(request: HttpRequest, name: str) -> HttpResponse:
    """One file. Under an address with the right hash it never changes."""
    if name not in _names():
        raise NotFound(what="file", id=name[:80])
    data, packed, digest = _content(name)
    small = bool(packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        packed if small else data, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream"
    )
    if small:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    kept = request.META.get("QUERY_STRING") == digest
    response["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "public, max-age=3600"
    return response
