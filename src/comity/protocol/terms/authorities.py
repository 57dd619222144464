# SPDX-License-Identifier: Apache-2.0
"""What an authority can be. An authority is named `ES/policia-nacional` (see `wire.names.AuthorityId`)."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

AUTHORITY_ROLES = Vocabulary(
    "authority-roles",
    "Roles of authorities",
    (
        Term("police", "Police"),
        Term("prosecutor", "Prosecutor"),
        Term("court", "Court"),
        Term("fiu", "Financial intelligence unit"),
        Term("central-authority", "Central authority", "Sends and receives requests for mutual legal assistance."),
        Term("contact-point-24-7", "24/7 contact point", "Answers at any hour for urgent electronic evidence."),
        Term("foreign-ministry", "Ministry of foreign affairs", "The diplomatic channel."),
        Term("justice-ministry", "Ministry of justice"),
        Term("interpol-ncb", "INTERPOL National Central Bureau"),
        Term("asset-recovery-office", "Asset recovery office"),
        Term("border-immigration", "Border or immigration authority"),
        Term("customs", "Customs"),
    ),
)

OFFICER_ROLES = Vocabulary(
    "officer-roles",
    "Roles of officers",
    (
        Term("drafter", "Drafter", "Writes requests and answers."),
        Term("approver", "Approver", "Stands behind what leaves, with a key of their own."),
        Term("duty-officer", "Duty officer", "Receives at any hour."),
        Term("analyst", "Analyst"),
        Term("custodian", "Evidence custodian"),
        Term("auditor", "Auditor", "Reads the register and changes nothing."),
        Term("administrator", "Administrator", "Keeps accounts and keys and sees no case."),
    ),
)
