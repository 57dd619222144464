# SPDX-License-Identifier: Apache-2.0
"""Nodes for the tests of this folder."""

from tests.fixtures.nodes import network

__all__ = ["network"]
