# SPDX-License-Identifier: Apache-2.0
"""Which characters the letters' fonts can show, read from the fonts themselves (the table `cmap` of OpenType).

Only the two forms that our fonts have are read: 4 for the first 65,536 characters, 12 for all.
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "vendor"
"""Filled by tools/setup_assets.py: one folder a family, each with its licence."""


@cache
def covered(folder: Path = FONTS) -> frozenset[int]:
    """The code points that at least one of the fonts shows; asked once for a folder."""
    return frozenset(code for path in sorted(folder.glob("*/*.ttf")) for code in characters(path))


def characters(path: Path) -> Iterator[int]:
    """The code points that a font has a glyph for."""
    with path.open("rb") as file:
        head = file.read(12)
        records = file.read(16 * struct.unpack(">H", head[4:6])[0])
        tables = {records[at : at + 4]: records[at + 8 : at + 16] for at in range(0, len(records), 16)}
        offset, length = struct.unpack(">II", tables[b"cmap"])
        file.seek(offset)
        cmap = file.read(length)
    (count,) = struct.unpack(">H", cmap[2:4])
    for at in {struct.unpack(">I", cmap[8 + 8 * n : 12 + 8 * n])[0] for n in range(count)}:
        (form,) = struct.unpack(">H", cmap[at : at + 2])
        if form == 4:
            yield from _form4(cmap[at:])
        elif form == 12:
            yield from _form12(cmap[at:])


def _form4(table: bytes) -> Iterator[int]:
    """Segments of code points; one whose glyph is 0 is not shown."""
    (double,) = struct.unpack(">H", table[6:8])
    ends, starts, deltas, ranges = (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    for at in range(0, double, 2):
        end, start, delta, reach = (
            struct.unpack_from(">H", table, each + at)[0] for each in (ends, starts, deltas, ranges)
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if reach:
                (glyph,) = struct.unpack_from(">H", table, ranges + at + reach + 2 * (code - start))
            if (glyph + delta) & 0xFFFF if glyph or not reach else 0:
                yield code


def _form12(table: bytes) -> Iterator[int]:
    """Groups of code points."""
    (groups,) = struct.unpack(">I", table[12:16])
    for start, end, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * groups]):
        yield from range(start if glyph else start + 1, end + 1)
