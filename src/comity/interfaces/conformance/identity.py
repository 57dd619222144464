# SPDX-License-Identifier: Apache-2.0
"""The throw-away sample authorities that the suite is: keys, card, one software officer, and a register of their own.

    DIR/main.json  DIR/second.json      seeds and how far the register and the peer's were seen
    DIR/card.json  DIR/second-card.json the cards to give to the node's administrator

All of it is sample data and says so. Nobody may ever use these keys for anything else.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.protocol.ledger import checkpoint, note
from comity.protocol.ledger.checkpoint import Checkpoint, SignedCheckpoint, origin_of
from comity.protocol.ledger.proofs import consistency
from comity.protocol.ledger.tree import Frontier, NodeId, leaf_hash, root_of
from comity.protocol.wire import card as cards
from comity.protocol.wire.card import Card
from comity.protocol.wire.dsse import Signed
from comity.protocol.wire.keys import OpeningKey, SigningKeys
from comity.protocol.wire.names import AuthorityId
from comity.protocol.wire.officer import Officer
from comity.protocol.wire.particulars import Calendar, CardKeys, Contact
from comity.records.accounts.soft import SoftAuthenticator

OFFICER, RP_ID, ORIGIN = "zz-0001", "zz.localhost", "http://zz.localhost:8001"
VALID = timedelta(days=30)
_SEEDS = ("ed25519", "mldsa65", "sealing", "register", "witness", "officer")


@dataclass(slots=True)
class Identity:
    """One sample authority. `size` counts its register's leaves, `seen` is the node's last checkpoint that it saw."""

    authority: AuthorityId
    seeds: dict[str, bytes]
    signed: Signed
    size: int = 1
    seen: Checkpoint | None = None
    path: Path | None = None
    signing: SigningKeys = field(init=False)
    opening: OpeningKey = field(init=False)
    officer: SoftAuthenticator = field(init=False)

    def __post_init__(self) -> None:
        self.signing = SigningKeys.from_seeds(self.seeds["ed25519"], self.seeds["mldsa65"])
        self.opening = OpeningKey.from_seed(self.seeds["sealing"])
        self.officer = SoftAuthenticator(self.seeds["officer"])

    @property
    def card(self) -> Card:
        """Its card."""
        return cards.parse(self.signed.payload)

    def leaves(self, size: int, story: str = "") -> list[bytes]:
        """The leaf hashes of its register, which tells nothing; another `story` is a fork."""
        return [
            leaf_hash(sha256(f"{self.authority} {story if at == 0 else ''} {at}".encode()).digest())
            for at in range(size)
        ]

    def checkpoint(self, size: int, story: str = "") -> SignedCheckpoint:
        """The signed checkpoint at a size."""
        key = Ed25519PrivateKey.from_private_bytes(self.seeds["register"])
        told = Checkpoint(origin_of(self.authority), size, root_of(self.leaves(size, story)))
        return checkpoint.sign(told, note.signer(origin_of(self.authority), key))

    def growth(self, start: int, end: int) -> tuple[bytes, ...]:
        """The proof that the register at `end` extends that at `start`."""
        hashes = self.leaves(end)
        _, completed = Frontier().extend(hashes)

        def nodes(wanted: object) -> dict[NodeId, bytes]:
            found = {}
            for each in wanted:  # type: ignore[attr-defined]  # a sequence of nodes
                at = (each.level - 1) * 32
                found[each] = completed[each.home][at : at + 32] if each.level else hashes[each.place]
            return found

        return tuple(consistency(start, end, nodes)) if start else ()

    def save(self) -> None:
        """Remember how far the registers were seen."""
        if self.path is None:
            return
        seen = [self.seen.origin, self.seen.size, base64.b64encode(self.seen.root).decode()] if self.seen else None
        seeds = {name: each.hex() for name, each in self.seeds.items()}
        value = {"sample": True, "authority": self.authority, "seeds": seeds, "card": self.signed.to_json()}
        self.path.write_text(json.dumps({**value, "size": self.size, "seen": seen}), encoding="utf-8")


def new(authority: AuthorityId, now: datetime, random: Callable[[int], bytes]) -> Identity:
    """A fresh authority."""
    seeds = {name: random(32) for name in _SEEDS}
    return Identity(authority, seeds, _card(authority, seeds, now))


def at(folder: Path, now: datetime, random: Callable[[int], bytes]) -> list[Identity]:
    """The two authorities of a folder, made at the first time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [_at(folder, name, file, now, random) for name, file in (("main", "card"), ("second", "second-card"))]


def _at(folder: Path, name: str, file: str, now: datetime, random: Callable[[int], bytes]) -> Identity:
    path = folder / f"{name}.json"
    if path.exists():
        return _read(path)
    made = new(AuthorityId(f"ZZ/conformance-{random(4).hex()}"), now, random)
    made.path = path
    made.save()
    path.chmod(0o600)
    (folder / f"{file}.json").write_text(json.dumps(made.signed.to_json()), encoding="utf-8")
    return made


def _read(path: Path) -> Identity:
    value = json.loads(path.read_text(encoding="utf-8"))
    seeds = {name: bytes.fromhex(value["seeds"][name]) for name in _SEEDS}
    made = Identity(AuthorityId(value["authority"]), seeds, Signed.from_json(value["card"]), value["size"], path=path)
    if value["seen"]:
        origin, size, root = value["seen"]
        made.seen = Checkpoint(origin, size, base64.b64decode(root))
    return made


def _card(authority: AuthorityId, seeds: dict[str, bytes], now: datetime) -> Signed:
    signing = SigningKeys.from_seeds(seeds["ed25519"], seeds["mldsa65"])
    register, witness = (
        Ed25519PrivateKey.from_private_bytes(seeds[each]).public_key().public_bytes_raw()
        for each in ("register", "witness")
    )
    start, until = now - timedelta(hours=1), now + VALID
    device = SoftAuthenticator(seeds["officer"])
    made = Card(
        authority=authority,
        name={"en": "Conformance suite (sample)"},
        country=authority[:2],
        roles=("police",),
        languages=("en",),
        timezone="UTC",
        calendar=Calendar(authority[:2], ""),
        contact=Contact("", ""),
        serial=1,
        previous=None,
        start=start,
        until=until,
        sample=True,
        keys=CardKeys(signing.public, OpeningKey.from_seed(seeds["sealing"]).public, register, witness),
        officers=(
            Officer(
                pseudonym=OFFICER,
                role="approver",
                credential=device.credential(RP_ID),
                public_key=device.public_key(RP_ID),
                rp_id=RP_ID,
                origins=(ORIGIN,),
                soft=True,
                start=start,
                until=until,
            ),
        ),
    )
    return cards.sign(made, signing)
