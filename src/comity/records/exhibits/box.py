# SPDX-License-Identifier: Apache-2.0
"""age, run as a program of its own: `box.py seal RECIPIENT FILE` and `box.py open FILE`.

The library that encrypts holds the interpreter while it works, so it works elsewhere. `seal` reads the content on
standard input, writes the age file, and has it on disk before it ends with 0. `open` reads the identity as the first
line of standard input and writes the content to standard output; it ends with 0 only when the whole file was good.
It imports nothing of Comity. A fault leaves whatever was written: whoever called it removes that.
"""

import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

MEMORY = 1 << 30


def main(do: str, *words: str) -> int:
    """Runs one of the two; 1 when it failed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return _seal(*words) if do == "seal" else _open(*words)
    except OSError as error:
        sys.stderr.write(error.strerror or type(error).__name__)
        return 1


def _seal(recipient: str, file: str) -> int:
    from pyrage import EncryptError, encrypt_io, x25519

    with Path(file).open("xb", buffering=1 << 20) as sealed:
        try:
            encrypt_io(_standard_input(), sealed, [x25519.Recipient.from_str(recipient)])
        except EncryptError as error:
            sys.stderr.write(str(error))
            return 1
        sealed.flush()
        os.fsync(sealed.fileno())
    return 0


def _open(file: str) -> int:
    from pyrage import DecryptError, decrypt_io, x25519

    identity = x25519.Identity.from_str(sys.stdin.buffer.readline().decode().strip())
    with Path(file).open("rb", buffering=1 << 20) as sealed, os.fdopen(1, "wb", 1 << 20, closefd=False) as content:
        try:
            decrypt_io(sealed, content, [identity])
        except DecryptError as error:
            sys.stderr.write(str(error))
            return 1
        content.flush()
    return 0


def _standard_input() -> BinaryIO:
    """In large pieces: age asks for small ones."""
    return os.fdopen(0, "rb", 1 << 20, closefd=False)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
