# SPDX-License-Identifier: Apache-2.0
"""Prepared queries, updates and inserts do what Django's own would, on both engines."""

from datetime import timedelta

from tests.fixtures.homes import Clock

from comity.cooperation.dispatch.models import Outbox
from comity.records.authorities.models import Authority, Watch
from comity.records.home import Home
from comity.records.prepared import Prepared, PreparedInsert, PreparedUpdate

ROWS = Prepared(
    lambda peers, now: (
        Outbox.objects.filter(peer__in=peers, queued__lte=now)
        .exclude(status="refused")
        .order_by("id")
        .values_list("message", "peer", "queued")
    )
)


def queue(home: Home, clock: Clock) -> None:
    PreparedInsert(Outbox, "message", "thread", "peer", "status", "queued", "fault", "tries")(
        (f"m{number}", "t", "AB"[number % 2], "waiting", clock() + timedelta(hours=number), "", 0)
        for number in range(4)
    )


def test_a_query_with_a_list_and_a_time(home: Home, clock: Clock) -> None:
    with home.active():
        queue(home, clock)
        for peers in (["A"], ["A", "B"], ["A"], ["B"]):
            for hours in (0, 2, 9):
                until = clock() + timedelta(hours=hours)
                plain = Outbox.objects.filter(peer__in=peers, queued__lte=until).order_by("id")
                assert ROWS(peers, until) == list(plain.values_list("message", "peer", "queued"))
        assert ROWS([], clock()) == []


def test_an_update_of_every_type_of_column(home: Home, clock: Clock) -> None:
    with home.active():
        Watch.objects.create(authority_id=home.authority)
        columns = {"seen_size": 1 << 40, "seen_root": b"\x00\xff", "seen_at": clock(), "begun": None, "alarm": "ñ"}
        update = PreparedUpdate(Watch, *columns)
        assert update(home.authority, columns) == 1
        assert update("XX/nobody", columns) == 0
        row = Watch.objects.get()
        assert {name: getattr(row, name) for name in columns if name != "seen_root"} == {
            name: value for name, value in columns.items() if name != "seen_root"
        }
        assert bytes(row.seen_root) == b"\x00\xff"


def test_an_insert_passes_over_or_renews_what_is_there(home: Home, clock: Clock) -> None:
    with home.active():
        columns = ("id", "name", "country", "standing", "since", "compared_by", "reason")
        PreparedInsert(Authority, *columns)([("AA/a", "A", "AA", "invited", clock(), "", "")] * 2)
        PreparedInsert(Authority, *columns)([("AA/a", "B", "AA", "invited", clock(), "", "")])
        assert Authority.objects.get(id="AA/a").name == "A"
        renews = PreparedInsert(Authority, *columns, key=("id",), renews=("name",))
        renews([("AA/a", "B", "BB", "accepted", clock(), "", "")])
        renews([])
        row = Authority.objects.get(id="AA/a")
        assert (row.name, row.country) == ("B", "AA")
