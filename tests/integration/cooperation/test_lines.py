# SPDX-License-Identifier: Apache-2.0
"""What stops a line, each fault in turn; and the road without a line, as a file."""

import pytest
from tests.fixtures.copies import CHINA, SPAIN, ask, clock_of
from tests.fixtures.nodes import Network, SimulatedNode
from tests.fixtures.pairs import a, size

from comity.cooperation.dispatch import exporting, lines
from comity.cooperation.dispatch.lines import LineReport
from comity.cooperation.dispatch.models import Line, Outbox, Reply
from comity.cooperation.reception import importing
from comity.protocol.errors import ComityError
from comity.protocol.wire.names import AuthorityId
from comity.records.actors import CONSOLE, Role
from comity.records.authorities import peers
from comity.records.authorities.models import Watch
from comity.records.errors import NotInSeason, NotPermitted, StandingError


def report(node: SimulatedNode, peer: AuthorityId) -> LineReport:
    return next(each for each in lines.examine(node.home, CONSOLE) if each.authority == peer)


def test_a_new_line_is_idle_and_one_that_worked_is_open(fresh: Network) -> None:
    china = fresh.nodes[CHINA]
    with china.home.active():
        Line.objects.all().delete()
    found = report(china, SPAIN)
    assert (found.good, found.line, found.standing, found.last_good) == (True, "idle", "accepted", "")
    with china.home.active():
        Line.objects.create(peer=SPAIN, last_good=china.home.now())
        Outbox.objects.create(message="sha256:1", thread="x", peer=SPAIN, queued=china.home.now())
        Outbox.objects.create(message="sha256:2", thread="x", peer=SPAIN, queued=china.home.now(), status="refused")
    found = report(china, SPAIN)
    assert (found.good, found.line, found.waiting, found.refused) == (True, "open", 1, 1)
    assert "1 waiting, 1 refused, last good 2026-" in found.as_text()
    assert set(found.as_json()) == {
        *("authority", "standing", "line", "waiting", "refused", "rule", "why", "advice", "last_good")
    }


def test_a_line_that_met_a_fault_rests_and_says_why(fresh: Network) -> None:
    china = fresh.nodes[CHINA]
    with china.home.active():
        Line.objects.update_or_create(
            peer=SPAIN, defaults={"fault": "line-down", "detail": "No answer.", "next_try": china.home.now()}
        )
    found = report(china, SPAIN)
    assert (found.good, found.line, found.rule, found.why) == (False, "resting", "line-down", "No answer.")
    assert "export the envelopes" in found.as_text()


def test_a_peer_that_is_not_accepted_is_stopped(fresh: Network) -> None:
    china = fresh.nodes[CHINA]
    peers.suspend(china.home, CONSOLE, SPAIN, "other")
    found = report(china, SPAIN)
    assert (found.line, found.rule, found.standing) == ("stopped", "not-a-peer", "suspended")


def test_an_alarm_stops_before_a_resting_line_does(fresh: Network) -> None:
    china = fresh.nodes[CHINA]
    with china.home.active():
        Watch.objects.filter(authority=SPAIN).update(alarm="Two roots of size 7.")
        Line.objects.update_or_create(peer=SPAIN, defaults={"fault": "line-down", "detail": "No answer."})
    found = report(china, SPAIN)
    assert (found.line, found.rule) == ("stopped", "alarm-standing")
    assert found.advice


def test_a_card_that_ended_stops_the_line(fresh: Network) -> None:
    china = fresh.nodes[CHINA]
    clock_of(fresh).forward(days=400)
    found = report(china, SPAIN)
    assert (found.line, found.rule) == ("stopped", "key-expired")


def test_what_waits_goes_as_a_file_and_its_receipt_comes_back_as_one(
    network: Network, china: SimulatedNode, spain: SimulatedNode
) -> None:
    network.deliver()
    thread = ask(china, SPAIN)
    assert exporting.only_peer(china.home, CONSOLE) == SPAIN
    made = exporting.export(china.home, CONSOLE, SPAIN)
    assert (made.messages, made.replies) == (1, 0)
    assert exporting.only_peer(china.home, CONSOLE) == SPAIN, "until the receipt comes it still waits"
    taken = importing.take_in(spain.home, CONSOLE, made.envelope)
    assert (taken.sender, taken.fresh, taken.known, taken.refused) == (CHINA, 1, 0, ())
    again = importing.take_in(spain.home, CONSOLE, made.envelope)
    assert (again.fresh, again.known) == (0, 1)
    assert exporting.only_peer(spain.home, CONSOLE) == CHINA
    back = exporting.export(spain.home, CONSOLE, CHINA)
    assert (back.messages, back.replies) == (0, 2)
    with spain.home.active():
        assert not Reply.objects.exists()
    importing.take_in(china.home, CONSOLE, back.envelope)
    with china.home.active():
        assert Outbox.objects.get(thread=thread).status == "delivered"
    assert china.state(thread).digest() == spain.state(thread).digest()
    with pytest.raises(NotInSeason, match="empty"):
        exporting.only_peer(china.home, CONSOLE)


def test_an_export_is_for_those_who_draft_and_for_peers(china: SimulatedNode) -> None:
    before = size(china)
    with pytest.raises(NotPermitted):
        exporting.export(china.home, a(Role.AUDITOR), SPAIN)
    with pytest.raises(StandingError):
        exporting.export(china.home, CONSOLE, AuthorityId("XX/nobody"))
    assert size(china) == before


@pytest.mark.parametrize("data", [b"", b"nonsense", b"{}\n", bytes(1000)])
def test_a_file_that_is_none_is_refused_and_registered(spain: SimulatedNode, data: bytes) -> None:
    before = size(spain)
    with pytest.raises(ComityError):
        importing.take_in(spain.home, CONSOLE, data)
    assert size(spain) >= before
    with pytest.raises(NotPermitted):
        importing.take_in(spain.home, a(Role.ANALYST), data)
