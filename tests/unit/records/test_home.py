# SPDX-License-Identifier: Apache-2.0
"""A home's identifiers and instants, and which database the code at hand works in."""

import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from comity.protocol.wire.names import AuthorityId, format_time, message_id, parse_time
from comity.records import database
from comity.records.authorities.keyring import KeyRing
from comity.records.config import NodeConfig
from comity.records.home import Home

AT = datetime(2026, 11, 22, 9, 0, 0, 123_999, tzinfo=UTC)
CONFIG = NodeConfig(home=Path(), authority=AuthorityId("ES/x"), name="Sample", country="ES")


def home(at: datetime = AT, alias: str = "default") -> Home:
    return Home(CONFIG, KeyRing.of(()), lambda: at, os.urandom, alias)


def test_an_instant_is_what_travels() -> None:
    now = home().now()
    assert now == AT.replace(microsecond=123_000)
    assert parse_time(format_time(now)) == now


@pytest.mark.parametrize("offset", [-11, 0, 8])
def test_an_instant_is_the_same_in_every_zone(offset: int) -> None:
    local = AT.astimezone(timezone(timedelta(hours=offset)))
    assert home(local).now() == home().now()


def test_ids_tell_their_time_and_differ() -> None:
    made = {home().new_id() for _ in range(100)}
    assert len(made) == 100
    for each in made:
        message_id(each)
        assert int(each.replace("-", "")[:12], 16) == int(AT.timestamp() * 1000)


def test_later_ids_sort_later() -> None:
    assert home().new_id() < home(AT + timedelta(milliseconds=1)).new_id()


def test_queries_follow_the_home_and_come_back() -> None:
    router = database.HomeRouter()
    assert database.alias() == "default"
    with home(alias="one").active():
        with home(alias="two").active():
            assert (router.db_for_read(None), router.db_for_write(None)) == ("two", "two")
        assert database.alias() == "one"
        with pytest.raises(ValueError, match="x"), database.using("three"):
            raise ValueError("x")
        assert database.alias() == "one"
    assert database.alias() == "default"


def test_another_thread_works_elsewhere() -> None:
    seen: list[str] = []
    with home(alias="one").active():
        thread = threading.Thread(target=lambda: seen.append(database.alias()))
        thread.start()
        thread.join()
    assert seen == ["default"]
