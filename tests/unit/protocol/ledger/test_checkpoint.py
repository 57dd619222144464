# SPDX-License-Identifier: Apache-2.0
"""Checkpoints and cosignatures: the published format, read as sigstore-python reads it, and each refusal by name."""

import base64
from datetime import UTC, datetime

import pytest
from sigstore._internal.rekor.checkpoint import SignedCheckpoint as PeerCheckpoint
from tests.fixtures.ledger import CHINA, SPAIN, Tree, leaves, register_signer, witness_signer

from comity.protocol.ledger import checkpoint, cosignature
from comity.protocol.ledger import note as notes
from comity.protocol.ledger.checkpoint import Checkpoint, parse_text, register_key, witness_key
from comity.protocol.ledger.cosignature import Cosigned, cosign
from comity.protocol.ledger.errors import (
    BadCheckpoint,
    BadKey,
    BadNote,
    DuplicateLine,
    NoteForged,
    NoteUnsigned,
    WrongOrigin,
)
from comity.protocol.ledger.note import Kind, Line, Note, VerifierKey

TREE = Tree(leaves(12))
SIGNED = TREE.signed(7)
DATA = SIGNED.note.to_bytes()
KEY = register_signer().key
AT = datetime(2026, 11, 22, 7, 33, 54, tzinfo=UTC)
# The example of c2sp.org/tlog-checkpoint and tlog-cosignature: its keys are not published, its form is.
PUBLISHED = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_a_checkpoint_is_signed_written_read_and_verified() -> None:
    assert checkpoint.verify(DATA, KEY) == SIGNED
    assert SIGNED.checkpoint == Checkpoint("comity/ES/policia-nacional", 7, TREE.root(7))
    assert DATA.startswith(b"comity/ES/policia-nacional\n7\n")


def test_the_published_example_is_read() -> None:
    note = notes.parse(PUBLISHED.encode())
    read = parse_text(note.text)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20852163)
    assert read.to_text() == note.text
    assert note.to_bytes().decode() == PUBLISHED
    assert int.from_bytes(note.lines[1].signature[:8], "big") == 1679315147
    assert [len(line.signature) for line in note.lines] == [64, 72]


@pytest.mark.parametrize(
    "text", [DATA.decode(), PUBLISHED, "o\n0\n" + base64.b64encode(bytes(32)).decode() + "\nx\n\n— o AAAAAAA=\n"]
)
def test_sigstore_reads_it_as_we_do(text: str) -> None:
    theirs = PeerCheckpoint.from_text(text).checkpoint
    ours = parse_text(notes.parse(text.encode()).text)
    assert (ours.origin, ours.size, ours.root.hex(), list(ours.extensions)) == (
        theirs.origin,
        theirs.log_size,
        theirs.log_hash,
        theirs.other_content,
    )


def test_keys_come_from_cards() -> None:
    assert register_key(SPAIN, KEY.public) == KEY
    assert witness_key(CHINA, witness_signer().key.public) == witness_signer().key


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n3\n",
        f"origin\n3\n{ROOT}",
        f"\n3\n{ROOT}\n",
        f"origin\n3\n{ROOT}\n\nmore\n",
        f"origin\n03\n{ROOT}\n",
        f"origin\n-3\n{ROOT}\n",
        f"origin\n+3\n{ROOT}\n",
        f"origin\n3 \n{ROOT}\n",
        f"origin\n٣\n{ROOT}\n",
        f"origin\n{1 << 63}\n{ROOT}\n",
        f"origin\n{'9' * 30}\n{ROOT}\n",
        "origin\n3\n!!\n",
        "origin\n3\né\n",
        f"origin\n3\n{ROOT[:-1]}\n",
        f"origin\n3\n{base64.b64encode(bytes(31)).decode()}\n",
        f"origin\n3\n{ROOT[:-2]}B=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        parse_text(text)


def test_the_signature_is_held_before_the_text_is_read() -> None:
    by = register_signer()
    with pytest.raises(BadCheckpoint):
        checkpoint.verify(notes.sign("no checkpoint\n", by).to_bytes(), by.key)
    with pytest.raises(NoteUnsigned):
        checkpoint.verify(notes.sign("no checkpoint\n", register_signer(CHINA)).to_bytes(), by.key)


def test_a_cut_checkpoint_is_no_note() -> None:
    with pytest.raises(BadNote):
        checkpoint.verify(DATA[:-9], KEY)


def test_another_key_of_that_register_has_not_signed() -> None:
    with pytest.raises(NoteUnsigned):
        checkpoint.verify(DATA, register_signer(seed=9).key)


def test_a_key_speaks_for_its_own_register_only() -> None:
    foreign = TREE.checkpoint(7, CHINA)
    with pytest.raises(WrongOrigin) as refused:
        checkpoint.sign(foreign, register_signer())
    assert refused.value.data == {"found": "comity/CN/mps", "expected": "comity/ES/policia-nacional"}
    with pytest.raises(WrongOrigin):
        checkpoint.verify(notes.sign(foreign.to_text(), register_signer()).to_bytes(), KEY)


def test_a_witness_cosigns() -> None:
    by = witness_signer()
    line = cosign(SIGNED.note, by, AT)
    note = notes.parse(SIGNED.note.with_line(line).to_bytes())
    assert cosignature.verify(note, by.key) == Cosigned("comity/CN/mps/witness", AT)
    assert checkpoint.verify(note.to_bytes(), KEY).checkpoint == SIGNED.checkpoint


def test_what_a_witness_signs_is_the_published_message() -> None:
    by = witness_signer()
    line = cosign(SIGNED.note, by, AT)
    message = f"cosignature/v1\ntime {int(AT.timestamp())}\n{SIGNED.checkpoint.to_text()}".encode()
    assert line.signature == int(AT.timestamp()).to_bytes(8, "big") + by.sign(message)


def test_only_a_witness_key_cosigns() -> None:
    with pytest.raises(BadKey):
        cosign(SIGNED.note, register_signer(), AT)
    own = SIGNED.note.lines[0]
    with pytest.raises(NoteForged):
        cosignature.verify(Note(SIGNED.note.text, (own,)), KEY)


def test_a_cosignature_holds_for_its_checkpoint_time_and_key_only() -> None:
    by = witness_signer()
    line = cosign(SIGNED.note, by, AT)
    late = Line(
        line.name,
        line.key_id,
        bytes([line.signature[0], *line.signature[1:7], line.signature[7] ^ 1]) + line.signature[8:],
    )
    beyond = Line(line.name, line.key_id, b"\xff" * 8 + line.signature[8:])
    for forged in (TREE.signed(8).note.with_line(line), SIGNED.note.with_line(late), SIGNED.note.with_line(beyond)):
        with pytest.raises(NoteForged):
            cosignature.verify(forged, by.key)
    with pytest.raises(NoteUnsigned):
        cosignature.verify(SIGNED.note, by.key)
    with pytest.raises(NoteUnsigned):
        cosignature.verify(SIGNED.note.with_line(line), VerifierKey(by.key.name, by.key.public, Kind.ED25519))
    with pytest.raises(DuplicateLine):
        cosignature.verify(Note(SIGNED.note.text, (line, line)), by.key)
