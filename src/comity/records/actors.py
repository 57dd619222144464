# SPDX-License-Identifier: Apache-2.0
"""Who acts at a node, and what each role may do.

Least privilege: a permission names the roles that hold it; nothing is implied by seniority. The administrator runs
the node and its people and sees no content; the auditor reads everything and changes nothing. `system` acts for the
node itself (the outbox, the federation endpoint) and `console` for the person at the machine's own command line, who
holds the keys' passphrase anyway."""

from dataclasses import dataclass
from enum import StrEnum

from comity.records.errors import NotPermitted


class Role(StrEnum):
    """What an officer is at this node; one officer may hold several."""

    DRAFTER = "drafter"
    APPROVER = "approver"
    DUTY_OFFICER = "duty-officer"
    ANALYST = "analyst"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What can be done; each verb of the node asks for one."""

    READ = "read"
    DRAFT = "draft"
    APPROVE = "approve"
    ASSESS = "assess"
    EXECUTE = "execute"
    READ_REGISTER = "read-register"
    MANAGE_PEERS = "manage-peers"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_KEYS = "manage-keys"


_WORKING = frozenset({Role.DRAFTER, Role.APPROVER, Role.DUTY_OFFICER, Role.ANALYST, Role.CUSTODIAN})
HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.READ: _WORKING | {Role.AUDITOR},
    Permission.DRAFT: frozenset({Role.DRAFTER, Role.APPROVER, Role.DUTY_OFFICER}),
    Permission.APPROVE: frozenset({Role.APPROVER}),
    Permission.ASSESS: frozenset({Role.DUTY_OFFICER, Role.APPROVER}),
    Permission.EXECUTE: frozenset({Role.DUTY_OFFICER, Role.CUSTODIAN, Role.ANALYST}),
    Permission.READ_REGISTER: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Permission.MANAGE_PEERS: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_KEYS: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `name` is an officer's pseudonym, `system`, or `console`: it goes into the register."""

    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether some role of this actor holds `permission`."""
        return bool(HOLDERS[permission] & self.roles)

    def require(self, permission: Permission) -> None:
        """Raise `NotPermitted` unless the actor holds `permission`."""
        if not self.may(permission):
            raise NotPermitted(role=" or ".join(sorted(HOLDERS[permission])))


SYSTEM = Actor("system", frozenset(Role))
CONSOLE = Actor("console", frozenset(Role) - {Role.APPROVER})
