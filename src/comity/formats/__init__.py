# SPDX-License-Identifier: Apache-2.0
"""Comity's messages in the forms of others: what each form cannot carry is said, and never left out in silence."""
