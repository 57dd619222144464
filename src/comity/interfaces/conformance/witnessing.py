# SPDX-License-Identifier: Apache-2.0
"""What a node owes its peers as a register and as a witness: growth proven and asked for, checkpoints cosigned, alarms.

The alarms come last: the node stops the line of the suite's own authorities, until people clear it or forget them.
"""

from dataclasses import replace
from datetime import timedelta

from comity.interfaces.conformance.inside import hold
from comity.interfaces.conformance.outside import refused
from comity.interfaces.conformance.talk import Talk
from comity.protocol.ledger import cosignature
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import witness_key

BEFORE = timedelta(minutes=30)
"""Parcels may overtake one another by some minutes; by so much none does."""


def its_register_is_proven_from_where_we_saw_it(talk: Talk) -> None:
    """Each answer proves the growth from the size that we say; `Talk` holds every one of them to that."""
    before = talk.me.seen
    talk.say(talk.message())
    after = talk.me.seen
    hold(
        before is not None and after is not None and after.size > before.size, "the register did not grow by a message"
    )


def our_register_is_watched_and_cosigned(talk: Talk) -> None:
    """The node checks our checkpoint's growth and cosigns what it saw."""
    size = talk.me.size
    talk.say(checkpoint=talk.progress(0, size))
    told = talk.say(checkpoint=talk.progress(size, size + 3)).parcel
    talk.me.size = size + 3
    talk.me.save()
    key = witness_key(talk.node.authority, talk.node.keys.witness)
    lines = [notes.parse_line(each) for each in told.cosignatures]
    note = talk.me.checkpoint(size + 3).note
    found = [cosignature.verify(replace(note, lines=(each,)), key) for each in lines if each.by(key)]
    hold(len(found) == 1, "there is no cosignature on our newest checkpoint")


def growth_is_asked_for_from_where_it_was_seen(talk: Talk) -> None:
    """A proof that starts elsewhere than at what the node saw is sent back, with the size to start from."""
    size = talk.me.size
    answer = talk.send(talk.parcel(checkpoint=talk.progress(1, size + 1)))
    refused(answer, "consistency-wanted", status=409)
    hold(answer.refusal.get("data", {}).get("seen") == size, "it does not say from which size to prove")


def growth_that_is_not_proven_is_refused(talk: Talk) -> None:
    """The proof leads nowhere: nothing is believed, and nothing is remembered."""
    size = talk.me.size
    good = talk.progress(size, size + 2)
    answer = talk.send(talk.parcel(checkpoint=replace(good, hashes=good.hashes[:-1])))
    refused(answer, "unproven", "bad-proof")
    talk.say(checkpoint=talk.progress(size, size + 2))
    talk.me.size = size + 2
    talk.me.save()


def a_checkpoint_by_another_key_is_refused(talk: Talk) -> None:
    """Signed by somebody who is not our register."""
    size = talk.me.size
    real = talk.me.seeds["register"]
    talk.me.seeds["register"] = talk.random(32)
    try:
        answer = talk.send(talk.parcel(checkpoint=talk.progress(size, size + 1)))
    finally:
        talk.me.seeds["register"] = real
    refused(answer, "note-unsigned", "note-forged")


def a_rollback_is_an_alarm(second: Talk) -> None:
    """A smaller checkpoint, written long after: refused, and nothing more is taken until people have spoken."""
    second.say(checkpoint=second.progress(0, 5), cards=(second.me.signed,), at=second.now() - BEFORE)
    refused(second.send(second.parcel(checkpoint=second.progress(0, 3))), "rollback")
    refused(second.send(second.parcel()), "alarm-standing", status=403)


def a_fork_is_an_alarm(talk: Talk) -> None:
    """Another root at a size that the node saw: refused, and nothing more is taken until people have spoken."""
    size = talk.me.size
    talk.say(checkpoint=talk.progress(0, size) if size < 2 else talk.progress(size, size))
    refused(talk.send(talk.parcel(checkpoint=talk.progress(size, size, "another story"))), "fork")
    refused(talk.send(talk.parcel()), "alarm-standing", status=403)


CHECKS = (
    its_register_is_proven_from_where_we_saw_it,
    our_register_is_watched_and_cosigned,
    growth_is_asked_for_from_where_it_was_seen,
    growth_that_is_not_proven_is_refused,
    a_checkpoint_by_another_key_is_refused,
)
ALARMS = (a_fork_is_an_alarm,)
SECOND = (a_rollback_is_an_alarm,)
