# SPDX-License-Identifier: Apache-2.0
"""Keys: grown from seeds as the standards say, named by their hash, refused when nobody can hold them."""

import hashlib

import pytest
from tests.fixtures.wire import CHINESE_KEYS, SPANISH_KEYS, SPANISH_OPENING

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.keys import OpeningKey, SealingKey, SigningKeys, VerifyingKeys, ed25519_public, key_id

# RFC 8032, 7.1, tests 1 to 3: seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465"
        "5141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb0"
        "0d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc0"
        "27beceea1ec40a",
    ),
]

# X-Wing, draft-connolly-cfrg-xwing-kem-08, appendix C: seed, how the public key begins, how it ends.
X_WING = [
    (
        "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
        "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5b19cfc3d",
        "eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534",
    ),
    (
        "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
        "0333285fa253661508c9fb444852caa4061636cb060e69943b431400134ae1fbc0228724",
        "cbb48fd4c562a576549f85b528c953926d96ea8a160b8843f1c89c62",
    ),
    (
        "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
        "36244278824f77c621c660892c1c3886a9560caa52a97c461fd3958a598e749bbc8c7798",
        "c1c013747dfee80fb35b5299f555dcc2b787ea4f6f16ffdf66952461",
    ),
]

# FIPS 204, ML-DSA-65 key generation, from cryptography-vectors 50.0.2 (Apache-2.0 OR BSD-3-Clause),
# asymmetric/MLDSA/kat_MLDSA_65_det_pure.rsp, counts 0 and 1: xi, SHA-256 of pk.
MLDSA_65 = [
    (
        "f696484048ec21f96cf50a56d0759c448f3779752f0383d37449690694cf7a68",
        "ab0f27cfe4f84d2a9fa74d48467439df9e5dd8401f8715f82ed70e43a371400a",
    ),
    (
        "6de62e3465a55c9c78a07d265be8540b3e58b0801a124d07ff12b438d5202ea0",
        "7492efc0fe061dd862f3d2df3f9df030b143766ef056ff14bba44a4f0089ff1d",
    ),
]

# draft-ietf-hpke-pq's vectors for MLKEM768-X25519, from cryptography-vectors 50.0.2 (Apache-2.0 OR BSD-3-Clause),
# HPKE/hpke-pq-test-vectors.json: skRm, SHA-256 of pkRm.
HPKE_PQ = [
    (
        "3ec47fa82dd5689d27c6190e724c74ec8f608df3331ce331929e37b829676630",
        "ad8aaf3f00d8a39bfeec2947a7d5dde68be08bba19bd301a348a45dc5fcc8341",
    ),
    (
        "8f908710ee25a3aa6fd3ed80eb5bf102963547bf4fe36d86f772432ac383e6e9",
        "404a519065c5818eaf431ba78a961e2c59919cc8b2bce92c6b76e438dcc345bd",
    ),
]

# The eight points of small order, with every way to write them (C2SP/CCTV, ed25519).
SMALL_ORDER = [
    "00" * 32,
    "ed" + "ff" * 30 + "7f",
    "00" * 31 + "80",
    "ed" + "ff" * 31,
    "01" + "00" * 31,
    "01" + "00" * 30 + "80",
    "ee" + "ff" * 30 + "7f",
    "ee" + "ff" * 31,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ec" + "ff" * 30 + "7f",
    "ec" + "ff" * 31,
]


@pytest.mark.parametrize(("seed", "public", "text", "signature"), RFC_8032)
def test_ed25519_as_published(seed: str, public: str, text: str, signature: str) -> None:
    keys = SigningKeys.from_seeds(bytes.fromhex(seed), bytes(32))
    assert keys.public.ed25519.hex() == public
    assert keys.ed25519.sign(bytes.fromhex(text)).hex() == signature
    keys.public.ed25519_key.verify(bytes.fromhex(signature), bytes.fromhex(text))


