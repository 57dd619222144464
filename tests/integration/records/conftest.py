# SPDX-License-Identifier: Apache-2.0
"""Pairs of nodes for the tests of this folder."""

from tests.fixtures.pairs import china, fresh, network, spain

__all__ = ["china", "fresh", "network", "spain"]
