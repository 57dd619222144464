# SPDX-License-Identifier: Apache-2.0
"""The bytes that travel: canonical statements, their signatures, approvals, cards, and the sealed envelopes."""
