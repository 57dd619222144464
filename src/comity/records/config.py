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

Promises: every setting is read here, once, with a named error for each fault; paths are relative to the home.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from comity.protocol.wire.names import AuthorityId, authority_id
from comity.records.errors import ConfigurationError

FILE = "node.toml"


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
    extra: dict[str, Any] = field(default_factory=dict)

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
    """The settings of the node at `home`. Raises `ConfigurationError`."""
    path = home / FILE
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(where=str(path), why="there is no such file; `comity node init` makes one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(where=str(path), why=f"is not TOML ({error})") from None
    return parse(home, value)


def parse(home: Path, value: dict[str, Any]) -> NodeConfig:
    """The settings in a parsed node.toml. Raises `ConfigurationError`, `BadMember`."""
    where = str(home / FILE)
    authority = dict(value.get("authority", {}))
    members: dict[str, Any] = {"home": home, "authority": authority_id(authority.pop("id", None), where)}
    known = {
        name: spec for name, spec in NodeConfig.__annotations__.items() if name not in ("home", "authority", "extra")
    }
    given = {**authority, **value.get("node", {})}
    for name, found in given.items():
        if name not in known:
            raise ConfigurationError(where=where, why=f"does not know the setting {name}")
        members[name] = _fit(where, name, known[name], found)
    members.setdefault("country", members["authority"][:2])
    if "name" not in members:
        raise ConfigurationError(where=where, why="must give the authority a name")
    members["extra"] = {name: each for name, each in value.items() if name not in ("authority", "node")}
    return NodeConfig(**members)


def _fit(where: str, name: str, spec: Any, found: Any) -> Any:
    if spec == tuple[str, ...]:
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(found)
    elif type(found) is spec:
        return found
    raise ConfigurationError(where=where, why=f"has the wrong type for {name}")


def write(config: NodeConfig) -> str:
    """node.toml's text of these settings; `read` gives them back."""
    lines = ["# A Comity node's settings. Every setting is told of in docs/guides/node.md.", "", "[authority]"]
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
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
