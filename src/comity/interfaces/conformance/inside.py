# SPDX-License-Identifier: Apache-2.0
"""What a node owes an accepted peer, message by message: each check is named by what it asks."""

from dataclasses import replace
from datetime import timedelta

from comity.interfaces.conformance.errors import CheckFailed, CheckSkipped
from comity.interfaces.conformance.outside import refused
from comity.interfaces.conformance.talk import Reply, Talk
from comity.protocol.wire import canonical, dsse
from comity.protocol.wire.dsse import PayloadType, Signature
from comity.protocol.wire.envelope import seal
from comity.protocol.wire.keys import SigningKeys
from comity.protocol.wire.message import Message
from comity.protocol.wire.names import digest_of, new_id
from comity.protocol.wire.parcel import Digests

AHEAD = timedelta(hours=1)


def hold(that: bool, why: str) -> None:
    """Raise `CheckFailed` unless it is so."""
    if not that:
        raise CheckFailed(why=why)


def an_empty_parcel_is_answered(talk: Talk) -> None:
    """The answer is sealed to us, signed by the card's key, of this very parcel, and shows the register."""
    talk.say(cards=(talk.me.signed,))


def a_message_is_delivered_and_receipted(talk: Talk) -> None:
    """The receipt proves the message's place in the node's register."""
    message = talk.message()
    talk.say(message).place(message)


def a_batch_is_receipted_in_its_order(talk: Talk) -> None:
    """Twenty messages in one parcel: each has its leaf, in the order in which they lay there."""
    many = [talk.message() for _ in range(20)]
    reply = talk.say(*many)
    places = [reply.place(each) for each in many]
    hold(places == sorted(set(places)), "the leaves are not in the order of the messages")


def a_duplicate_changes_nothing(talk: Talk) -> None:
    """A message that comes again is receipted for the leaf that it got the first time."""
    message = talk.message()
    first = talk.say(message).place(message)
    again = talk.say(message, message).place(message)
    hold(first == again, f"the message got leaf {first} and then leaf {again}")


def a_replayed_envelope_changes_nothing(talk: Talk) -> None:
    """The very same bytes, twice."""
    message = talk.message()
    parcel = talk.parcel(message)
    envelope = talk.sealed(parcel)
    before = talk.me.seen
    first = talk.exchange(parcel, envelope).place(message)
    answer = talk.post(envelope)
    if answer.status != 200:
        refused(answer, "replayed", "duplicate")
        return
    talk.me.seen = before  # the replayed parcel still says how far we saw then
    again = talk.opened(parcel, answer).place(message)
    hold(first == again, f"the message got leaf {first} and then leaf {again}")


def _refused(reply: Reply, message: Message, *codes: str) -> None:
    hold(message.digest not in reply.receipts, "it was receipted")
    found = reply.refusals.get(message.digest, "not at all")
    hold(found in codes, f"it was refused as {found}, not as {' or '.join(codes)}")


def a_forged_message_is_refused(talk: Talk) -> None:
    """One signature changed, one taken off, another statement under the same signatures."""
    good = talk.message()
    for which, code in ((0, "signature-invalid"), (1, "signature-invalid")):
        each = good.signed.signatures[which]
        bad = replace(each, sig=each.sig[:-1] + bytes([each.sig[-1] ^ 1]))
        signatures = tuple(bad if at == which else one for at, one in enumerate(good.signed.signatures))
        forged = replace(good, signed=replace(good.signed, signatures=signatures))
        _refused(talk.say(forged), forged, code)
    for which in (0, 1):
        bare = replace(good, signed=replace(good.signed, signatures=good.signed.signatures[which : which + 1]))
        _refused(talk.say(bare), bare, "signature-missing")
    other = replace(good, signed=replace(good.signed, payload=talk.statement().to_bytes()))
    _refused(talk.say(other), other, "signature-invalid")


