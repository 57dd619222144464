# SPDX-License-Identifier: Apache-2.0
"""The node's append-only record of what it did: one leaf an event, provable to anybody, erasable without a gap.

events        what can be written, and with which members
append        entries → leaves, within the action's own transaction
checkpoints   the register's signed word on its size and root, and its witnesses' cosignatures
proofs        that a leaf is in it; that it only grew
listing       pages of it
erasure       forgetting what a leaf said, not that it was
check         all of it computed anew
"""
