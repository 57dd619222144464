# SPDX-License-Identifier: Apache-2.0
"""A node's private keys, as files that are useless without the passphrase.

Each generation of keys is one file `NUMBER.json` of five 32-byte seeds: the two that sign, the one that opens, the
one that signs the register's checkpoints and the one that cosigns other registers. The seeds are sealed together with
AES-256-GCM under a key that scrypt draws from the passphrase; the file's number and authority are bound to it, so
files cannot be swapped. Old generations stay: what was sealed to them must still open. A key location is a URI;
`file:` is read here, and `pkcs11:` has its place in `load`."""

import base64
import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.protocol.wire.keys import OpeningKey, SigningKeys, VerifyingKeys
from comity.protocol.wire.names import AuthorityId
from comity.records.config import NodeConfig
from comity.records.errors import ConfigurationError

_SEEDS = ("ed25519", "mldsa65", "sealing", "register", "witness")
_COARSE = 2_000_000_000
"""Nanoseconds. A folder's time of change is too coarse to tell two changes apart: one that is younger than this when
its files are listed proves nothing, and they are listed again."""
_COST = {"n": 1 << 15, "r": 8, "p": 1}


@dataclass(frozen=True, slots=True)
class Generation:
    """The keys of one card: made together, retired together."""

    number: int
    signing: SigningKeys
    opening: OpeningKey
    register: Ed25519PrivateKey
    witness: Ed25519PrivateKey


class KeyRing:
    """All generations, oldest first; the last signs, every one opens. `read` gives them: once, or anew at each use."""

    def __init__(self, read: Callable[[], tuple[Generation, ...]]) -> None:
        self._read = read

    @classmethod
    def of(cls, generations: tuple[Generation, ...]) -> Self:
        """A ring of these generations and no others."""
        return cls(lambda: generations)

    @property
    def generations(self) -> tuple[Generation, ...]:
        """The generations, oldest first."""
        return self._read()

    @property
    def current(self) -> Generation:
        """The generation that signs now."""
        return self.generations[-1]

    def signing_as(self, keys: VerifyingKeys) -> SigningKeys:
        """The private halves of these public keys. Raises `ConfigurationError` when they are not here."""
        return self.generation_of(keys).signing

    def generation_of(self, keys: VerifyingKeys) -> Generation:
        """The generation that signs with these keys. Raises `ConfigurationError` when it is not here."""
        for each in reversed(self.generations):
            if each.signing.public == keys:
                return each
        raise ConfigurationError(where="keys", why="do not hold the keys that our card names; restore the key files")

    @property
    def opening(self) -> dict[str, OpeningKey]:
        """Every opening key by its key id."""
        return {each.opening.keyid: each.opening for each in self.generations}


def live(config: NodeConfig) -> KeyRing:
    """The keys of a running node: read again when another process has added a generation."""
    folder = keys_folder(config)
    last: tuple[int, list[Path], tuple[Generation, ...]] = (0, [], ())

    def read() -> tuple[Generation, ...]:
        nonlocal last
        settled, files, held = last
        if files and _changed(folder) < settled:
            return held
        now = time.time_ns()
        found = _files(config)
        if not found or found != files:
            held = _read(config, found)
        last = (now - _COARSE, found, held)
        return held

    return KeyRing(read)


def _changed(folder: Path) -> int:
    """When a file was last added or taken away, in nanoseconds; of a folder that is gone, just now."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return time.time_ns()


def load(config: NodeConfig) -> KeyRing:
    """The node's keys. Raises `ConfigurationError`."""
    return KeyRing.of(_read(config, _files(config)))


def add_generation(config: NodeConfig, random: Callable[[int], bytes]) -> Generation:
    """Make the next generation of keys, written whole and synced before its name appears, and never over another."""
    folder = keys_folder(config)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    passphrase = read_passphrase(config)
    seeds = {name: random(32) for name in _SEEDS}
    number = 1 + max((int(path.stem) for path in _files(config)), default=0)
    while not _write(folder / f"{number}.json", _seal(seeds, number, config.authority, passphrase, random)):
        number += 1  # another process was quicker
    return _generation(number, seeds)


def found_passphrase(config: NodeConfig, random: Callable[[int], bytes]) -> None:
    """Where the settings name a passphrase file that is not there, make one; and the secret that signs sessions."""
    folder = keys_folder(config)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind, _, place = config.passphrase.partition(":")
    if kind == "file" and not (config.home / place).exists():
        _write(config.home / place, base64.urlsafe_b64encode(random(32)))
    if not (folder / "session").exists():
        _write(folder / "session", base64.urlsafe_b64encode(random(48)))


