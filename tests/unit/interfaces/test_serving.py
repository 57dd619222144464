# SPDX-License-Identifier: Apache-2.0
"""Where the server listens: an address, or a named error."""

import pytest

from comity.interfaces.serving import address, serve_http
from comity.records.errors import ConfigurationError


@pytest.mark.parametrize(
    ("listen", "found"),
    [
        ("127.0.0.1:8001", ("127.0.0.1", 8001)),
        ("[::1]:80", ("::1", 80)),
        ("es.localhost:65535", ("es.localhost", 65535)),
    ],
)
def test_an_address_is_a_host_and_a_port(listen: str, found: tuple[str, int]) -> None:
    assert address(listen) == found


@pytest.mark.parametrize(
    "listen", ["", "nonsense", ":8001", "127.0.0.1:", "x:0", "x:65536", "x:-1", "x:８００１", "x:1e3"]
)
def test_what_is_none_is_named(listen: str) -> None:
    with pytest.raises(ConfigurationError, match="--listen"):
        serve_http("comity.node:load_application", listen)
