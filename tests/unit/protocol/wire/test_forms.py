# SPDX-License-Identifier: Apache-2.0
"""Addresses, origins and hosts have one form each."""

import pytest

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.forms import host_name, web_address, web_origin


@pytest.mark.parametrize(
    "value",
    [
        "https://node.example/comity/v1",
        "http://127.0.0.1:8001/comity/v1",
        "https://[2001:db8::1]:8443/",
        "https://node.example",
    ],
)
def test_addresses(value: str) -> None:
    assert web_address(value, "card", "endpoints") == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "node.example",
        "ftp://node.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "HTTPS://node.example/",
        "https://",
        "https:///path",
        "https://user@node.example/",
        "https://user:word@node.example/",
        "https://node.example/?q",
        "https://node.example/#part",
        "https://node.example:port/",
        "https://node.example:99999/",
        "https://node.example:0/",
        "https://node.example:",
        "https://[::1/",
        "https://node.example/a b",
        "https://node.example/\n",
        "https://nöde.example/",
        "https://node.example/" + "x" * 2048,
    ],
)
def test_what_is_no_address(value: object) -> None:
    with pytest.raises(BadMember):
        web_address(value, "card", "endpoints")


@pytest.mark.parametrize(
    ("value", "rp_id"),
    [
        ("https://desk.example.org", "desk.example.org"),
        ("https://desk.example.org:8443", "example.org"),
        ("http://es.localhost:8001", "es.localhost"),
        ("http://localhost:8001", "localhost"),
        ("https://desk", "desk"),
    ],
)
def test_origins(value: str, rp_id: str) -> None:
    assert web_origin(value, rp_id, "officer", "origins") == value


@pytest.mark.parametrize(
    ("value", "rp_id"),
    [
        (None, "example.org"),
        ("https://desk.example.org/", "desk.example.org"),
        ("https://DESK.example.org", "desk.example.org"),
        ("https://user@desk.example.org", "desk.example.org"),
        ("http://desk.example.org", "desk.example.org"),
        ("http://notlocalhost", "notlocalhost"),
        ("https://127.0.0.1:8001", "127.0.0.1"),
        ("https://badexample.org", "example.org"),
        ("https://example.org", "desk.example.org"),
        ("https://desk.org", "org"),
    ],
)
def test_what_is_no_origin_for_that_name(value: object, rp_id: str) -> None:
    with pytest.raises(BadMember):
        web_origin(value, rp_id, "officer", "origins")


@pytest.mark.parametrize("value", ["localhost", "es.localhost", "desk-1.example.org"])
def test_hosts(value: str) -> None:
    assert host_name(value, "officer", "rp_id") == value


@pytest.mark.parametrize("value", [None, "", "Example.org", "-a.org", "a..org", "10.0.0.1", "a" * 254, "a_b"])
def test_what_is_no_host(value: object) -> None:
    with pytest.raises(BadMember):
        host_name(value, "officer", "rp_id")