@pytest.mark.parametrize(("seed", "begins", "ends"), X_WING)
def test_a_sealing_seed_grows_as_x_wing_says(seed: str, begins: str, ends: str) -> None:
    public = OpeningKey.from_seed(bytes.fromhex(seed)).public.raw.hex()
    assert len(public) == 2 * 1216
    assert public.startswith(begins)
    assert public.endswith(ends)


@pytest.mark.parametrize(("seed", "digest"), HPKE_PQ)
def test_a_sealing_seed_grows_as_hpke_says(seed: str, digest: str) -> None:
    public = OpeningKey.from_seed(bytes.fromhex(seed)).public.raw
    assert hashlib.sha256(public).hexdigest() == digest


@pytest.mark.parametrize(("seed", "digest"), MLDSA_65)
def test_an_mldsa_seed_grows_as_fips_204_says(seed: str, digest: str) -> None:
    public = SigningKeys.from_seeds(bytes(32), bytes.fromhex(seed)).public.mldsa65
    assert hashlib.sha256(public).hexdigest() == digest


def test_key_ids_name_the_algorithm_and_the_key() -> None:
    first, second = SPANISH_KEYS.public.keyids
    assert first == key_id("ed25519", SPANISH_KEYS.public.ed25519)
    assert first == "ed25519:" + hashlib.sha256(SPANISH_KEYS.public.ed25519).hexdigest()[:16]
    assert second.startswith("mldsa65:")
    assert SPANISH_OPENING.keyid == key_id("mlkem768-x25519", SPANISH_OPENING.public.raw)


def test_json_and_back() -> None:
    public = SPANISH_KEYS.public
    assert VerifyingKeys.from_json({**public.to_json(), "later": 1}) == public
    assert VerifyingKeys.from_json(public.to_json()).keyids == public.keyids
    assert SealingKey.from_json(SPANISH_OPENING.public.to_json()) == SPANISH_OPENING.public
    assert public != CHINESE_KEYS.public


def test_nothing_secret_is_shown() -> None:
    for shown in (repr(SPANISH_KEYS), repr(SPANISH_OPENING)):
        assert "\\x01" not in shown
        assert "Private" not in shown


@pytest.mark.parametrize("seed", [b"", b"\x01" * 31, b"\x01" * 33])
def test_a_seed_has_32_bytes(seed: bytes) -> None:
    for grow in (
        OpeningKey.from_seed,
        lambda seed: SigningKeys.from_seeds(seed, bytes(32)),
        lambda seed: SigningKeys.from_seeds(bytes(32), seed),
    ):
        with pytest.raises(BadMember, match="seed does not hold 32 bytes"):
            grow(seed)


@pytest.mark.parametrize("raw", SMALL_ORDER)
def test_a_key_of_small_order_is_nobodys(raw: str) -> None:
    with pytest.raises(BadMember, match="small order"):
        ed25519_public(bytes.fromhex(raw), "register")


@pytest.mark.parametrize(
    "raw", ["00" * 32, "01" + "00" * 31, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"]
)
def test_an_x25519_point_of_small_order_is_nobodys(raw: str) -> None:
    with pytest.raises(BadMember, match="small order"):
        SealingKey(SPANISH_OPENING.public.raw[:1184] + bytes.fromhex(raw))


def test_lengths_are_exact() -> None:
    public, sealing = SPANISH_KEYS.public, SPANISH_OPENING.public
    for make, member in (
        (lambda: VerifyingKeys(public.ed25519[:-1], public.mldsa65), "ed25519"),
        (lambda: VerifyingKeys(public.ed25519, public.mldsa65 + b"\0"), "mldsa65"),
        (lambda: SealingKey(sealing.raw[:-1]), "sealing"),
        (lambda: SealingKey(b"\xff" * 1216), "sealing"),
        (lambda: SealingKey.from_json("?"), "sealing"),
        (lambda: VerifyingKeys.from_json({}), "ed25519"),
    ):
        with pytest.raises(BadMember) as error:
            make()
        assert error.value.data["member"] == member
