# SPDX-License-Identifier: Apache-2.0
"""Pairs of nodes for the tests of this folder."""

from tests.fixtures.pairs import china, network, spain

__all__ = ["china", "network", "spain"]
