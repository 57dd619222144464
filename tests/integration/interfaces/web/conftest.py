# SPDX-License-Identifier: Apache-2.0
"""The pages of a node, as an officer's browser asks for them, without a browser."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import china, network, spain

from comity.interfaces import request_home
from comity.protocol.wire.octets import from_base64url

__all__ = ["china", "network", "spain"]


@pytest.fixture
def served(china: SimulatedNode) -> Iterator[SimulatedNode]:
    """China's node, which this process answers for."""
    request_home.serve(china.home)
    yield china
    request_home._served.clear()


@pytest.fixture
def desk(served: SimulatedNode, stranger: Client) -> Client:
    """The browser of an approver, signed in with a passkey."""
    return sign_in(served, stranger)


def sign_in(served: SimulatedNode, stranger: Client) -> Client:
    """Let an approver sign in."""
    person, key = served.approvers[0]
    asked = stranger.post("/sign-in/begin").json()
    challenge = from_base64url(asked["options"]["challenge"], "options", "challenge")
    handle = from_base64url(person.handle, "officer", "handle")
    response = key.get(challenge, served.home.config.rp_id, served.home.config.origin, handle)
    answer = stranger.post("/sign-in/passkey", {"ceremony": asked["ceremony"], "response": json.dumps(response)})
    assert answer.status_code == 302
    return stranger


@pytest.fixture
def stranger(served: SimulatedNode) -> Client:
    """A browser in which nobody signed in."""
    return Client(headers={"host": "127.0.0.1"})
