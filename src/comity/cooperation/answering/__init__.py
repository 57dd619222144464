# SPDX-License-Identifier: Apache-2.0
"""Handing over what was found."""
