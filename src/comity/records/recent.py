# SPDX-License-Identifier: Apache-2.0
"""What was used lately, for all threads of a process, up to so many bytes."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_FIXED = 1 << 10
"""What any value costs beside its bytes."""


class Recent(Generic[K, V]):
    """Remembers values with their sizes; those not used for longest go first once all are more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._held = limit, 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value, if it is remembered."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Remember a value of `size` bytes; one that is larger than an eighth of all is not worth it."""
        cost = size + _FIXED
        if cost > self._limit // 8:
            return
        with self._lock:
            self._drop(key)
            self._values[key] = (value, cost)
            self._held += cost
            while self._held > self._limit:
                self._drop(next(iter(self._values)))

    def _drop(self, key: K) -> None:
        gone = self._values.pop(key, None)
        self._held -= gone[1] if gone else 0
