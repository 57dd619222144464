# SPDX-License-Identifier: Apache-2.0
"""The typesetter, run by `typeset` as a program of its own: `press.py TEMPLATE FONTS SECONDS`, JSON in, PDF out.

In this order: its own limits are set (memory, processor time, no file may be written); the letter is read; it is set as
PDF/A-2a, which courts can archive, and where a rare combination of characters cannot be shown in that form, as plain
PDF. It imports nothing of Comity, so that a fault in here holds nothing of a node.
"""

import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import PDFStandard

MEMORY = 2 << 30
PROCESSOR = 50


def main(template: str, fonts: str, sent: str) -> int:
    """Sets the letter on standard input; 1 when it cannot be set."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst

    data = sys.stdin.buffer.read().decode()
    held = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    forms: tuple[list[PDFStandard], ...] = (["a-2a"], [])
    for standards in forms:
        try:
            made = typst.compile(
                template,
                root=str(Path(template).parent),
                font_paths=held,
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"letter": data},
                pdf_standards=standards,
                timestamp=int(sent),
            )
        except typst.TypstError:
            continue
        sys.stdout.buffer.write(made)
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
