# SPDX-License-Identifier: Apache-2.0
"""The HTTP server around the application, and what must hold before it starts.

The server is granian with one worker process, whose threads answer; SQLite lets one write at a time, and more
processes would only wait. The worker dies with its supervisor: if that is killed outright, the worker must not live
on and hold the port.

One home is served once, each part of it by one process (`held`), and a port by one node (`require_free`): granian
shares a port with whoever else does, so that half of the visitors would meet another node.

ServingError
├── PortTaken     another process listens there, or we may not
└── HomeServed    the home is served already
"""

import ctypes
import fcntl
import http.client
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from comity.protocol.errors import ComityError
from comity.records.errors import ConfigurationError

THREADS = 16
"""A slow sender holds a thread until its body is whole. A proxy that buffers bodies belongs in front of a real node."""
LONGEST_END = 10
"""Seconds from a signal to stop until the worker is killed: a parcel under way may end, and a worker that was told to
stop before it could hear ends too. Whatever is cut off is sent again."""
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
_LOOK = 0.1


class ServingError(ComityError):
    """The node is not served."""

    code = "serving"


class PortTaken(ServingError):
    """Nobody can listen at this address now."""

    code = "port-taken"
    text = "{listen} cannot be listened on ({why})."
    advice = "Stop the program that holds the port, or choose another: --listen HOST:PORT."


class HomeServed(ServingError):
    """Two servers would work on one node."""

    code = "home-served"
    text = "The node at {home} is served already ({part})."
    advice = "Stop that server first. `--only web` and `--only outbox` may run beside each other."


def serve_http(factory: str, listen: str) -> None:
    """Serve the application that `factory` ("module:name") makes in the worker, until a signal says stop.

    Raises `ConfigurationError` for an address that is none, `PortTaken`.
    """
    host, port = address(listen)
    require_free(listen)
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
        workers_kill_timeout=LONGEST_END,
    ).serve()


def require_free(listen: str) -> None:
    """Raise `PortTaken` when nobody can listen at the address alone, `ConfigurationError` when it is none."""
    host, port = address(listen)
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise PortTaken(listen=listen, why=error.strerror or type(error).__name__) from None


@contextmanager
def held(home: Path, parts: Collection[str]) -> Iterator[None]:
    """Keep these parts of a home for this process. Raises `HomeServed`."""
    with ExitStack() as stack:
        for part in parts:
            file = stack.enter_context((home / f"{part}.lock").open("w"))
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise HomeServed(home=str(home), part=part) from None
        yield


def when_it_answers(listen: str, do: Callable[[], None]) -> None:
    """Do this, beside the server, once something answers at the address."""
    threading.Thread(target=_wait, args=(*address(listen), do), name="answers", daemon=True).start()


def _wait(host: str, port: int, do: Callable[[], None]) -> None:
    ask = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  where we ask when all are listened on
    while not _answers(ask, port):
        time.sleep(_LOOK)
    with suppress(OSError):  # nobody reads it
        do()


def _answers(host: str, port: int) -> bool:
    asked = http.client.HTTPConnection(host, port, timeout=5)
    try:
        asked.request("GET", "/sign-in", headers={"Host": "127.0.0.1"})
        return bool(asked.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def die_with_parent() -> None:
    """Called in the worker: end when the supervisor ends, however it ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def address(listen: str) -> tuple[str, int]:
    """`127.0.0.1:8001` as host and port. Raises `ConfigurationError`."""
    host, _, port = listen.rpartition(":")
    if host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return host.strip("[]"), int(port)
    raise ConfigurationError(where="--listen", why="is not of the form 127.0.0.1:8001")
