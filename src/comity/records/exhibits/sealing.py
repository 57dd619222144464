# SPDX-License-Identifier: Apache-2.0
"""Our end of the pipe that seals: content goes in, is hashed on its way, and is an age file on disk when it is done.

    with Sealing(folder) as sealing:
        for block in blocks:
            sealing.write(block)
        sealed = sealing.finish()

The memory used does not grow with the content. Until `finish` has answered nothing counts; leaving without it removes
what was written.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from blake3 import blake3
from pyrage import x25519

from comity.protocol.wire.names import Digest
from comity.records.exhibits.errors import NotSealed

BLOCK = 1 << 20
_PROGRAM = Path(__file__).with_name("box.py")
_PIPE = 1 << 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """A content that lies encrypted in `file`: how large it is, its digests in the clear, and the identity that opens
    it."""

    file: Path
    size: int
    sha256: Digest
    blake3: str
    identity: str

    def discard(self) -> None:
        """Remove what was written, unless it has a name by now."""
        self.file.unlink(missing_ok=True)
        if self.file.parent.exists():
            self.file.parent.rmdir()


class Sealing:
    """One content on its way into an age file in `folder`. Raises `NotSealed`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = Path(tempfile.mkdtemp(dir=folder, prefix="in-")) / "content.age"
        self._sha256, self._blake3, self._size = hashlib.sha256(), blake3(), 0
        self._identity = x25519.Identity.generate()
        self._done = False

    def __enter__(self) -> Self:
        words = [sys.executable, "-I", str(_PROGRAM), "seal", str(self._identity.to_public()), str(self._file)]
        self._box = subprocess.Popen(  # noqa: S603  our own program, by its path
            words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={}
        )
        fcntl.fcntl(self._pipe(), fcntl.F_SETPIPE_SZ, _PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._box.poll() is None:
            self._box.kill()
        self._box.communicate()
        if not self._done:
            self.discard()

    def write(self, block: bytes) -> None:
        """More of the content."""
        self._sha256.update(block)
        self._blake3.update(block)
        self._size += len(block)
        view = memoryview(block)
        try:
            while view:
                view = view[os.write(self._pipe(), view) :]
        except BrokenPipeError:
            raise self._fault() from None

    def finish(self) -> Sealed:
        """That was all of it: it is on disk now."""
        _, said = self._box.communicate()
        if self._box.returncode != 0:
            raise NotSealed(why=_why(said, self._box.returncode))
        self._done = True
        digest = Digest(f"sha256:{self._sha256.hexdigest()}")
        return Sealed(self._file, self._size, digest, self._blake3.hexdigest(), str(self._identity))

    def discard(self) -> None:
        """Remove what was written."""
        self._file.unlink(missing_ok=True)
        self._file.parent.rmdir()

    def _pipe(self) -> int:
        if self._box.stdin is None:
            raise NotSealed(why="its pipe is closed")
        return self._box.stdin.fileno()

    def _fault(self) -> NotSealed:
        _, said = self._box.communicate()
        return NotSealed(why=_why(said, self._box.returncode))


def _why(said: bytes, code: int) -> str:
    return said.decode(errors="replace").strip()[:200] or f"the program that encrypts ended with {code}"