def a_message_by_a_key_on_no_card_is_refused(talk: Talk) -> None:
    """Signed well, by somebody else's keys."""
    keys = SigningKeys.from_seeds(talk.random(32), talk.random(32))
    message = Message(dsse.sign(PayloadType.STATEMENT, talk.statement().to_bytes(), keys))
    _refused(talk.say(message), message, "key-unknown")


def a_message_written_before_the_card_is_refused(talk: Talk) -> None:
    """No card was valid then."""
    message = talk.message(talk.statement(sent=talk.me.card.start - timedelta(days=1)))
    _refused(talk.say(message), message, "key-expired")


def a_refused_message_does_not_stop_the_others(talk: Talk) -> None:
    """Of three messages the one in the middle is refused."""
    first, last = talk.message(), talk.message()
    bad = talk.message(talk.statement(body={}))
    reply = talk.say(first, bad, last)
    _refused(reply, bad, "body-invalid")
    hold(reply.place(first) < reply.place(last), "the good ones are not receipted in their order")


def a_clock_that_runs_ahead_is_refused(talk: Talk) -> None:
    """A parcel, and a message, written an hour ahead."""
    refused(talk.send(talk.parcel(at=talk.now() + AHEAD)), "clock-ahead")
    message = talk.message(talk.statement(sent=talk.now() + AHEAD))
    _refused(talk.say(message), message, "clock-ahead")


def a_parcel_by_another_key_is_refused(talk: Talk) -> None:
    """The parcel says that it is ours and is not signed by our card's key."""
    parcel = talk.parcel()
    keyid = talk.me.signing.public.keyids[0]
    real = talk.me.signing
    talk.me.signing = SigningKeys.from_seeds(talk.random(32), talk.random(32))
    try:
        refused(talk.send(parcel), "key-unknown")
    finally:
        talk.me.signing = real
    data = _forged(talk, Signature(keyid, bytes(64)))
    refused(talk.post(data), "signature-invalid")


def _forged(talk: Talk, signature: Signature) -> bytes:
    line = canonical.encode({"payloadType": PayloadType.PARCEL, **signature.to_json()}, limit=512)
    return seal(line + b"\n" + talk.parcel().to_bytes(), talk.node.authority, talk.node.keys.sealing)


def a_parcel_for_another_is_refused(talk: Talk) -> None:
    """Sealed to the node, and inside for somebody else: a parcel sent on."""
    refused(talk.send(talk.parcel(to=talk.stranger())), "bad-member")


def a_request_of_an_unknown_kind_is_refused(talk: Talk) -> None:
    """Nothing could be done with it."""
    message = talk.message(talk.statement("conformance-unheard-of"))
    _refused(talk.say(message), message, "unknown-kind")


def a_move_of_an_unknown_kind_is_kept(talk: Talk) -> None:
    """A later version may know it: it is kept and shown, and not applied."""
    opening = talk.message()
    move = talk.message(talk.statement("conformance-unheard-of", (opening,)))
    talk.say(opening, move).place(move)


def a_body_must_be_what_its_kind_asks(talk: Talk) -> None:
    """A request without what its kind needs."""
    message = talk.message(talk.statement(body={}))
    _refused(talk.say(message), message, "body-invalid")


def members_that_nobody_knows_are_kept(talk: Talk) -> None:
    """A statement from a later version, brought back byte for byte."""
    said = talk.statement()
    body = {**said.body, "x_conformance": "kept"}
    message = talk.message(replace(said, body=body, extra={"x_conformance": ["kept"]}))
    talk.say(message).place(message)
    reply = talk.say(need=(Digests(said.thread, (message.digest,)),))
    hold(
        message.signed.payload in [each.signed.payload for each in reply.parcel.messages], "it did not come back whole"
    )


def approvals_are_asked_for(talk: Talk) -> None:
    """A preservation without its officer; with an approval of another statement; with its own."""
    said = talk.statement("preservation")
    bare, other = talk.message(said), talk.message(said, approved=talk.statement("preservation"))
    _refused(talk.say(bare), bare, "approval-missing")
    _refused(talk.say(other), other, "approval-invalid")
    good = talk.message(said, approved=said)
    reply = talk.say(good)
    if talk.node.sample:
        reply.place(good)
    else:
        _refused(reply, good, "approval-missing")


