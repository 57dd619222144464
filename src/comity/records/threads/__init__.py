# SPDX-License-Identifier: Apache-2.0
"""Threads and their messages."""
