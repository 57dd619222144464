# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PT012  # what happens within the block is what is tested
"""Acting: who may not does nothing, what leaves no leaf is refused, and whatever raises undoes all of it."""

import pytest
from tests.fixtures.nodes import SimulatedNode
from tests.fixtures.pairs import NOBODY, size

from comity.protocol.wire.names import MessageId
from comity.records.action import Act, UnregisteredActError, acting
from comity.records.actors import CONSOLE, Permission
from comity.records.casefiles.models import Case
from comity.records.errors import NotPermitted
from comity.records.register import events
from comity.records.register.entry import parse
from comity.records.register.models import Leaf


class Mishap(Exception):
    """What happens in the middle."""


def write(act: Act, title: str = "Sample") -> MessageId:
    """Change the node and say so."""
    id = act.home.new_id()
    Case.objects.create(id=id, title=title, created=act.now, created_by=act.actor.name)
    act.record(events.case_opened(case=id))
    return id


def is_there(node: SimulatedNode, id: str) -> bool:
    with node.home.active():
        return Case.objects.filter(id=id).exists()


def test_change_and_leaf_are_there_together(china: SimulatedNode) -> None:
    before = size(china)
    done: list[str] = []
    with acting(china.home, CONSOLE, Permission.DRAFT) as act:
        act.after(lambda: done.append("after"))
        first, second = write(act), write(act)
        assert not done
        assert act.placed is None
    assert done == ["after"]
    assert act.placed is not None
    assert (act.placed.first, act.placed.size, size(china)) == (before, before + 2, before + 2)
    with china.home.active():
        leaves = Leaf.objects.filter(index__gte=before).order_by("index").values_list("entry", flat=True)
        told = [parse(bytes(each)) for each in leaves]
    assert [(each["case"], each["by"]) for each in told] == [(first, "console"), (second, "console")]


def test_permission_is_asked_before_anything_happens(china: SimulatedNode) -> None:
    before = size(china)
    with pytest.raises(NotPermitted), acting(china.home, NOBODY, Permission.DRAFT):
        pytest.fail("the block must not run")
    assert size(china) == before


def test_an_act_that_recorded_nothing_is_refused_and_undone(china: SimulatedNode) -> None:
    before = size(china)
    with pytest.raises(UnregisteredActError), acting(china.home, CONSOLE) as act:
        id = write(act)
        act.entries.clear()
    assert not is_there(china, id)
    assert size(china) == before


def test_whatever_raises_undoes_everything(china: SimulatedNode) -> None:
    before = size(china)
    done: list[str] = []
    with pytest.raises(Mishap), acting(china.home, CONSOLE) as act:
        id = write(act)
        act.after(lambda: done.append("after"))
        raise Mishap
    assert not is_there(china, id)
    assert size(china) == before
    assert not done


def test_a_leaf_that_cannot_be_written_undoes_the_change(china: SimulatedNode) -> None:
    before = size(china)
    from comity.protocol.wire.errors import BadMember
    from comity.records.actors import Actor

    with pytest.raises(BadMember), acting(china.home, Actor("no pseudonym at all", frozenset())) as act:
        id = write(act)
    assert not is_there(china, id)
    assert size(china) == before


def test_an_act_within_an_act_stands_and_falls_with_it(china: SimulatedNode) -> None:
    before = size(china)
    done: list[str] = []
    with acting(china.home, CONSOLE) as outer:
        first = write(outer)
        with acting(china.home, CONSOLE) as inner:
            second = write(inner)
            inner.after(lambda: done.append("inner"))
        assert not done, "nothing has committed yet"
    assert done == ["inner"]
    assert (is_there(china, first), is_there(china, second), size(china)) == (True, True, before + 2)

    with pytest.raises(Mishap), acting(china.home, CONSOLE) as outer:
        with acting(china.home, CONSOLE) as inner:
            third = write(inner)
            inner.after(lambda: done.append("never"))
        write(outer)
        raise Mishap
    assert not is_there(china, third)
    assert (done, size(china)) == (["inner"], before + 2)


def test_an_inner_act_that_fails_may_be_outlived(china: SimulatedNode) -> None:
    before = size(china)
    with acting(china.home, CONSOLE) as outer:
        first = write(outer)
        with pytest.raises(Mishap), acting(china.home, CONSOLE) as inner:
            second = write(inner)
            raise Mishap
    assert (is_there(china, first), is_there(china, second), size(china)) == (True, False, before + 1)
