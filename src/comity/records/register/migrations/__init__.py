# SPDX-License-Identifier: Apache-2.0
"""Changes to the tables of the register, in order."""
