# SPDX-License-Identifier: Apache-2.0
"""Keys that are lost, stolen, or out of use: said by us, heard from a peer, or entered by hand on a peer's word.

The procedure, as docs/protocol/keys-over-time.md tells it and the command line walks through it:

    planned      rotate (the old keys sign the new card), then revoke the old keys as superseded
    stolen       rotate at once, revoke the old keys as compromised since the theft, ring every peer
    lost         `refound`: new keys and a new first card; every peer compares words again

A revocation is never taken back. What it does to messages already here is judged anew whenever they are read.
"""

from collections.abc import Sequence
from datetime import datetime

from comity.protocol.wire import dsse, trust
from comity.protocol.wire.dsse import PayloadType, Signed
from comity.protocol.wire.errors import KeyUnknown
from comity.protocol.wire.lineage import Lineage, Revoked
from comity.protocol.wire.names import AuthorityId, digest_of
from comity.protocol.wire.revocation import Reason, Revocation
from comity.protocol.wire.trust_errors import RevokesNothing
from comity.records.action import Act, acting
from comity.records.actors import Actor, Permission
from comity.records.authorities.errors import OurOwn
from comity.records.authorities.issuing import our_card
from comity.records.authorities.lineages import lineage
from comity.records.authorities.models import RevocationRecord, Watch
from comity.records.home import Home
from comity.records.register import events


def revoke_ours(home: Home, actor: Actor, keyids: Sequence[str], since: datetime, reason: Reason) -> Signed:
    """Declare keys of ours no longer ours, signed with our newest keys. Peers hear of it with the next parcel.

    Raises `KeyUnknown` for keys that were never ours, `NotTheirsToRevoke`.
    """
    with acting(home, actor, Permission.MANAGE_KEYS) as act:
        before = lineage(home.authority)
        ours = {key for each in before.held for key in each.card.keys.keyids}
        for key in keyids:
            if key not in ours:
                raise KeyUnknown(authority=home.authority, key=key[:64])
        said = Revocation(home.authority, tuple(keyids), since, reason)
        keys = home.keys.signing_as(our_card().keys.signing)
        signed = dsse.sign(PayloadType.REVOCATION, said.to_bytes(), keys)
        _keep(act, before, trust.accept_revocation(before, signed, at=act.now))
        # The next parcel to each peer brings our cards again, and with them this. The mark is no card's, and another
        # for each revocation: an answer to a parcel that left before does not take it away.
        Watch.objects.update(card_sent=signed.digest)
    return signed


def hear(act: Act, authority: AuthorityId, signed: Signed) -> None:
    """Within `act`: take a peer's own revocation. Raises the trust errors.

    One of keys, or signed by keys, from before people compared a card is passed over: nothing here stands on them, and
    it must not hold up the parcel that it came with.
    """
    before = lineage(authority)
    try:
        after = trust.accept_revocation(before, signed, at=act.now)
    except (RevokesNothing, KeyUnknown):
        act.idle = True
        return
    _keep(act, before, after)


def revoke_by_hand(
    home: Home, actor: Actor, authority: AuthorityId, keyids: Sequence[str], since: datetime, reason: Reason
) -> None:
    """Enter a peer's revocation on its word by telephone: it reaches the named keys only. Raises `KeyUnknown`,
    `OurOwn`."""
    with acting(home, actor, Permission.MANAGE_PEERS) as act:
        if authority == home.authority:
            raise OurOwn(authority=authority)
        before = lineage(authority)
        said = Revocation(authority, tuple(keyids), since, reason)
        _keep(act, before, trust.revoke_by_hand(before, said, at=act.now))


def ours_since(at: datetime) -> list[Signed]:
    """The revocations that we signed at `at` or later, oldest first: what a peer may not have heard."""
    rows = RevocationRecord.objects.filter(authority__standing="ourselves", at__gte=at).order_by("at")
    return [Signed.from_json(row.signed) for row in rows if row.signed]


def _keep(act: Act, before: Lineage, after: Lineage) -> None:
    for revoked in after.revoked[len(before.revoked) :]:
        said = revoked.revocation
        RevocationRecord.objects.create(
            digest=_name(revoked),
            authority_id=said.authority,
            statement=said.to_bytes(),
            signed=revoked.signed.to_json() if revoked.signed else None,
            reaches=sorted(revoked.keyids),
            at=act.now,
        )
        act.record(
            events.key_revoked(
                authority=said.authority, keyids=list(said.keyids), since=said.since, reason=str(said.reason)
            )
        )
    if not act.entries:
        act.record(events.listed(what="revocation", count=0))


def _name(revoked: Revoked) -> str:
    return revoked.signed.digest if revoked.signed else digest_of(b"by hand\0" + revoked.revocation.to_bytes())
