# SPDX-License-Identifier: Apache-2.0
"""Where the encrypted contents lie: one age file for each content, under a name that says nothing.

    exhibits/
        a4/01a2….age        whole, synced, and never changed
        incoming/in-…/      being written; swept when it is old and nobody writes it

A name appears when its file is whole, and never again with other bytes.
"""

import os
import shutil
import time
from pathlib import Path

from comity.records.exhibits.errors import NotSealed
from comity.records.home import Home

FOLDER = "exhibits"
_STALE = 2 * 24 * 3600
"""Seconds after which something half-written is nobody's."""


def incoming(home: Home) -> Path:
    """Where a content is written before it has a name; what was left there long ago is swept."""
    folder = _folder(home) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in folder.glob("in-*"):
        if each.stat().st_mtime < time.time() - _STALE:
            shutil.rmtree(each, ignore_errors=True)
    return folder


def place(home: Home, name: str) -> Path:
    """Where the file of that name lies, or would."""
    return _folder(home) / name[-2:] / f"{name}.age"


def keep(home: Home, file: Path, name: str) -> None:
    """Give a whole file its name. Raises `NotSealed`."""
    target = place(home, name)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.link(file, target)
        file.unlink()
        file.parent.rmdir()
        _sync(target.parent)
        _sync(target.parent.parent)
    except OSError as error:
        raise NotSealed(why=error.strerror or type(error).__name__) from None


def discard(home: Home, name: str) -> None:
    """Remove a file: its content was never registered, or its key is gone and nothing can be read in it."""
    place(home, name).unlink(missing_ok=True)


def _folder(home: Home) -> Path:
    return home.config.home / FOLDER


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