def a_message_for_another_is_refused(talk: Talk) -> None:
    """It is not addressed to the node."""
    message = talk.message(talk.statement(to=(talk.stranger(),)))
    _refused(talk.say(message), message, "not-for-us")


def a_message_of_a_stranger_is_refused(talk: Talk) -> None:
    """Carried by us, written by somebody whom the node does not know."""
    message = talk.message(talk.statement(sender=talk.stranger()))
    _refused(talk.say(message), message, "not-a-peer")


def what_is_missing_is_asked_for(talk: Talk) -> None:
    """A message that names an earlier one which the node lacks: kept, and the earlier one needed, until it comes."""
    opening = talk.message()
    between = talk.message(talk.statement("note", (opening,)))
    last = talk.message(talk.statement("note", (opening, between)))
    reply = talk.say(opening, last)
    reply.place(last)
    needed = {digest for each in reply.parcel.need for digest in each.digests}
    hold(between.digest in needed, "the missing message is not asked for")
    after = talk.say(between).parcel.need
    hold(between.digest not in {digest for each in after for digest in each.digests}, "it is asked for though it came")


def messages_may_come_before_their_opening(talk: Talk) -> None:
    """The move first, then the request that opens its thread."""
    opening = talk.message()
    move = talk.message(talk.statement("note", (opening,)))
    talk.say(move).place(move)
    talk.say(opening).place(opening)


def have_and_need_bring_what_is_lacking(talk: Talk) -> None:
    """We show that we have nothing of a thread, or ask for a message by its digest."""
    opening = talk.message()
    thread = opening.statement.thread
    talk.say(opening)
    shown = talk.say(have=(Digests(thread, ()),)).parcel
    hold(opening.digest in {each.digest for each in shown.messages}, "it does not bring what we showed to lack")
    hold(any(opening.digest in each.digests for each in shown.have), "it does not say what it has")
    asked = talk.say(need=(Digests(thread, (opening.digest,)),)).parcel
    hold(opening.digest in {each.digest for each in asked.messages}, "it does not bring what we asked for")


def of_other_threads_nothing_is_told(talk: Talk) -> None:
    """For somebody who has no part in it, a thread does not exist."""
    thread = new_id(talk.now(), talk.random(10))
    reply = talk.say(have=(Digests(thread, ()),), need=(Digests(thread, (digest_of(talk.random(32)),)),)).parcel
    hold(not (reply.messages or reply.have or reply.need), "it told something of a thread that is not there")


def require_accepted(talk: Talk) -> None:
    """Raise `CheckSkipped` while the node does not know this authority, or has an alarm standing about it."""
    answer = talk.send(talk.parcel(cards=(talk.me.signed,)))
    if answer.code in ("not-a-peer", "alarm-standing"):
        raise CheckSkipped(why=f"the node says {answer.code} of {talk.me.authority}")


CHECKS = (
    an_empty_parcel_is_answered,
    a_message_is_delivered_and_receipted,
    a_batch_is_receipted_in_its_order,
    a_duplicate_changes_nothing,
    a_replayed_envelope_changes_nothing,
    a_forged_message_is_refused,
    a_message_by_a_key_on_no_card_is_refused,
    a_message_written_before_the_card_is_refused,
    a_refused_message_does_not_stop_the_others,
    a_clock_that_runs_ahead_is_refused,
    a_parcel_by_another_key_is_refused,
    a_parcel_for_another_is_refused,
    a_request_of_an_unknown_kind_is_refused,
    a_move_of_an_unknown_kind_is_kept,
    a_body_must_be_what_its_kind_asks,
    members_that_nobody_knows_are_kept,
    approvals_are_asked_for,
    a_message_for_another_is_refused,
    a_message_of_a_stranger_is_refused,
    what_is_missing_is_asked_for,
    messages_may_come_before_their_opening,
    have_and_need_bring_what_is_lacking,
    of_other_threads_nothing_is_told,
)
