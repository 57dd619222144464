# SPDX-License-Identifier: Apache-2.0
"""The desk's page on the server: with a thousand requests held, and with a hundred thousand.

    python -m benchmarks.desk

A whole node in a directory of its own, SQLite under FULL sync. The page is asked for through the node's WSGI
application, signed in, with everything that a browser's request does: session, officer, both lists, names and zones,
template, and the leaf that the view leaves in the register. The rows are made through the model; every second one waits
for us.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figure import Figure, report

FEW, MANY = 1_000, 100_000
TIMES = 60
KINDS = ("preservation", "subscriber-information", "stop-payment", "traffic-data", "content-data")
BAR = 50.0


def main() -> None:
    """Fill the store twice, and measure the pages each time."""
    with tempfile.TemporaryDirectory() as folder:
        application, cookies = founded(Path(folder) / "node")
        figures: list[Figure] = []
        held = 0
        for count in (FEW, MANY):
            fill(held, count)
            held = count
            figures += measured(application, cookies, count)
        report(figures)


def founded(home: Path) -> tuple[Any, str]:
    """A node of one officer, and the cookies of the officer's session."""
    from comity import node
    from comity.protocol.wire.names import AuthorityId
    from comity.records.config import NodeConfig

    settings: dict[str, Any] = {
        "name": "Sample",
        "country": "ES",
        "timezone": "Europe/Madrid",
        "calendar": "ES",
        "sample": True,
    }
    made = node.found(NodeConfig(home=home, authority=AuthorityId("ES/policia-nacional"), **settings)).home
    application = node.application(made, outbox=False)
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from comity.records.accounts import people
    from comity.records.accounts.backend import BACKENDS
    from comity.records.accounts.models import Means
    from comity.records.actors import CONSOLE, Role

    officer = people.create_officer(made, CONSOLE, name="Sample", roles=[Role.DUTY_OFFICER])
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = BACKENDS[Means.PASSKEY]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.save()
    return application, f"{made.config.cookie}={session.session_key}"


def fill(start: int, end: int) -> None:
    """Threads number `start` to `end`, each moved a second after the one before."""
    from comity.protocol.wire.names import digest_of, new_id
    from comity.records.threads.models import Thread

    began = datetime.now(UTC) - timedelta(seconds=MANY)
    rows = (
        Thread(
            id=new_id(began + timedelta(seconds=number), os.urandom(10)),
            kind=KINDS[number % len(KINDS)],
            side="asked" if number % 2 else "asking",
            counterpart=("CN/mps", "MM/police-force")[number % 2],
            reference=f"SAMPLE-{number}",
            urgency=("normal", "urgent", "emergency")[number % 3],
            state="received" if number % 2 else "accepted",
            state_digest=digest_of(str(number).encode()),
            ours=bool(number % 2),
            open=number % 10 != 0,
            due=began + timedelta(seconds=2 * number) if number % 4 else None,
            opened=began,
            updated=began + timedelta(seconds=number),
        )
        for number in range(start, end)
    )
    Thread.objects.bulk_create(rows, batch_size=2_000)


def measured(application: Any, cookies: str, count: int) -> Iterator[Figure]:
    """The desk, a page deep inside it, and a filter, in milliseconds."""
    for what, path, query in (
        ("desk", "/", ""),
        ("desk, deep in the list", "/", _deep()),
        ("desk, filtered", "/", "state=accepted"),
    ):
        times = [_asked(application, cookies, path, query) for _ in range(TIMES)]
        bar = BAR if what == "desk" else None
        yield Figure(what=f"{what}, {count:,} held", value=median(times), unit="ms", at_most=bar)
        print(f"{what}, {count:,} held: median {median(times):.1f} ms, worst {max(times):.1f}", file=sys.stderr)


def _deep() -> str:
    from urllib.parse import urlencode

    from comity.records.threads.models import Thread

    middle = Thread.objects.order_by("updated")[Thread.objects.count() // 2]
    return urlencode({"rest": f"{middle.updated.isoformat()}~{middle.id}"})


def _asked(application: Any, cookies: str, path: str, query: str) -> float:
    """One request, in milliseconds on the server. The page must be the page."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8001",
        "HTTP_HOST": "localhost:8001",
        "HTTP_COOKIE": cookies,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    status: list[str] = []
    start = time.perf_counter()
    answer = application(environ, lambda line, _headers: status.append(line))
    page = b"".join(answer)
    answer.close()
    spent = (time.perf_counter() - start) * 1000
    assert status[0].startswith("200"), status
    assert page.count(b'class="thread"') >= 10
    return spent


if __name__ == "__main__":
    main()
