# SPDX-License-Identifier: Apache-2.0
"""A QR code as one SVG path: a telephone reads the digest from the paper, and nobody types 64 digits.

Error correction is of level M, for paper that is copied and stamped; the quiet zone of four modules is part of the
picture.
"""

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4


def svg(text: str) -> str:
    """The QR code of `text`. The same text gives the same picture."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
