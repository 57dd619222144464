# SPDX-License-Identifier: Apache-2.0
"""Deciding on a request. The gate *may we answer*."""
