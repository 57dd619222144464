# SPDX-License-Identifier: Apache-2.0
"""The bell of the outbox: whoever queues something in this process rings, and the worker looks at once."""

import threading

_queued = threading.Event()


def wake() -> None:
    """Something was queued: do not wait for the next look."""
    _queued.set()


def wait(seconds: float) -> None:
    """Wait until somebody rings, at most so long. What is queued from now on rings anew."""
    _queued.wait(seconds)
    _queued.clear()
