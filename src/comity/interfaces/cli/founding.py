# SPDX-License-Identifier: Apache-2.0
"""`comity node init`: a node founded whole, or not at all.

In this order: every option is held to be one that a node can use, and named if it is not; the directory is held to be
empty, or left by a founding that was cut short; the node is founded; should that fail, what it made is taken away, and
nothing else."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from comity.interfaces.cli.shared import command, node, show

if TYPE_CHECKING:
    from comity.records.config import NodeConfig

_OPTIONS = {"languages": "--language", "roles": "--role"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_UNFINISHED = ("keys", "node.toml.new", "web.lock", "outbox.lock")
_BESIDE = ("", "-wal", "-shm", "-journal")


def add(nodes: Any) -> None:
    """Add the command."""
    init = command(nodes, "init", _init, "found a node: directory, keys, tables, first card")
    init.add_argument("--authority", required=True, metavar="CC/name", help="such as ES/policia-nacional")
    init.add_argument("--name", required=True, help="the authority's own name")
    init.add_argument("--database", default="sqlite:///comity.sqlite3", metavar="URL")
    init.add_argument("--web", metavar="URL", default="http://localhost:8001", help="what officers open")
    init.add_argument("--endpoint", metavar="URL", default="", help="what peers post to")
    init.add_argument("--timezone", default="UTC", metavar="ZONE")
    init.add_argument("--language", action="append", metavar="CODE", help="may be given several times")
    init.add_argument("--role", action="append", metavar="ROLE", help="police, prosecutor, fiu, central-authority …")
    init.add_argument("--telephone", default="", help="where words are compared, such as +34 …")
    init.add_argument("--email", default="")
    init.add_argument("--sample", action="store_true", help="sample data only: software passkeys are allowed")


def _init(arguments: argparse.Namespace) -> None:
    config = _config(arguments)
    _require_sound(config)
    _require_empty(config)
    with _all_or_nothing(config):
        founded = node().found(config)
    value = {"home": str(config.home), "authority": config.authority, "card": founded.card, "enrol": founded.link.url}
    port = urlsplit(config.web).port or 8001
    show(arguments, value, _FOUNDED.format(**value, listen=f"127.0.0.1:{port}"))


_FOUNDED = """\
Founded {authority} in {home}.
First card: {card}

1. Serve it:    comity node serve --home {home} --listen {listen}
2. Enrol the first administrator, once, within 24 hours, with a passkey:
   {enrol}
3. Move keys/passphrase elsewhere than beside the keys, and name its place in node.toml."""


def _config(arguments: argparse.Namespace) -> "NodeConfig":
    from comity.interfaces.cli.errors import OptionUnsound
    from comity.protocol.wire.errors import BadMember
    from comity.protocol.wire.names import authority_id
    from comity.records.config import NodeConfig

    try:
        authority = authority_id(arguments.authority)
    except BadMember as error:
        raise OptionUnsound(where="--authority", why=str(error.data["why"])) from None
    return NodeConfig(
        home=arguments.home.resolve(),
        authority=authority,
        name=arguments.name,
        country=authority[:2],
        roles=tuple(arguments.role or ("police",)),
        languages=tuple(arguments.language or ("en",)),
        timezone=arguments.timezone,
        calendar=authority[:2],
        telephone=arguments.telephone,
        email=arguments.email,
        sample=arguments.sample,
        web=arguments.web,
        endpoint=arguments.endpoint or arguments.web.rstrip("/") + "/comity/v1",
        database=arguments.database,
    )


def _require_sound(config: "NodeConfig") -> None:
    """Raise `OptionUnsound`, which names the first option that no node could use."""
    from comity.interfaces.cli.countries import is_country
    from comity.interfaces.cli.errors import OptionUnsound
    from comity.protocol.terms.languages import LANGUAGES
    from comity.records.config import checked
    from comity.records.errors import ConfigurationError

    known = [each.code for each in LANGUAGES]
    for option, good, why in (
        ("--authority", is_country(config.country, sample=config.sample), "begins with no ISO 3166 code, EU or UN"),
        ("--language", set(config.languages) <= set(known), "must be some of " + ", ".join(known)),
        ("--email", not config.email or _EMAIL.fullmatch(config.email), "is no address such as unit@example.es"),
    ):
        if not good:
            raise OptionUnsound(where=option, why=why)
    try:
        checked(config)
    except ConfigurationError as error:
        setting = str(error.data["where"]).rpartition(", ")[2]
        raise OptionUnsound(where=_OPTIONS.get(setting, f"--{setting}"), why=str(error.data["why"])) from None


def _require_empty(config: "NodeConfig") -> None:
    """Raise `ConfigurationError` for a directory that holds a node, or anything but an unfinished founding."""
    from comity.records.config import FILE
    from comity.records.errors import ConfigurationError

    if config.home.exists() and not config.home.is_dir():
        raise ConfigurationError(where=str(config.home), why="is no directory")
    held = {each.name for each in config.home.iterdir()} if config.home.exists() else set()
    left = {*_UNFINISHED, *(each.name for each in _database(config))}
    if FILE in held:
        raise ConfigurationError(where=str(config.home), why="already holds a node; choose another directory")
    if other := sorted(held - left):
        raise ConfigurationError(where=str(config.home), why=f"holds other things ({other[0]}); choose an empty one")


@contextmanager
def _all_or_nothing(config: "NodeConfig") -> Iterator[None]:
    """Take away what the block made, if it fails. Raises `ConfigurationError` for a database that does not serve."""
    home = config.home
    missing = [each for each in (home, *home.parents) if not each.exists()]
    before = {*home.rglob("*"), *(each for each in _database(config) if each.exists())}
    try:
        with _database_errors():
            yield
    except BaseException:  # boundary: whatever stops a founding, nothing half-done is left
        for path in sorted({*home.rglob("*"), *_database(config)} - before, reverse=True):
            with suppress(OSError):  # gone, or never made
                path.rmdir() if path.is_dir() else path.unlink()
        for path in missing:
            with suppress(OSError):  # never made, or somebody else put something there
                path.rmdir()
        raise


@contextmanager
def _database_errors() -> Iterator[None]:
    from django.db import Error

    from comity.records.errors import ConfigurationError

    try:
        yield
    except Error as error:
        raise ConfigurationError(where="--database", why=f"does not serve ({type(error).__name__})") from error


def _database(config: "NodeConfig") -> list[Path]:
    """The files of an SQLite database; none for others."""
    scheme, _, place = config.database.partition(":///")
    return [config.home / (place + each) for each in _BESIDE] if scheme == "sqlite" and place else []
