# SPDX-License-Identifier: Apache-2.0
"""The house's rules for source files: their licence, their length, and where an error may be caught whole.

What git tracks is judged, so that a file half written on someone's desk breaks nobody's run.
"""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fixtures.vectors import ROOT

SPDX = "SPDX-License-Identifier: Apache-2.0"
SOURCES = {".py", ".sh", ".toml", ".yaml", ".yml", ".html", ".css", ".js", ".po", ".sql"}
NAMED = {"Makefile", "run"}
LONGEST = 500


def tracked(*patterns: str) -> list[Path]:
    """The files that git tracks and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def short(path: Path) -> str:
    """The path as a person names it."""
    return str(path.relative_to(ROOT))


def broad_catches(source: str) -> Iterator[int]:
    """The lines that catch everything without saying `# boundary: why`."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        caught: list[ast.expr | None]
        if isinstance(node, ast.ExceptHandler):
            caught = list(node.type.elts) if isinstance(node.type, ast.Tuple) else [node.type]
            last = max(node.lineno, node.body[0].lineno - 1)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = list(node.args)
            last = node.end_lineno or node.lineno
        else:
            continue
        broad = any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in caught)
        if broad and not any("# boundary: " in line for line in lines[node.lineno - 1 : last]):
            yield node.lineno


def test_every_source_file_names_its_licence() -> None:
    written = [path for path in tracked() if "migrations" not in path.parts]  # Django writes those
    sources = [path for path in written if path.suffix in SOURCES or path.name in NAMED]
    assert len(sources) > 20
    bare = [short(path) for path in sources if SPDX not in "".join(path.read_text().splitlines(keepends=True)[:3])]
    assert bare == []


def test_no_file_is_too_long() -> None:
    lengths = {short(path): len(path.read_text().splitlines()) for path in tracked("src/*.py")}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_caught_whole_without_a_reason() -> None:
    python = tracked("src/*.py", "tools/*.py", "tests/*.py", "benchmarks/*.py")
    assert [f"{short(path)}:{line}" for path in python for line in broad_catches(path.read_text())] == []


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("except:", [3]),
        ("except Exception:", [3]),
        ("except (ValueError, BaseException) as error:", [3]),
        ("except ValueError:", []),
        ("except Exception:  # boundary: a worker outlives its task", []),
        ("except Exception:  # boundary:", [3]),
        ("except (\n    Exception\n) as error:  # boundary: a worker outlives its task", []),
        ("except Exception as error:\n    # boundary: a worker outlives its task", []),
    ],
)
def test_the_rule_sees_a_broad_catch(clause: str, found: list[int]) -> None:
    assert list(broad_catches(f"try:\n    pass\n{clause}\n    pass\n")) == found


def test_the_rule_sees_a_broad_suppression() -> None:
    assert list(broad_catches("with contextlib.suppress(Exception):\n    pass\n")) == [1]


def test_no_lock_file_names_an_address() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
    assert "//" not in (ROOT / "constraints.txt").read_text()
