# SPDX-License-Identifier: Apache-2.0
"""`node.toml`: who this node is, where it listens, where it keeps things.

    [authority]
    id = "ES/policia-nacional"
    name = "Policía Nacional"
    country = "ES"
    roles = ["police"]
    languages = ["es", "en"]
    timezone = "Europe/Madrid"
    calendar = "ES"
    sample = false

    [node]
    web = "http://es.localhost:8001"              # what officers open: RP ID, origin and cookie name follow from it
    endpoint = "http://127.0.0.1:8001/comity/v1"  # what peers post to; "" where nobody can reach us
    mailbox = ""                                  # … then our mailbox at a relay, and the relay's name
    relay = ""
    database = "sqlite:///comity.sqlite3"         # or postgresql://…
    keys = "file:keys"
    passphrase = "file:keys/passphrase"           # or env:NAME

Promises: every setting is read here, once, with a named error for each fault; what nobody knows is refused, so that a
misspelt setting is not silently another; paths are relative to the home.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from comity.protocol.terms.authorities import AUTHORITY_ROLES
from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId, authority_id
from comity.records.errors import ConfigurationError

FILE = "node.toml"
STORES = ("sqlite", "postgres", "postgresql")
_TABLES = ("authority", "node")
_ROLES = frozenset(each.code for each in AUTHORITY_ROLES.terms)
_ESCAPES = {"\\": "\\\\", '"': '\\"', **{chr(code): f"\\u{code:04x}" for code in (*range(0x20), 0x7F)}}


@dataclass(frozen=True, slots=True)
class NodeConfig:
    """A node's settings as read; every member has its TOML name."""

    home: Path
    authority: AuthorityId
    name: str
    country: str
    roles: tuple[str, ...] = ("police",)
    competence: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    calendar: str = ""
    hours: str = "24/7"
    telephone: str = ""
    email: str = ""
    sample: bool = False
    web: str = "http://localhost:8001"
    endpoint: str = "http://127.0.0.1:8001/comity/v1"
    mailbox: str = ""
    relay: str = ""
    database: str = "sqlite:///comity.sqlite3"
    keys: str = "file:keys"
    passphrase: str = "file:keys/passphrase"  # noqa: S105  where the passphrase is, not what it is
    card_days: int = 365

    @property
    def rp_id(self) -> str:
        """The WebAuthn relying party: the host that officers open."""
        return urlsplit(self.web).hostname or "localhost"

    @property
    def origin(self) -> str:
        """The origin that officers' browsers name."""
        parts = urlsplit(self.web)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def cookie(self) -> str:
        """This node's cookie name: two nodes on one machine must not share one."""
        return "comity_" + self.authority.lower().replace("/", "_").replace("-", "_")


def read(home: Path) -> NodeConfig:
    """The settings of the node at `home`. Raises `ConfigurationError`, `BadMember` for an authority that is none."""
    path = home / FILE
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(where=str(path), why="there is no such file; `comity node init` makes one") from None
    except OSError as error:
        raise ConfigurationError(where=str(path), why=f"cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(where=str(path), why=f"is not TOML ({error})") from None
    return parse(home, value)


def parse(home: Path, value: dict[str, Any]) -> NodeConfig:
    """The settings in a parsed node.toml. Raises `ConfigurationError`, `BadMember`."""
    where = str(home / FILE)
    for name, table in value.items():
        if name not in _TABLES:
            raise ConfigurationError(where=where, why=f"does not know the table {name}")
        if not isinstance(table, dict):
            raise ConfigurationError(where=where, why=f"must have a table {name}, not a value")
    authority = dict(value.get("authority", {}))
    members: dict[str, Any] = {"home": home, "authority": authority_id(authority.pop("id", None), where)}
    known = {name: spec for name, spec in NodeConfig.__annotations__.items() if name not in ("home", "authority")}
    for name, found in [*authority.items(), *value.get("node", {}).items()]:
        if name not in known:
            raise ConfigurationError(where=where, why=f"does not know the setting {name}")
        if name in members:
            raise ConfigurationError(where=where, why=f"has the setting {name} twice")
        members[name] = _fit(where, name, known[name], found)
    members.setdefault("country", members["authority"][:2])
    if "name" not in members:
        raise ConfigurationError(where=where, why="must give the authority a name")
    return checked(NodeConfig(**members))


def checked(config: NodeConfig) -> NodeConfig:
    """The settings, each of which a node can use. Raises `ConfigurationError`, which names the first that is none."""
    for name, good, why in (
        ("name", bool(config.name.strip()), "must not be empty"),
        ("country", config.country == config.authority[:2], "must be the one that the authority's id names"),
        ("roles", bool(config.roles) and set(config.roles) <= _ROLES, "must be some of " + ", ".join(sorted(_ROLES))),
        ("languages", bool(config.languages), "must name one at least"),
        ("timezone", _is_zone(config.timezone), "is no time zone such as Europe/Madrid"),
        ("web", _is_web(config.web), "is no address such as http://es.localhost:8001"),
        ("endpoint", not config.endpoint or _is_web(config.endpoint), "is no address"),
        ("mailbox", not config.mailbox or _is_web(config.mailbox), "is no address"),
        ("relay", not config.mailbox or _is_authority(config.relay), "must name the authority whose mailbox we use"),
        ("database", config.database.partition(":")[0] in STORES, "is neither sqlite:///… nor postgresql://…"),
        ("card_days", 1 <= config.card_days <= 1095, "is not from 1 to 1095"),
    ):
        if not good:
            raise ConfigurationError(where=f"{config.home / FILE}, {name}", why=why)
    return config


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name, or the name of a folder
        return False
    return True


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_authority(name: str) -> bool:
    try:
        return bool(authority_id(name))
    except BadMember:
        return False


def _fit(where: str, name: str, spec: Any, found: Any) -> Any:
    if spec == tuple[str, ...]:
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(found)
    elif type(found) is spec:
        return found
    raise ConfigurationError(where=where, why=f"has the wrong type for {name}")


def write(config: NodeConfig) -> str:
    """node.toml's text of these settings; `read` gives them back."""
    lines = ["# A Comity node's settings.", "", "[authority]"]
    lines.append(f"id = {_toml(config.authority)}")
    of_authority = (
        "name",
        "country",
        "roles",
        "competence",
        "languages",
        "timezone",
        "calendar",
        "hours",
        "telephone",
        "email",
    )
    lines += [f"{name} = {_toml(getattr(config, name))}" for name in (*of_authority, "sample")]
    lines += ["", "[node]"]
    of_node = ("web", "endpoint", "mailbox", "relay", "database", "keys", "passphrase", "card_days")
    lines += [f"{name} = {_toml(getattr(config, name))}" for name in of_node]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return '"' + "".join(_ESCAPES.get(each, each) for each in str(value)) + '"'
