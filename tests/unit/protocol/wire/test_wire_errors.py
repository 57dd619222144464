# SPDX-License-Identifier: Apache-2.0
"""The error tree: every refusal has a code of its own, words that can be filled, and advice."""

from string import Formatter

import pytest

from comity.protocol.errors import ComityError
from comity.protocol.wire import errors
from comity.protocol.wire.errors import BadMember, WireError

NAMED = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, WireError) and each is not WireError
]


def test_the_codes_differ() -> None:
    assert len(NAMED) >= 15
    assert len({each.code for each in NAMED}) == len(NAMED)


@pytest.mark.parametrize("kind", NAMED)
def test_each_is_whole(kind: type[WireError]) -> None:
    members = {name for _, name, _, _ in Formatter().parse(kind.text) if name}
    error = kind(**dict.fromkeys(members, "x"))
    assert error.as_json() == {
        "code": kind.code,
        "text": str(error),
        "advice": kind.advice,
        "data": dict.fromkeys(members, "x"),
    }
    assert kind.advice.endswith(".")
    assert str(error).endswith(".")
    assert kind.__name__ in (errors.__doc__ or "")


def test_braces_in_data_are_data() -> None:
    error: ComityError = BadMember(what="{x}", member="{0}", why="{y}")
    assert str(error) == "{x}: member {0} {y}."
