# SPDX-License-Identifier: Apache-2.0
"""The door to other nodes: one endpoint, a mailbox for those that cannot be reached, files for those without a line."""
