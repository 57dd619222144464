# SPDX-License-Identifier: Apache-2.0
"""The last step of making a parcel: its receipts are signed, it is signed itself, and sealed to its recipient.

It reads no row and changes none, so nobody needs to wait for it but whoever gets the parcel: the endpoint seals when
the peer's turn is over. It is done once, whoever asks first."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from comity.protocol.ledger import receipt as receipts
from comity.protocol.ledger.receipt import Receipt
from comity.protocol.wire import envelope
from comity.protocol.wire.keys import SealingKey, SigningKeys
from comity.protocol.wire.parcel import Parcel, pack


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A parcel all but signed and sealed: the receipts that it still lacks, our keys, and the key to seal it to."""

    parcel: Parcel
    receipts: Sequence[Receipt]
    ours: SigningKeys
    theirs: SealingKey

    def sealed(self) -> bytes:
        """The envelope. Raises `TooLarge` or `NotCanonical`."""
        signed = tuple(receipts.sign(each, self.ours) for each in self.receipts)
        packed = pack(replace(self.parcel, receipts=signed), self.ours)
        return envelope.seal(packed, self.parcel.to, self.theirs)


class Sealing:
    """An envelope that is made when it is first asked for."""

    def __init__(self, unsigned: Unsigned) -> None:
        self._lock = threading.Lock()
        self._made: Unsigned | bytes = unsigned

    def envelope(self) -> bytes:
        """The sealed bytes, the same for everybody who asks. Raises as `Unsigned.sealed`."""
        with self._lock:
            if isinstance(self._made, Unsigned):
                self._made = self._made.sealed()
            return self._made
