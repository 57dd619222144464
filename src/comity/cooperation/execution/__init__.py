# SPDX-License-Identifier: Apache-2.0
"""Doing what was asked: tasks, and the small files found."""
