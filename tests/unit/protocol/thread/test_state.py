# SPDX-License-Identifier: Apache-2.0
"""A state can be written down and compared."""

import json

from tests.fixtures.threads import CHINA, SPAIN, Talk

from comity.protocol.thread.state import Outcome
from comity.protocol.thread.titles import CONDITIONS, OUTCOMES, titles
from comity.protocol.wire import canonical


def test_a_state_is_plain_values() -> None:
    talk = Talk("traffic-data", CHINA, SPAIN)
    talk.say("clarification", SPAIN)
    talk.say("withdrawn", CHINA, after=(talk.root,))
    recall = talk.say("recall", CHINA, of=[talk.root])
    value = json.loads(canonical.encode(talk.state().as_json(), limit=1 << 20))
    lane = value["lanes"][SPAIN]
    assert (value["thread"], value["condition"], value["graph"]) == (talk.thread, "rooted", "request")
    assert lane["conflict"]["candidates"] == ["clarification", "sent", "withdrawn"]
    assert lane["steps"] == [{"message": talk.root, "state": "sent", "at": "2016-12-13T08:00:00.000Z"}]
    assert value["recalls"][recall]["holders"][SPAIN]["conflict"] is None
    assert value["outcomes"][recall] == "applied"


def test_the_digest_tells_states_apart() -> None:
    talk = Talk("traffic-data", CHINA, SPAIN)
    before = talk.state().digest()
    said = talk.say("note", CHINA)
    assert talk.state().digest() != before
    assert talk.state(said).digest() == before
    assert talk.state(talk.root).digest() not in (before, talk.state().digest())


def test_every_outcome_and_condition_has_a_title() -> None:
    assert set(OUTCOMES) == set(Outcome)
    found = titles()
    assert {*OUTCOMES.values(), *CONDITIONS.values(), "Received", "No answer yet", "Agreement signed"} <= set(found)
    assert len(found) == len(set(found))
    assert list(found) == sorted(found)
