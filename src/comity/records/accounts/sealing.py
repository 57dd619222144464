# SPDX-License-Identifier: Apache-2.0
"""Secrets that the node must read again, kept useless without its passphrase: AES-256-GCM under a key that scrypt
draws from it.

    16 bytes of salt ‖ 12 of nonce ‖ ciphertext and tag

The authority and the officer are bound to the bytes: a row copied to another officer, or to another node, does not
open.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.records.authorities.keyring import read_passphrase
from comity.records.errors import ConfigurationError
from comity.records.home import Home

COST = {"n": 1 << 15, "r": 8, "p": 1}
"""What one key costs, as in the key files: some 80 ms and 32 MiB."""
_SALT, _NONCE = 16, 12


def seal(home: Home, officer: str, secret: bytes) -> bytes:
    """`secret`, readable only with the node's passphrase and only as this officer's."""
    salt, nonce = home.random(_SALT), home.random(_NONCE)
    return salt + nonce + _key(home, salt).encrypt(nonce, secret, _bound(home, officer))


def unseal(home: Home, officer: str, sealed: bytes) -> bytes:
    """What `seal` was given. Raises `ConfigurationError` when the passphrase changed or the row was tampered with."""
    salt, nonce, rest = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        return _key(home, salt).decrypt(nonce, rest, _bound(home, officer))
    except (InvalidTag, ValueError):
        raise ConfigurationError(
            where=f"the TOTP of {officer}", why="does not open with the node's passphrase"
        ) from None


def _key(home: Home, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **COST).derive(b"comity/totp/v1\0" + read_passphrase(home.config)))


def _bound(home: Home, officer: str) -> bytes:
    return f"comity/totp/v1\0{home.authority}\0{officer}".encode()
