# SPDX-License-Identifier: Apache-2.0
"""The HTTP server around the application.

The server is granian with one worker process, whose threads answer; SQLite lets one write at a time, and more
processes would only wait. The worker dies with its supervisor: if that is killed outright, the worker must not live
on and hold the port."""

import ctypes
import signal

from comity.records.errors import ConfigurationError

THREADS = 16
"""A slow sender holds a thread until its body is whole. A proxy that buffers bodies belongs in front of a real node."""
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def serve_http(factory: str, listen: str) -> None:
    """Serve the application that `factory` ("module:name") makes in the worker, until a signal says stop.

    Raises `ConfigurationError` for an address that is none.
    """
    host, port = address(listen)
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        factory,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=256,
        websockets=False,
        log_enabled=False,  # it would switch our own logger off
        respawn_failed_workers=False,
    ).serve()


def die_with_parent() -> None:
    """Called in the worker: end when the supervisor ends, however it ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def address(listen: str) -> tuple[str, int]:
    """`127.0.0.1:8001` as host and port. Raises `ConfigurationError`."""
    host, _, port = listen.rpartition(":")
    if host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return host.strip("[]"), int(port)
    raise ConfigurationError(where="--listen", why="is not of the form 127.0.0.1:8001")
