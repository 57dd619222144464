# SPDX-License-Identifier: Apache-2.0
"""What only our own register can do to us.

RecordError
└── RegisterDamaged     the rows are not what was appended
"""

from comity.records.errors import RecordError


class RegisterDamaged(RecordError):
    """A row was changed, lost or added outside `append`."""

    code = "register-damaged"
    text = "The register is damaged at leaf {index}: {why}."
    advice = "Stop the node, keep a copy of the database, and restore it from a backup; peers hold our checkpoints."
