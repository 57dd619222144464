# SPDX-License-Identifier: Apache-2.0
"""The kinds of request, one file each, and the way to all kinds.

`names`, `move_names`, `titles` and `move_titles` import no body; `request_kinds`, `move_kinds` and `kind` do, once.
"""

import sys
from collections.abc import Mapping
from functools import cache
from typing import cast

from comity.protocol.terms import answers, discovery
from comity.protocol.terms.definitions import MoveKind, RequestKind
from comity.protocol.terms.errors import UnknownKind

_HERE = sys.modules[__name__]


def names() -> tuple[str, ...]:
    """The names of the request kinds, sorted."""
    return discovery.names(_HERE)


def move_names() -> tuple[str, ...]:
    """The names of the moves, sorted."""
    return discovery.names(answers)


def titles() -> Mapping[str, str]:
    """The English title of every request kind by name."""
    return discovery.titles(_HERE)


def move_titles() -> Mapping[str, str]:
    """The English title of every move by name."""
    return discovery.titles(answers)


@cache
def request_kinds() -> Mapping[str, RequestKind]:
    """Every kind of request by name."""
    return cast(Mapping[str, RequestKind], discovery.load(_HERE, "KIND"))


@cache
def move_kinds() -> Mapping[str, MoveKind]:
    """Every kind of move by name."""
    return cast(Mapping[str, MoveKind], discovery.load(answers, "MOVE"))


def kind(name: str) -> RequestKind | MoveKind:
    """The request kind or the move with this name. Raises `UnknownKind`."""
    found = request_kinds().get(name) or move_kinds().get(name)
    if found is None:
        raise UnknownKind(kind=name)
    return found
