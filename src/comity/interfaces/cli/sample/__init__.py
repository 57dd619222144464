# SPDX-License-Identifier: Apache-2.0
"""The sample case, played between three real nodes. Every person, number and account in it is invented, and says so."""
