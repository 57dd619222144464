# SPDX-License-Identifier: Apache-2.0
"""Standing behind exactly these bytes."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from tests.fixtures.authenticators import Authenticator
from tests.fixtures.homes import Clock, entries
from tests.fixtures.wire import sample_statement
from tests.integration.records.accounts.conftest import ADDRESS, Staff

from comity.protocol.wire import approval_check
from comity.protocol.wire.approval import Approval, challenge
from comity.protocol.wire.names import AuthorityId, digest_of
from comity.protocol.wire.octets import to_base64url
from comity.records.accounts import approvals
from comity.records.accounts.enrolling import enrolment_link
from comity.records.accounts.errors import ApprovalRefused, PasskeyCloned, ResponseRefused
from comity.records.accounts.models import Officer, Passkey
from comity.records.accounts.people import change_roles, create_officer, remove_passkey, suspend_officer
from comity.records.accounts.signing_in import begin_sign_in, finish_sign_in
from comity.records.actors import CONSOLE, Role
from comity.records.authorities.issuing import our_card
from comity.records.home import Home


@dataclass
class Desk:
    """An approver with a passkey, and a statement to approve."""

    home: Home
    officer: Officer
    key: Authenticator
    statement: bytes

    def options(self) -> dict[str, Any]:
        return approvals.options(self.home, self.officer, self.statement)

    def take(self, response: Any) -> Approval:
        return approvals.take(self.home, self.officer, self.statement, response)

    def refused(self, response: Any) -> str:
        """The fault, which the register and the error must both name."""
        with pytest.raises(ApprovalRefused) as refusal:
            self.take(response)
        entry = entries(self.home)[-1]
        assert (entry["event"], entry["by"], entry["officer"]) == ("approval-refused", "system", self.officer.pseudonym)
        assert entry["message"] == digest_of(self.statement)
        assert entry["code"] == refusal.value.data["fault"]
        return str(entry["code"])


@pytest.fixture
def desk(home: Home, staff: Staff, clock: Clock) -> Desk:
    """An approver before whom a frozen statement lies."""
    officer, key = staff.hire(CONSOLE, Role.APPROVER)
    clock.move(seconds=1)
    said = sample_statement(sender=home.authority, to=(AuthorityId("CN/mps"),), sent=home.now())
    return Desk(home, officer, key, said.to_bytes())


def test_an_approval_is_over_exactly_these_bytes_and_holds_abroad(home: Home, desk: Desk) -> None:
    options = desk.options()
    assert options["challenge"] == to_base64url(challenge(desk.statement))
    assert options["userVerification"] == "required"
    assert [each["id"] for each in options["allowCredentials"]] == [to_base64url(desk.key.credential)]

    approval = desk.take(desk.key.get(options))
    with home.active():
        card = our_card()
        soft = approvals.is_soft(desk.officer, approval)
    verified = approval_check.verify(approval, desk.statement, card, home.now())
    assert (verified.officer, verified.role, verified.soft) == (desk.officer.pseudonym, "approver", False)
    assert soft is False


def test_an_assertion_approves_once(desk: Desk) -> None:
    answer = desk.key.get(desk.options())
    desk.take(answer)
    assert desk.refused(answer) == "late"


def test_an_assertion_that_was_not_asked_for_approves_nothing(desk: Desk) -> None:
    answer = desk.key.get({"challenge": to_base64url(challenge(desk.statement))})
    assert desk.refused(answer) == "late"


def test_five_minutes_to_think(desk: Desk, clock: Clock) -> None:
    answer = desk.key.get(desk.options())
    clock.move(minutes=5)
    assert desk.refused(answer) == "late"


def test_an_answer_to_a_sign_in_does_not_approve(home: Home, desk: Desk) -> None:
    desk.options()
    assert desk.refused(desk.key.get(begin_sign_in(home).options)) == "other-challenge"


def test_an_approval_does_not_sign_in(home: Home, desk: Desk) -> None:
    answer = desk.key.get(desk.options())
    from comity.records.accounts.errors import SignInRefused

    with pytest.raises(SignInRefused):
        finish_sign_in(home, begin_sign_in(home).ceremony, answer, address=ADDRESS)


def test_an_assertion_over_another_statement_is_refused(desk: Desk) -> None:
    other = replace(desk, statement=desk.statement.replace(b"preservation", b"subscriber-x"))
    answer = desk.key.get(other.options())
    desk.options()
    assert desk.refused(answer) == "other-challenge"


def test_a_colleagues_passkey_is_refused(desk: Desk, staff: Staff) -> None:
    _, colleague = staff.hire(CONSOLE, Role.APPROVER)
    assert desk.refused(colleague.get(desk.options())) == "unknown-passkey"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"origin": "http://cn.localhost:8001"}, "other-origin"),
        ({"rp_id": "cn.localhost"}, "other-rp"),
        ({"flags": 0x01}, "unverified-user"),
        ({"type": "webauthn.create"}, "other-ceremony"),
        ({"client": {"crossOrigin": True}}, "framed"),
        ({"handle": b"another"}, "unknown-passkey"),
        ({"flags": 0x15}, "signature"),
    ],
)
def test_an_assertion_that_does_not_fit_is_refused(desk: Desk, changes: dict[str, Any], fault: str) -> None:
    assert desk.refused(desk.key.get(desk.options(), **changes)) == fault


def test_a_passkey_that_was_asked_for_by_name_need_not_name_its_user(desk: Desk) -> None:
    answer = desk.key.get(desk.options())
    del answer["response"]["userHandle"]
    desk.take(answer)


def test_only_an_approver_approves(home: Home, desk: Desk, clock: Clock) -> None:
    clock.move(seconds=1)
    options = desk.options()
    change_roles(home, CONSOLE, desk.officer.pseudonym, [Role.DUTY_OFFICER, Role.DRAFTER])
    assert desk.refused(desk.key.get(options)) == "no-approver"


def test_a_suspended_approver_approves_nothing(home: Home, desk: Desk, clock: Clock) -> None:
    clock.move(seconds=1)
    answer = desk.key.get(desk.options())
    suspend_officer(home, CONSOLE, desk.officer.pseudonym)
    assert desk.refused(answer) == "late"
    answer = desk.key.get(desk.options())
    assert desk.refused(answer) == "no-approver"


def test_a_removed_passkey_approves_nothing(home: Home, desk: Desk) -> None:
    answer = desk.key.get(desk.options())
    remove_passkey(home, CONSOLE, to_base64url(desk.key.credential))
    assert desk.refused(answer) == "unknown-passkey"


def test_an_officer_who_enrolled_after_the_statement_was_frozen_is_told_so(
    home: Home, desk: Desk, staff: Staff, clock: Clock
) -> None:
    clock.move(minutes=1)
    late, key = staff.hire(CONSOLE, Role.APPROVER)
    late_desk = replace(desk, officer=late, key=key)
    assert late_desk.refused(key.get(late_desk.options())) == "not-on-card"


def test_a_counter_that_goes_back_approves_nothing(home: Home, desk: Desk) -> None:
    desk.take(desk.key.get(desk.options(), count=5))
    with pytest.raises(PasskeyCloned):
        desk.take(desk.key.get(desk.options(), count=5))
    assert entries(home)[-1]["code"] == "passkey-cloned"


def test_a_soft_passkey_approves_only_on_a_sample_node(home: Home, desk: Desk) -> None:
    with home.active():
        Passkey.objects.update(soft=True)
    real = replace(desk, home=replace(home, config=replace(home.config, sample=False)))
    assert real.refused(desk.key.get(real.options())) == "software"


def test_without_a_session_the_passkey_says_who_approves(home: Home, desk: Desk, staff: Staff) -> None:
    staff.hire(CONSOLE, Role.APPROVER)
    options = approvals.options(home, None, desk.statement)
    assert options["allowCredentials"] == []
    answer = desk.key.get(options)
    officer = approvals.officer_of(home, answer)
    assert officer == desk.officer
    assert approvals.take(home, officer, desk.statement, answer).officer == desk.officer.pseudonym
    with pytest.raises(ResponseRefused):
        approvals.officer_of(home, Authenticator(handle=b"nobody").get(options))


def test_an_approver_with_a_password_only_has_nothing_to_approve_with(home: Home, desk: Desk) -> None:
    other = create_officer(home, CONSOLE, name="", roles=[Role.APPROVER])
    enrolment_link(home, CONSOLE, other.pseudonym)
    bare = replace(desk, officer=other)
    assert bare.refused(desk.key.get(bare.options())) == "unknown-passkey"


def test_taking_within_another_action_is_a_fault_in_our_code(home: Home, desk: Desk) -> None:
    answer = desk.key.get(desk.options())
    with home.active(), transaction.atomic(using=home.alias), pytest.raises(RuntimeError):
        desk.take(answer)
