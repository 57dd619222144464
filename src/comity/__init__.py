# SPDX-License-Identifier: Apache-2.0
"""Comity: the open cooperation network of police, prosecutors and financial intelligence units."""

__version__ = "0.1.0"
