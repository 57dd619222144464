# SPDX-License-Identifier: Apache-2.0
"""The pages of a node, as an officer's browser asks for them, without a browser."""

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import china, network, spain

from comity.interfaces import request_home

__all__ = ["china", "network", "spain"]


@pytest.fixture
def served(china: SimulatedNode) -> Iterator[SimulatedNode]:
    """China's node, which this process answers for."""
    request_home.serve(china.home)
    yield china
    request_home._served.clear()


@pytest.fixture
def stranger(served: SimulatedNode) -> Client:
    """A browser in which nobody signed in."""
    return Client(headers={"host": "127.0.0.1"})
