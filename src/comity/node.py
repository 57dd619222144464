# SPDX-License-Identifier: Apache-2.0
"""The composition root: the only module that may import everything, and the one that makes a node run.

`boot` turns a directory into a running `Home`: settings from node.toml, Django, keys, stations in their places.
`found` makes that directory. `serve` answers officers and peers and works the outbox, in one process or, with
`parts`, in two."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.records.config import FILE, NodeConfig, checked, read, write
from comity.records.errors import ConfigurationError

if TYPE_CHECKING:
    from comity.cooperation.journey import Prepared
    from comity.interfaces.federation.endpoint import Application
    from comity.protocol.wire.names import Digest
    from comity.records.accounts.enrolling import EnrolmentLink
    from comity.records.actors import Actor
    from comity.records.home import Home

PARTS = ("web", "outbox")
URLS = "comity.interfaces.urls"


@dataclass(frozen=True, slots=True)
class Founded:
    """A new node, the digest of its first card, and the one-time link by which its administrator enrols."""

    home: "Home"
    card: "Digest"
    link: "EnrolmentLink"


def boot(path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Home":
    """The node at `path`, ready to act. Raises `ConfigurationError`. Once in a process: Django has one
    configuration."""
    path = path.resolve()
    os.umask(0o077)  # what a node writes is for nobody else on the machine
    os.environ["COMITY_HOME"] = str(path)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.settings"
    config = read(path)

    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from comity.records import logs

    logs.set_up()
    return _home(config, clock)


def _home(config: NodeConfig, clock: Callable[[], datetime]) -> "Home":
    from comity.records.authorities import keyring
    from comity.records.home import Home

    set_out_stations()
    return Home(config=config, keys=keyring.live(config), clock=clock, random=os.urandom)


def set_out_stations() -> None:
    """Put each station where the journey expects it."""
    from comity.cooperation import journey
    from comity.cooperation.dispatch import delivering, prepare, settling
    from comity.cooperation.reception import receive

    journey.serve_speech(prepare.prepare)
    journey.serve_settlement(settling.settle)
    journey.serve_replies(delivering.owe)
    journey.serve_answers(receive.take_answer)


def found(config: NodeConfig) -> "Founded":
    """Make the node's directory, keys, tables and first card; answer with the first administrator's enrolment link.

    Raises `ConfigurationError` when the directory already holds a node: nothing is ever overwritten. What fails half
    way (a database that is not there) leaves no node.toml, and can be begun again.
    """
    path = checked(config).home.resolve()
    if (path / FILE).exists():
        raise ConfigurationError(where=str(path), why="already holds a node; choose another directory")
    os.umask(0o077)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    from comity.records.authorities import keyring

    keyring.found_passphrase(config, os.urandom)
    keyring.add_generation(config, os.urandom)
    draft = path / (FILE + ".new")
    draft.write_text(write(config), encoding="utf-8")
    draft.rename(path / FILE)
    try:
        return _furnished(boot(path))
    except BaseException:  # boundary: whatever stops a founding, the directory must not look founded
        (path / FILE).unlink()
        raise


def _furnished(home: "Home") -> "Founded":
    """The tables, the first card and the first link of a new node. Raises `ConfigurationError` for a store that
    does not serve."""
    from django.db import Error

    from comity.records.accounts.founding import found_administrator
    from comity.records.authorities.issuing import issue_first_card

    try:
        migrate()
    except Error as error:
        raise ConfigurationError(where="database", why=f"does not serve ({type(error).__name__})") from None
    card = issue_first_card(home)
    return Founded(home, card.digest, found_administrator(home))


def migrate() -> None:
    """Bring the node's tables to this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def serve(path: Path, listen: str, parts: Collection[str] = PARTS) -> None:
    """Serve the node until it is told to stop. Raises `ConfigurationError` for an address that is none."""
    os.environ["COMITY_HOME"] = str(path.resolve())
    os.environ["COMITY_PARTS"] = ",".join(parts)
    if "web" in parts:
        from comity.interfaces.serving import serve_http

        return serve_http("comity.node:load_application", listen)
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    return work_outbox(boot(path), stop)


def load_application() -> "Application":
    """What the HTTP server's worker process serves: the node of `COMITY_HOME`, and its outbox where this process
    works it."""
    from comity.interfaces.serving import die_with_parent

    die_with_parent()
    home = boot(Path(os.environ["COMITY_HOME"]))
    migrate()
    return application(home, outbox="outbox" in os.environ.get("COMITY_PARTS", "").split(","))


def application(home: "Home", *, outbox: bool) -> "Application":
    """The node as a WSGI application; with `outbox`, a thread beside it delivers."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    from comity.interfaces import request_home
    from comity.interfaces.federation.endpoint import Endpoint
    from comity.protocol.terms import kinds

    request_home.serve(home)
    # Made now, so that the first visitor does not wait for it.
    _ = kinds.request_kinds(), kinds.move_kinds(), get_resolver().url_patterns
    gc.collect()
    gc.freeze()  # what is here now stays: no later collection looks through it
    if outbox:
        threading.Thread(target=work_outbox, args=(home, threading.Event()), name="outbox", daemon=True).start()
    if settings.ROOT_URLCONF != URLS:
        return WSGIHandler()  # a relay's mailboxes, and nothing else
    return Endpoint(home, WSGIHandler())


def work_outbox(home: "Home", stop: threading.Event) -> None:
    """Deliver what waits, and collect from our mailbox where we have one, until `stop` is set."""
    from comity.cooperation.dispatch import outbox
    from comity.interfaces.federation.client import Client
    from comity.interfaces.federation.polling import poll

    if home.config.mailbox:
        threading.Thread(target=poll, args=(home, stop), name="mailbox", daemon=True).start()
    client = Client(home)
    outbox.work(home, client, stop)
    client.close()


def serve_mailboxes(path: Path, listen: str) -> None:
    """Serve the mailboxes of this node's accepted peers, and nothing else, until told to stop."""
    from comity.interfaces.serving import serve_http

    os.environ["COMITY_HOME"] = str(path.resolve())
    os.environ["COMITY_URLS"] = "comity.interfaces.federation.relay_urls"
    serve_http("comity.node:load_application", listen)


def deliver_now(home: "Home") -> None:
    """Work the outbox in this process until every line is empty or resting."""
    from comity.cooperation.dispatch import outbox
    from comity.interfaces.federation.client import Client

    client = Client(home)
    while outbox.round_of_all(home, client):
        pass
    client.close()


def make_move(
    home: "Home", actor: "Actor", thread: str, kind: str, body: dict[str, Any], files: Sequence[Path] = ()
) -> "Prepared":
    """Make a move at the station whose it is. `files` are handed over with an answer."""
    from comity.cooperation.answering import actions as answering
    from comity.cooperation.assessment import actions as assessment
    from comity.cooperation.closing import actions as closing

    if kind in assessment.DECISIONS:
        return assessment.decide(home, actor, thread, kind, body)
    if kind in answering.ANSWERS:
        return answering.answer(home, actor, thread, kind, body, [answering.enclosed(each) for each in files])
    if kind == "recall":
        return closing.recall(home, actor, thread, body.get("of", ()), body)
    if kind in closing.RECALL_ANSWERS:
        return closing.answer_recall(home, actor, thread, kind, body.get("recall", ""), body)
    return closing.move(home, actor, thread, kind, body)
