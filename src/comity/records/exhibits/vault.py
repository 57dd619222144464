# SPDX-License-Identifier: Apache-2.0
"""The key under which the contents' own keys lie.

Each content is an age file for one identity that was made for it alone. The identities lie in the database, each sealed
with AES-256-GCM under the vault's key and bound to its content's digest, so that rows cannot be swapped. The vault's
key lies with the node's other keys, sealed under a key that scrypt draws from the passphrase. To destroy a content,
forget its identity: the age file is noise from then on, also in every copy of the store.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from comity.protocol.wire.names import Digest
from comity.records.authorities import keyring
from comity.records.config import NodeConfig
from comity.records.errors import ConfigurationError
from comity.records.exhibits.errors import NotOpened

FILE = "exhibits.key"
_NONCE = 12
_keys: dict[Path, tuple[int, AESGCM]] = {}
"""For the life of the process, as long as the file is the same: scrypt takes its time."""


def wrap(config: NodeConfig, identity: str, content: Digest, random: Callable[[int], bytes]) -> bytes:
    """The identity, sealed for the row of its content."""
    nonce = random(_NONCE)
    return nonce + _key(config, random).encrypt(nonce, identity.encode(), _bound(content))


def unwrap(config: NodeConfig, wrapped: bytes, content: Digest) -> str:
    """The identity of a content. Raises `NotOpened` when the row or the vault's key is not what it was."""
    try:
        return _key(config, os.urandom).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound(content)).decode()
    except InvalidTag:
        raise NotOpened(digest=content, why="its key is sealed under another vault's key") from None


def _bound(content: Digest) -> bytes:
    return f"comity/exhibit-key/v1\0{content}".encode()


def _key(config: NodeConfig, random: Callable[[int], bytes]) -> AESGCM:
    path = keyring.keys_folder(config) / FILE
    if not path.exists():
        keyring.write_sealed(config, path, random(32), random)
    changed = path.stat().st_mtime_ns
    held = _keys.get(path)
    if held is None or held[0] != changed:
        held = _keys[path] = (changed, AESGCM(_read(config, path)))
    return held[1]


def _read(config: NodeConfig, path: Path) -> bytes:
    try:
        return keyring.read_sealed(config, path)
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(where=str(path), why=f"is not a key file ({type(error).__name__})") from None
