# SPDX-License-Identifier: Apache-2.0
"""Whether what came back may be used as evidence: by its road, its custody, its origin and the use allowed."""

from dataclasses import replace
from datetime import date

from comity.law.admissibility import Material, Point, admissibility, stands
from comity.law.view import View, shipped_index

VIEW = View(shipped_index(), date(2026, 11, 22), date(2026, 11, 22))
WHOLE = Material(giving="MM", using="CN", road="multilateral", custody=True, statement=True)


def points(material: Material) -> dict[str, Point]:
    return {each.asked: each for each in admissibility(VIEW, material)}


def test_what_came_on_a_request_with_its_origin_stated_stands_in_china() -> None:
    assert stands(admissibility(VIEW, WHOLE)) == "yes"


def test_china_asks_where_evidence_comes_from() -> None:
    found = points(replace(WHOLE, statement=False))["origin"]
    assert (found.found, found.mends) == ("no", "clarification")
    assert found.facts
    assert all(each.source for each in found.facts)


def test_what_police_told_is_no_evidence_until_it_is_upgraded() -> None:
    found = points(replace(WHOLE, road="police"))["road"]
    assert (found.found, found.mends) == ("no", "use-upgrade")
    assert points(replace(WHOLE, road="police", consent=True))["road"].found == "yes"


def test_german_courts_need_consent_for_what_police_gave() -> None:
    given = Material(giving="FR", using="DE", road="police", custody=True, statement=True)
    assert points(given)["consent"].found == "no"


def test_data_fetched_past_a_blocking_law_need_a_request() -> None:
    found = points(Material(giving="CN", using="ES", road="direct"))["road"]
    assert (found.found, found.mends) == ("no", "mutual-legal-assistance")
    assert points(Material(giving="FR", using="ES", road="direct"))["road"].found == "cannot-tell"


def test_a_condition_of_the_giver_binds_until_it_consents() -> None:
    bound = replace(WHOLE, conditions=frozenset({"no-evidence-use"}))
    assert points(bound)["consent"].mends == "use-upgrade"
    assert points(replace(bound, consent=True))["consent"].found == "yes"
    assert points(replace(WHOLE, permission=True))["consent"].found == "no"


def test_the_named_case_only_means_that() -> None:
    bound = replace(WHOLE, conditions=frozenset({"named-case-only"}))
    assert points(bound)["purpose"].found == "cannot-tell"
    assert points(replace(bound, other_case=False))["purpose"].found == "yes"
    assert points(replace(bound, other_case=True))["purpose"].mends == "use-upgrade"


def test_what_is_not_known_is_never_taken_for_good() -> None:
    assert stands(admissibility(VIEW, Material(giving="MM", using="ES"))) == "cannot-tell"
    assert points(replace(WHOLE, custody=None))["custody"].found == "cannot-tell"
    assert points(replace(WHOLE, custody=False))["custody"].found == "no"
