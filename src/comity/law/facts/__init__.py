# SPDX-License-Identifier: Apache-2.0
"""The facts of law: dated, sourced, and each with how far it is verified. What is unknown is empty, never guessed."""
