# SPDX-License-Identifier: Apache-2.0
"""A peer that repeats itself, or is refused again and again, fills no register."""

from collections.abc import Iterator

import pytest
from tests.fixtures import copies
from tests.fixtures.copies import CHINA, SPAIN
from tests.fixtures.homes import entries
from tests.fixtures.nodes import Network

from comity.cooperation.exchange.compose import Load, compose
from comity.cooperation.reception import leaves
from comity.protocol.wire.names import MessageId
from comity.records.threads import store


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    monkeypatch.setattr(leaves, "AN_HOUR", 3)  # the limit lowered, so that a test reaches it
    with copies.copied(None) as made:
        yield made


def told(network: Network, event: str) -> int:
    return [each["event"] for each in entries(network.nodes[SPAIN].home)].count(event)


def test_a_parcel_repeated_without_end_is_answered_and_told_of_a_few_times(network: Network) -> None:
    china = network.nodes[CHINA]
    thread = copies.ask(china, SPAIN)
    copies.settle(network)
    with china.home.active():
        message = store.messages_of(MessageId(thread))[0]
    envelope = compose(china.home, SPAIN, Load(messages=[message])).envelope
    answers = [network.post(SPAIN, envelope) for _ in range(9)]
    assert all(answers)
    assert told(network, "duplicate") == 3
    copies.clock_of(network).forward(hours=1, minutes=1)
    network.post(SPAIN, compose(china.home, SPAIN, Load(messages=[message])).envelope)
    assert told(network, "duplicate") == 4


def test_messages_refused_without_end_are_refused_and_told_of_a_few_times(network: Network) -> None:
    china, spain = network.nodes[CHINA], network.nodes[SPAIN]
    thread = copies.ask(china, SPAIN)
    with china.home.active():
        message = store.messages_of(MessageId(thread))[0]
    bare = type(message)(message.signed)  # without the officer's approval
    before = told(network, "rejected")
    for _ in range(5):
        network.post(SPAIN, compose(china.home, SPAIN, Load(messages=[bare])).envelope)
    assert told(network, "rejected") == before + 3
    with spain.home.active():
        assert not store.held([message.digest])
    copies.settle(network)
    with spain.home.active():
        assert store.held([message.digest])
