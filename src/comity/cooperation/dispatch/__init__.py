# SPDX-License-Identifier: Apache-2.0
"""What leaves: frozen, approved, signed, queued, delivered until receipted."""
