# SPDX-License-Identifier: Apache-2.0
"""The moves of a thread, one file each: answers, the requester's own moves, closing, and recall."""
