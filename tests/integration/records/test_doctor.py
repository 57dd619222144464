# SPDX-License-Identifier: Apache-2.0
"""The node's doctor: each finding once good and once bad, and never a fault of its own."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connections
from tests.fixtures.copies import SPAIN, copied
from tests.fixtures.homes import ENGINES
from tests.fixtures.nodes import Network, SimulatedNode

from comity.records import doctor
from comity.records.accounts import people
from comity.records.accounts.roster import card_officers
from comity.records.action import acting
from comity.records.actors import CONSOLE
from comity.records.authorities import issuing, keyring
from comity.records.authorities.keyring import KeyRing
from comity.records.authorities.models import CardRecord
from comity.records.doctor import Finding, examine
from comity.records.home import Home


@pytest.fixture
def node(fresh: Network) -> SimulatedNode:
    """Spain's node."""
    return fresh.nodes[SPAIN]


@pytest.fixture(params=ENGINES)
def doomed(request: pytest.FixtureRequest) -> Iterator[SimulatedNode]:
    """A node whose tables a test may take away."""
    with copied(request.getfixturevalue("postgres") if request.param == "postgres" else None, nodes=1) as made:
        yield next(iter(made.nodes.values()))


def finding(home: Home, what: str) -> Finding:
    return next(each for each in examine(home) if each.what == what)


def test_a_sound_node_has_nothing_to_mend(node: SimulatedNode) -> None:
    found = examine(node.home)
    assert [each.what for each in found] == ["files", "disk", "tables", "card", "keys", "approvers", "law"]
    assert all(each.good for each in found), found
    assert all(each.as_text().startswith("ok") for each in found)


def test_files_that_others_can_read(node: SimulatedNode) -> None:
    path = keyring.keys_folder(node.home.config) / "session"
    path.chmod(0o644)
    told = finding(node.home, "files")
    assert not told.good
    assert str(path) in told.words
    assert told.as_text().startswith("MEND files")
    path.chmod(0o600)
    assert finding(node.home, "files").good


def test_a_passphrase_beside_the_keys_is_for_samples_only(node: SimulatedNode) -> None:
    real = replace(node.home, config=replace(node.home.config, sample=False))
    assert "beside the keys" in finding(real, "files").words
    (real.config.home / "elsewhere").write_bytes(b"x")
    (real.config.home / "elsewhere").chmod(0o600)
    assert finding(replace(real, config=replace(real.config, passphrase="file:elsewhere")), "files").good
    (real.config.home / "elsewhere").chmod(0o640)
    assert not finding(replace(real, config=replace(real.config, passphrase="file:elsewhere")), "files").good
    assert finding(replace(real, config=replace(real.config, passphrase="env:SOMETHING")), "files").good


def test_keys_that_lie_elsewhere_are_looked_at_there(node: SimulatedNode) -> None:
    place = node.home.config.home / "safe"
    place.mkdir()
    (place / "1.json").write_text("{}")
    (place / "1.json").chmod(0o644)
    moved = replace(node.home, config=replace(node.home.config, keys="file:safe"))
    assert str(place / "1.json") in finding(moved, "files").words


def test_a_full_disk(node: SimulatedNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "MIN_FREE", 1 << 62)
    assert not finding(node.home, "disk").good


def test_tables_of_an_earlier_version_and_a_store_without_any(doomed: SimulatedNode) -> None:
    call_command("migrate", "execution", "zero", database=doomed.home.alias, verbosity=0, interactive=False)
    assert "migrations wait" in finding(doomed.home, "tables").words
    store = connections[doomed.home.alias]
    with store.cursor() as cursor:
        cursor.execute("DROP TABLE authorities_cardrecord" + " CASCADE" * (store.vendor == "postgresql"))
    told = finding(doomed.home, "card")
    assert not told.good
    assert "the store does not serve" in told.words


def test_a_card_that_ends_soon(node: SimulatedNode) -> None:
    node.home.clock.forward(days=node.home.config.card_days - 20)  # type: ignore[attr-defined]
    told = finding(node.home, "card")
    assert (told.good, "node card --renew" in told.words) == (False, True)


def test_a_node_without_a_card(node: SimulatedNode) -> None:
    with node.home.active():
        CardRecord.objects.filter(authority=node.authority).delete()
    assert "not founded" in finding(node.home, "card").words


def test_keys_newer_than_the_card(node: SimulatedNode) -> None:
    generation = keyring.add_generation(node.home.config, os.urandom)
    cut_short = replace(node.home, keys=KeyRing.of((*node.home.keys.generations, generation)))
    assert not finding(cut_short, "keys").good
    with acting(cut_short, CONSOLE) as act:  # what `comity node card --renew` does
        issuing.reissue(act, card_officers(cut_short, act.now))
    assert finding(cut_short, "keys").good


def test_too_few_approvers(node: SimulatedNode) -> None:
    people.suspend_officer(node.home, CONSOLE, node.approvers[0][0].pseudonym)
    told = finding(node.home, "approvers")
    assert (told.good, told.words.startswith("1 can approve")) == (False, True)
