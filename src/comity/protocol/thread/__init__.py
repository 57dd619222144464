# SPDX-License-Identifier: Apache-2.0
"""The thread: signed messages folded into the state of a request; its state graphs as data."""
