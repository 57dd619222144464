# SPDX-License-Identifier: Apache-2.0
"""Our end of the pipe that opens: the content of an age file, block by block, hashed on its way.

Whoever reads to the end knows that it is what was put there: a difference raises `NotOpened` after the last block.
Whoever stops before has read bytes that age vouches for, and nothing about the whole.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from comity.protocol.wire.names import Digest
from comity.records.exhibits.errors import NotOpened

BLOCK = 1 << 20
_PROGRAM = Path(__file__).with_name("box.py")


def blocks(file: Path, identity: str, content: Digest) -> Iterator[bytes]:
    """The content of `file`, which must have the digest `content`. Raises `NotOpened`."""
    hashed = hashlib.sha256()
    with subprocess.Popen(  # noqa: S603  our own program, by its path
        [sys.executable, "-I", str(_PROGRAM), "open", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
    ) as box:
        if box.stdin is None or box.stdout is None or box.stderr is None:
            raise NotOpened(digest=content, why="the program that decrypts has no pipes")
        try:
            box.stdin.write(identity.encode() + b"\n")
            box.stdin.close()
            while block := box.stdout.read(BLOCK):
                hashed.update(block)
                yield block
            said = box.stderr.read().decode(errors="replace").strip()
            ended = box.wait()
        finally:
            box.kill()
    if ended != 0:
        raise NotOpened(digest=content, why=said[:200] or f"the program that decrypts ended with {ended}")
    if f"sha256:{hashed.hexdigest()}" != content:
        raise NotOpened(digest=content, why="it has another digest")
