# SPDX-License-Identifier: Apache-2.0
"""What all tests share, in this order: the fixtures, how random the random tests are, and who runs beside whom.

Fixtures lie in `tests/fixtures`, one subject a file. Hypothesis runs under the profile `ci` (the same examples each
time), or `thorough` (many more, new ones each time) when HYPOTHESIS_PROFILE says so.

Tests in `tests/twonode` start nodes and tests in `tests/browser` start a browser too: each of the two folders keeps to
one process of pytest-xdist, and both go first, so that the rest fills the time beside them.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.fixtures.vectors", "tests.fixtures.postgres", "tests.fixtures.browser", "tests.fixtures.homes"]

settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "thorough", deadline=None, max_examples=2_000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

HERE = Path(__file__).parent
ALONE = ("browser", "twonode")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names bytes by their place in the list: theirs may be random, and all processes must name a test alike."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups the tests that start processes, marks those that need a browser, and puts both first."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        if folder in ALONE:
            item.add_marker(pytest.mark.xdist_group(folder))
        if folder == "browser":
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
