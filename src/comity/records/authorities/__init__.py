# SPDX-License-Identifier: Apache-2.0
"""The authorities this node knows: cards, keys, standing, and an eye on their registers."""
