# SPDX-License-Identifier: Apache-2.0
"""How anything is done at a node: checked, changed and registered in one transaction.

    with acting(home, actor, Permission.DRAFT) as act:
        ...change rows...
        act.record(events.drafted(...))

In this order: the actor's permission is checked; a transaction opens; the caller changes rows; at the end, under the
one register lock, which is taken last and so held shortest, the entries become leaves; the transaction commits; only
then do the `act.after` callbacks run. Whatever raises undoes all of it. There is no way to act without leaving a
leaf: an act that recorded nothing is refused, unless it says that it was `idle`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from comity.records.actors import Actor, Permission
from comity.records.home import Home
from comity.records.register.append import Placed, append
from comity.records.register.entry import Entry


class UnregisteredActError(RuntimeError):
    """An action changed the node and recorded nothing: a fault in our code."""


@dataclass(slots=True)
class Act:
    """An action under way. `placed` tells, once the block has ended, where its leaves lie. `idle` says that nothing
    happened of which a register tells: somebody repeated what is registered, too often to be told each time."""

    home: Home
    actor: Actor
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    placed: Placed | None = None
    idle: bool = False

    def record(self, entry: Entry) -> int:
        """Note `entry` for the register; answers its position within this act."""
        self.entries.append(entry)
        return len(self.entries) - 1

    def after(self, do: Callable[[], None]) -> None:
        """Run `do` once everything has committed."""
        transaction.on_commit(do, using=self.home.alias)


@contextmanager
def acting(home: Home, actor: Actor, permission: Permission | None = None) -> Iterator[Act]:
    """One action of `actor` at `home`. Raises `NotPermitted`."""
    if permission is not None:
        actor.require(permission)
    act = Act(home, actor, home.now())
    with home.active(), transaction.atomic(using=home.alias):
        yield act
        if not act.entries and act.idle:
            return
        if not act.entries:
            raise UnregisteredActError("an act must record what it did")
        act.placed = append(act.entries, now=act.now, by=actor.name, random=home.random, using=home.alias)
