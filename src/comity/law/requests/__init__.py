# SPDX-License-Identifier: Apache-2.0
"""A request as a question of law: what is asked, what it must say, and what to look at before a person decides."""
