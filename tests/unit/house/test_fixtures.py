# SPDX-License-Identifier: Apache-2.0
"""The shared fixtures are what they promise: a real PostgreSQL, sockets to this machine only."""

import socket

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError


def test_postgres_is_real_and_empty(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        version = connection.execute("SHOW server_version_num").fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert version is not None
    assert int(version[0]) >= 160000
    assert tables == (0,)


def test_each_test_has_a_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE mine (n int)")
        assert connection.execute("SELECT count(*) FROM mine").fetchone() == (0,)


@pytest.mark.filterwarnings("ignore:A test tried to use:UserWarning")
def test_a_socket_cannot_leave_this_machine() -> None:
    with socket.socket() as outward, pytest.raises(SocketConnectBlockedError):
        outward.connect(("192.0.2.1", 80))


def test_a_socket_reaches_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"comity")
            accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(6) == b"comity"
