# SPDX-License-Identifier: Apache-2.0
"""Is this node fit to serve? Each finding says what was looked at, whether it is good, and what to do if not."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from comity.law.errors import FactsUnsound
from comity.protocol.errors import ComityError
from comity.records import lawbook
from comity.records.accounts.models import Officer
from comity.records.actors import Role
from comity.records.authorities import keyring
from comity.records.authorities.issuing import our_card
from comity.records.home import Home

SOON = timedelta(days=30)
MIN_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    words: str

    def as_json(self) -> dict[str, Any]:
        """Its members by name."""
        return {"what": self.what, "good": self.good, "words": self.words}

    def as_text(self) -> str:
        """For people."""
        return f"{'ok  ' if self.good else 'MEND'} {self.what}: {self.words}"


def examine(home: Home) -> list[Finding]:
    """Every finding, in the order in which to mend them."""
    looks: tuple[tuple[str, Callable[[Home], tuple[bool, str]]], ...] = (
        ("files", _files),
        ("disk", _disk),
        ("tables", _tables),
        ("card", _card),
        ("keys", _keys),
        ("approvers", _approvers),
        ("law", _law),
    )
    with home.active():
        return list(_look(home, looks))


def _look(home: Home, looks: Any) -> Iterator[Finding]:
    for what, look in looks:
        try:
            good, words = look(home)
        except ComityError as error:
            good, words = False, f"{error} {error.advice}"
        except DatabaseError as error:
            good, words = False, f"the store does not serve ({type(error).__name__}); look at `database` in node.toml"
        yield Finding(what, good, words)


def _files(home: Home) -> tuple[bool, str]:
    folder = keyring.keys_folder(home.config)
    kind, _, place = home.config.passphrase.partition(":")
    passphrase = home.config.home / place
    private = [*folder.rglob("*"), *([passphrase] if kind == "file" else [])]
    open_to_others = [path for path in private if path.is_file() and path.stat().st_mode & 0o077]
    if open_to_others:
        return False, f"{open_to_others[0]} can be read by others; chmod 600 it"
    if kind == "file" and folder.resolve() in passphrase.resolve().parents and not home.config.sample:
        return False, "the passphrase lies beside the keys; move it and name its place in node.toml"
    return True, "only this user reads the keys"


def _disk(home: Home) -> tuple[bool, str]:
    found = os.statvfs(home.config.home)
    free = found.f_bavail * found.f_frsize
    return free > MIN_FREE, f"{free >> 20:,} MiB free; a node needs 1,024 MiB to go on"


def _tables(home: Home) -> tuple[bool, str]:
    executor = MigrationExecutor(connections[home.alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return False, f"{len(plan)} migrations wait; serve the node once, or run `comity node serve`"
    return True, f"up to date on {connections[home.alias].vendor}"


def _card(home: Home) -> tuple[bool, str]:
    card = our_card()
    left = card.until - home.now()
    if left < SOON:
        return False, f"ends in {left.days} days; `comity node card --renew`"
    return True, f"serial {card.serial}, valid for {left.days} days"


def _keys(home: Home) -> tuple[bool, str]:
    same = our_card().keys.signing == home.keys.current.signing.public
    return same, "the card names the newest keys" if same else "the card names other keys; `comity node card --renew`"


def _approvers(home: Home) -> tuple[bool, str]:
    found = [each for each in Officer.objects.all() if Role.APPROVER in each.held and each.active_at(home.now())]
    able = [each for each in found if each.passkeys.filter(revoked=None).exists()]
    if len(able) < 2:
        return False, f"{len(able)} can approve; some requests need two: `comity approver enrol`"
    return True, f"{len(able)} officers can approve"


def _law(home: Home) -> tuple[bool, str]:
    folder = home.config.home / lawbook.FOLDER
    if not folder.is_dir():
        return True, "the facts of law are those shipped with the program"
    try:
        lawbook.own_index(folder)
    except FactsUnsound as error:
        return False, f"{error} Until then only those shipped are used: `comity law check {folder}`"
    return True, "its own facts of law stand beside those shipped"
