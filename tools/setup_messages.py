# SPDX-License-Identifier: Apache-2.0
"""Compiles each translation `locale/LANGUAGE/LC_MESSAGES/*.po` under src into the .mo beside it, when it is newer.

A catalogue that cannot be read stops the set-up with its name. Nothing compiled is committed; the wheel carries it.
"""

import io
import re
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
TEXT = re.compile(rb'\s*("|msg)')
QUOTED = re.compile(rb'\s*(msg[a-z_]+(\[\d\])?\s+)?"(\\.|[^"\\])*"\s*')


def main() -> int:
    """Compiles what is out of date; an unreadable catalogue is named and ends the run."""
    for catalogue in sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.is_file() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        problem = compile_catalogue(catalogue, compiled)
        if problem:
            print(f"comity: {catalogue.relative_to(SOURCE)}: {problem}", file=sys.stderr)
            return 1
    return 0


def compile_catalogue(catalogue: Path, compiled: Path) -> str:
    """Writes `compiled`, or returns what is wrong: the form of `catalogue`, or the placeholders of a text."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    data = catalogue.read_bytes()
    try:
        messages = read_po(io.BytesIO(data), locale=catalogue.parts[-3], abort_invalid=True)
    except (PoFileError, ValueError) as error:
        return str(error)
    for number, line in enumerate(data.splitlines(), start=1):
        if TEXT.match(line) and not QUOTED.fullmatch(line):
            return f"line {number} is not a text in quotes"
    for message, errors in messages.check():
        return f"line {message.lineno}: {errors[0]}"
    with compiled.open("wb") as stream:
        write_mo(stream, messages)
    return ""


if __name__ == "__main__":
    sys.exit(main())
