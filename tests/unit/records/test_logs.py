# SPDX-License-Identifier: Apache-2.0
"""Logs: one object a line, our own fields only, and of libraries the place but never the words."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from comity.records import logs

SECRET = "Sample Person, +34 000 000 000 (invented)"


@pytest.fixture(autouse=True)
def root() -> Iterator[None]:
    """The test's own root logger, put back afterwards."""
    logger, ours = logging.getLogger(), logging.getLogger("comity")
    before = list(logger.handlers), logger.level, ours.level
    yield
    logger.handlers[:], level, our_level = before
    logger.setLevel(level)
    ours.setLevel(our_level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(each) for each in capsys.readouterr().err.splitlines()]


def test_an_event_of_ours_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logs.log("line-rests", peer="ES/policia-nacional", attempts=3, seconds=1.5)
    (found,) = lines(capsys)
    assert set(found) == {"at", "level", "event", "peer", "attempts", "seconds"}
    assert (found["event"], found["level"], found["attempts"]) == ("line-rests", "info", 3)
    assert found["at"].endswith("+00:00")


def test_of_a_library_only_the_place_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logger = logging.getLogger("django.request")
    logger.warning("Forbidden: %s", SECRET)
    try:
        int(SECRET)
    except ValueError:
        logger.exception(SECRET, extra={"comity": {"name": SECRET}})
    first, second = lines(capsys)
    assert {"at", "level", "event", "logger", "where"} == set(first)
    assert second["error"] == "ValueError"
    assert "Sample" not in json.dumps([first, second])


def test_a_logger_that_calls_itself_ours_is_a_library(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logging.getLogger("comity.interfaces").warning(SECRET)
    assert lines(capsys)[0]["event"] == "library"


def test_libraries_are_silent_below_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logging.getLogger("httpx").info("HTTP Request: POST http://127.0.0.1/")
    logging.getLogger("granian").debug("x")
    assert not lines(capsys)


def test_setting_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logs.set_up()
    logs.log("once")
    assert len(lines(capsys)) == 1
