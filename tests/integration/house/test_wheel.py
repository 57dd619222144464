# SPDX-License-Identifier: Apache-2.0
"""The wheel, as a stranger gets it: whole, and enough by itself to verify a proof.

1. It is built from what is in the project and carries the pages' assets and compiled translations.
2. Installed alone in an empty environment, from wheels only, its command line answers, with no Django there.
3. Where Django is installed, the command line still leaves it alone until a node is asked for.
"""

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.fixtures.vectors import ROOT

needs_cli = pytest.mark.skipif(
    find_spec("comity.interfaces.cli") is None or find_spec("comity.interfaces.cli.main") is None,
    reason="the command line (comity.interfaces.cli.main) is not written yet",
)
HEAVY = ("django", "numba", "icu")
ASK = """
import sys
from comity.interfaces.cli.main import main
try:
    main()
finally:
    print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built the way `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("comity-*.whl")
    return built


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that must succeed; its errors are shown when it does not."""
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def test_the_wheel_carries_all_that_a_node_needs(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    vendor = "comity/interfaces/web/static/vendor"
    assert {
        f"{vendor}/tabler/tabler.min.css",
        f"{vendor}/tabler/tabler.rtl.min.css",
        f"{vendor}/tabler/LICENSE",
        f"{vendor}/htmx/htmx.min.js",
        f"{vendor}/fonts.css",
        "comity/py.typed",
        "comity/formats/letters/template/letter.typ",
        "comity/formats/letters/labels/km.json",
        "comity/formats/letters/vendor/noto-sans-khmer/LICENSE_FONT",
        "comity/formats/letters/vendor/noto-sans-khmer/NotoSansKhmer_400Regular.ttf",
    } <= inside
    source = ROOT / "src"
    catalogues = [path.relative_to(source).with_suffix(".mo") for path in source.glob("**/LC_MESSAGES/*.po")]
    assert {str(path) for path in catalogues} <= inside
    assert not [name for name in inside if "__pycache__" in name or "axe" in name]


@needs_cli
def test_the_wheel_alone_answers(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "empty", cwd=tmp_path)
    programs = tmp_path / "empty" / "bin"
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--only-binary", ":all:", "--constraint", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    assert "verify" in run(programs / "comity", "--help", cwd=tmp_path)
    assert "usage" in run(programs / "comity", "verify", "--help", cwd=tmp_path).lower()
    installed = run(programs / "python", "-m", "pip", "list", "--disable-pip-version-check", cwd=tmp_path).lower()
    assert "cryptography" in installed
    assert "django" not in installed


@needs_cli
@pytest.mark.parametrize("question", [["--help"], ["verify", "--help"]], ids=" ".join)
def test_asking_for_help_loads_nothing_heavy(question: list[str], tmp_path: Path) -> None:
    said = run(sys.executable, "-c", ASK, *question, cwd=tmp_path)
    loaded = said.rpartition("loaded:")[2].split()
    assert "comity" in loaded
    assert not set(HEAVY) & set(loaded)
