# SPDX-License-Identifier: Apache-2.0
"""A node asked from outside whether it keeps to the protocol. No part of the node is used: only the protocol."""
