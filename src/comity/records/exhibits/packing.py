# SPDX-License-Identifier: Apache-2.0
"""A folder, or several files, as one stream with a manifest.

The stream is a POSIX archive (pax), its members in the order of their names, so that every tool of every court opens
it. The manifest says of each file its path, size, time and SHA-256; of links and of folders that are empty that they
were there. What is neither file, folder nor link (a device, a socket) is refused by name. A file that changes while it
is read is refused: nothing would have had that digest.
"""

import hashlib
import io
import os
import stat
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comity.protocol.wire import canonical
from comity.protocol.wire.names import format_time
from comity.records.exhibits.errors import SourceChanged, SourceUnfit

BLOCK = 1 << 20
MANIFEST_LIMIT = 1 << 30
Write = Callable[[bytes], None]


@dataclass(slots=True)
class Packed:
    """What a stream holds: its manifest, how many files, how many bytes of them."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    files: int = 0
    size: int = 0

    def manifest(self) -> bytes:
        """As canonical JSON."""
        return canonical.encode({"v": 1, "entries": self.entries}, limit=MANIFEST_LIMIT)


@dataclass(frozen=True, slots=True)
class Member:
    """Something to pack: where it lies, and under which name."""

    path: Path
    name: str
    about: os.stat_result


def members(paths: Sequence[Path]) -> Iterator[Member]:
    """All that lies under these paths, in the order of the names. Raises `SourceUnfit`."""
    if not paths:
        raise SourceUnfit(name="nothing", why="no path was given")
    names = [each.resolve().name for each in paths]
    if len(set(names)) != len(names):
        raise SourceUnfit(name=names[0], why="two of the paths have the same name")
    for name, path in sorted(zip(names, paths, strict=True)):
        yield from _under(path, name)


def pack(found: Sequence[Member], write: Write, told: Callable[[int], None] = lambda _: None) -> Packed:
    """Write the archive of these members; `told` hears how many bytes of files are in it. Raises `SourceChanged`."""
    packed = Packed()
    with tarfile.open(fileobj=_Pipe(write), mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as archive:
        for each in found:
            _add(archive, each, packed)
            told(packed.size)
    return packed


def _under(path: Path, name: str) -> Iterator[Member]:
    try:
        about = path.lstat()
    except OSError as error:
        raise SourceUnfit(name=name, why=error.strerror or "it cannot be read") from None
    if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode) or stat.S_ISLNK(about.st_mode)):
        raise SourceUnfit(name=name, why="it is neither file, folder nor link")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise SourceUnfit(name=ascii(name), why="its name is not UTF-8; pack it in an archive first") from None
    yield Member(path, name, about)
    if stat.S_ISDIR(about.st_mode):
        for each in sorted(path.iterdir(), key=lambda each: each.name):
            yield from _under(each, f"{name}/{each.name}")


def _add(archive: tarfile.TarFile, each: Member, packed: Packed) -> None:
    header = archive.gettarinfo(each.path, each.name)
    header.type = _type(each.about.st_mode)
    entry: dict[str, Any] = {"path": each.name, "modified": _time(each.about.st_mtime_ns)}
    if header.type == tarfile.SYMTYPE:
        header.linkname, header.size = str(each.path.readlink()), 0
        packed.entries.append(entry | {"type": "link", "to": header.linkname})
        archive.addfile(header)
    elif header.type == tarfile.DIRTYPE:
        packed.entries.append(entry | {"type": "folder"})
        archive.addfile(header)
    else:
        header.size = each.about.st_size
        packed.entries.append(entry | {"type": "file", "size": header.size, "sha256": _file(archive, header, each)})
        packed.files += 1
        packed.size += header.size


def _file(archive: tarfile.TarFile, header: tarfile.TarInfo, each: Member) -> str:
    hashed = hashlib.sha256()
    with each.path.open("rb", buffering=0) as file:
        try:
            archive.addfile(header, _Hashed(file, hashed))
        except OSError:
            raise SourceChanged(name=each.name) from None
        after = os.fstat(file.fileno())
        if file.read(1) or (after.st_size, after.st_mtime_ns) != (each.about.st_size, each.about.st_mtime_ns):
            raise SourceChanged(name=each.name)
    return f"sha256:{hashed.hexdigest()}"


def _type(mode: int) -> bytes:
    if stat.S_ISLNK(mode):
        return tarfile.SYMTYPE
    return tarfile.DIRTYPE if stat.S_ISDIR(mode) else tarfile.REGTYPE


def _time(nanoseconds: int) -> str:
    return format_time(datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC))


class _Hashed(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: Any, hashed: Any) -> None:
        self._file, self._hashed = file, hashed

    def read(self, size: int = -1) -> bytes:
        """A block."""
        block: bytes = self._file.read(size)
        self._hashed.update(block)
        return block


class _Pipe(io.RawIOBase):
    """What tarfile writes, handed on."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def write(self, block: Any) -> int:
        """A block of the archive."""
        self._write(bytes(block))
        return len(block)
