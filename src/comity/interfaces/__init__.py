# SPDX-License-Identifier: Apache-2.0
"""Thin doors: pages, federation, command line. They translate and decide nothing."""
