# SPDX-License-Identifier: Apache-2.0
"""The asking side's moves, and the end of a thread. The gate *may we use it so*."""