def read_passphrase(config: NodeConfig) -> bytes:
    """The passphrase from `file:` or `env:`. Raises `ConfigurationError`."""
    kind, _, place = config.passphrase.partition(":")
    if kind == "env":
        found = os.environ.get(place)
        if found:
            return found.encode()
        raise ConfigurationError(where="passphrase", why=f"the environment has no {place}")
    if kind == "file":
        try:
            return (config.home / place).read_bytes().strip()
        except OSError as error:
            raise ConfigurationError(where=str(config.home / place), why=f"cannot be read ({error.strerror})") from None
    raise ConfigurationError(where="passphrase", why="is neither file: nor env:")


def write_sealed(config: NodeConfig, path: Path, secret: bytes, random: Callable[[int], bytes]) -> None:
    """Keep one secret as a file that only the passphrase opens; where there is one of that name, that one stays."""
    bound = f"comity/{path.name}/v1\0{config.authority}".encode()
    value = {"v": 1, "authority": config.authority, **_closed(secret, bound, read_passphrase(config), random)}
    _write(path, json.dumps(value, indent=1).encode() + b"\n")


def read_sealed(config: NodeConfig, path: Path) -> bytes:
    """What `write_sealed` kept. Raises `ConfigurationError` for another passphrase, and `KeyError`, `ValueError` or
    `TypeError` for what is no such file."""
    value = json.loads(path.read_bytes())
    bound = f"comity/{path.name}/v1\0{config.authority}".encode()
    return _opened(path, value, bound, read_passphrase(config))


def _files(config: NodeConfig) -> list[Path]:
    """The key files, the oldest generation first."""
    found = (path for path in keys_folder(config).glob("*.json") if path.stem.isascii() and path.stem.isdigit())
    return sorted(found, key=lambda path: int(path.stem))


def _read(config: NodeConfig, files: list[Path]) -> tuple[Generation, ...]:
    if not files:
        raise ConfigurationError(where=str(keys_folder(config)), why="holds no key; `comity node init` makes them")
    passphrase = read_passphrase(config)
    return tuple(_open(path, config.authority, passphrase) for path in files)


def keys_folder(config: NodeConfig) -> Path:
    """Where the key files lie. Raises `ConfigurationError`."""
    kind, _, place = config.keys.partition(":")
    if kind != "file":
        raise ConfigurationError(where="keys", why=f"{kind}: keys are not served by this version; use file:")
    return config.home / place


def _generation(number: int, seeds: dict[str, bytes]) -> Generation:
    return Generation(
        number=number,
        signing=SigningKeys.from_seeds(seeds["ed25519"], seeds["mldsa65"]),
        opening=OpeningKey.from_seed(seeds["sealing"]),
        register=Ed25519PrivateKey.from_private_bytes(seeds["register"]),
        witness=Ed25519PrivateKey.from_private_bytes(seeds["witness"]),
    )


def _key(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **_COST).derive(passphrase))


def _bound(number: int, authority: AuthorityId) -> bytes:
    return f"comity/keys/v1\0{authority}\0{number}".encode()


def _closed(secret: bytes, bound: bytes, passphrase: bytes, random: Callable[[int], bytes]) -> dict[str, Any]:
    """A secret under the passphrase, as a key file has it."""
    salt, nonce = random(16), random(12)
    sealed = _key(passphrase, salt).encrypt(nonce, secret, bound)
    return {"kdf": "scrypt", **_COST, "salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}


def _opened(path: Path, value: Mapping[str, Any], bound: bytes, passphrase: bytes) -> bytes:
    """What `_closed` closed. Raises `ConfigurationError` when it is not for this passphrase and place."""
    key = _key(passphrase, bytes.fromhex(value["salt"]))
    try:
        return key.decrypt(bytes.fromhex(value["nonce"]), bytes.fromhex(value["sealed"]), bound)
    except InvalidTag:
        why = "does not open: another passphrase, another authority, or a changed file"
        raise ConfigurationError(where=str(path), why=why) from None


def _seal(
    seeds: dict[str, bytes], number: int, authority: AuthorityId, passphrase: bytes, random: Callable[[int], bytes]
) -> bytes:
    secret = b"".join(seeds[name] for name in _SEEDS)
    closed = _closed(secret, _bound(number, authority), passphrase, random)
    value = {"v": 1, "authority": authority, "number": number, **closed}
    return json.dumps(value, indent=1).encode() + b"\n"


def _open(path: Path, authority: AuthorityId, passphrase: bytes) -> Generation:
    try:
        value = json.loads(path.read_bytes())
        number = int(path.stem)
        plain = _opened(path, value, _bound(number, authority), passphrase)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(where=str(path), why=f"is not a key file ({type(error).__name__})") from None
    return _generation(number, {name: plain[32 * i : 32 * i + 32] for i, name in enumerate(_SEEDS)})


def _write(path: Path, data: bytes) -> bool:
    """Write a file for this user alone: whole and synced, or not at all. False when there is one of that name."""
    handle, draft = tempfile.mkstemp(suffix=".new", dir=path.parent)  # made with the permissions 600
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        Path(draft).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return True
