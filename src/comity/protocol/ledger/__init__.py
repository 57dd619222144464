# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of a register: its tree, its proofs, its checkpoints and the receipts that rest on them."""
