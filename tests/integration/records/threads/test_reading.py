# SPDX-License-Identifier: Apache-2.0
"""Reading threads: pages show every row once and in order, and who may not read cannot tell a row from none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import ADMINISTRATOR, NOBODY, a

from comity.records.actors import Role
from comity.records.errors import NotFound
from comity.records.threads import reading
from comity.records.threads.models import Thread
from comity.records.threads.reading import Page

START = datetime(2026, 11, 22, tzinfo=UTC)
READER = a(Role.ANALYST)
INSTANT = st.integers(0, 6).map(lambda hours: START + timedelta(hours=hours, microseconds=hours))
ROWS = st.lists(
    st.tuples(st.none() | INSTANT, INSTANT, st.booleans(), st.booleans(), st.sampled_from(["accepted", "refused"])),
    max_size=25,
)
SOME = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def rows(node: SimulatedNode, told: list[tuple[datetime | None, datetime, bool, bool, str]]) -> list[Thread]:
    Thread.objects.all().delete()
    made = [
        Thread(
            id=node.home.new_id(),
            kind="preservation",
            side="asked",
            counterpart="CN/mps",
            state=state,
            state_digest="",
            ours=ours,
            open=is_open,
            due=due,
            opened=START,
            updated=updated,
        )
        for due, updated, ours, is_open, state in told
    ]
    return Thread.objects.bulk_create(made)


def walk(ask: Callable[[str], Page], size: int) -> list[str]:
    seen: list[str] = []
    after = ""
    for _ in range(100):
        page = ask(after)
        seen += [row.id for row in page.rows]
        assert len(page.rows) <= size
        if not page.after:
            return seen
        assert len(page.rows) == size, "only the last page may be short"
        after = page.after
    raise AssertionError("the pages never end")


@SOME
@given(told=ROWS, size=st.integers(1, 6))
def test_the_desk_shows_each_of_ours_once_the_soonest_due_first(
    spain: SimulatedNode, told: list[tuple[datetime | None, datetime, bool, bool, str]], size: int
) -> None:
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        made = [row for row in rows(spain, told) if row.open and row.ours]
        late = datetime.max.replace(tzinfo=UTC)
        wanted = [row.id for row in sorted(made, key=lambda row: (row.due or late, row.id))]
        assert walk(lambda after: reading.our_move(READER, after, size), size) == wanted
        transaction.set_rollback(True, using=spain.home.alias)


@SOME
@given(told=ROWS, size=st.integers(1, 6), state=st.sampled_from(["", "accepted"]))
def test_the_rest_shows_each_once_the_last_moved_first(
    spain: SimulatedNode, told: list[tuple[datetime | None, datetime, bool, bool, str]], size: int, state: str
) -> None:
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        made = [row for row in rows(spain, told) if state in ("", row.state)]
        wanted = [row.id for row in sorted(made, key=lambda row: (row.updated, row.id), reverse=True)]
        assert walk(lambda after: reading.recent(READER, after, size, state=state), size) == wanted
        transaction.set_rollback(True, using=spain.home.alias)


def test_a_page_stays_in_its_place_while_others_move(spain: SimulatedNode) -> None:
    """A row that moves up while somebody pages is not shown twice, and none is left out that stayed."""
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        made = rows(spain, [(None, START + timedelta(hours=hour), True, True, "accepted") for hour in range(6)])
        first = reading.recent(READER, size=2)
        Thread.objects.filter(id=first.rows[0].id).update(updated=START + timedelta(hours=9))
        rest = walk(lambda after: reading.recent(READER, after or first.after, 2), 2)
        assert rest == [row.id for row in reversed(made[:4])]
        transaction.set_rollback(True, using=spain.home.alias)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_every_working_role_and_the_auditor_read(spain: SimulatedNode, role: Role) -> None:
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        (row,) = rows(spain, [(START, START, True, True, "accepted")])
        assert reading.thread(a(role), row.id).id == row.id
        assert [each.id for each in reading.recent(a(role)).rows] == [row.id]
        assert [each.id for each in reading.our_move(a(role)).rows] == [row.id]
        transaction.set_rollback(True, using=spain.home.alias)


@pytest.mark.parametrize("actor", [NOBODY, ADMINISTRATOR])
def test_who_may_not_read_cannot_tell_a_thread_from_none(spain: SimulatedNode, actor: object) -> None:
    with spain.home.active(), transaction.atomic(using=spain.home.alias):
        (row,) = rows(spain, [(START, START, True, True, "accepted")])
        said = []
        for id in (row.id, "01a20000-0000-7000-8000-000000000000"):
            with pytest.raises(NotFound) as refused:
                reading.thread(actor, id)  # type: ignore[arg-type]
            said.append(str(refused.value).replace(id, "…"))
        assert said[0] == said[1]
        for page in (reading.recent(actor), reading.our_move(actor), reading.recent(actor, state="accepted")):  # type: ignore[arg-type]
            assert (list(page.rows), page.after) == ([], "")
        transaction.set_rollback(True, using=spain.home.alias)


def test_an_error_never_repeats_a_long_text(spain: SimulatedNode) -> None:
    with spain.home.active(), pytest.raises(NotFound) as refused:
        reading.thread(READER, "x" * 10_000)
    assert len(str(refused.value)) < 100
