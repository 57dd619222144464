# SPDX-License-Identifier: Apache-2.0
"""Signed notes: what Go's implementation published is read the same; whatever is no note is refused by name."""

import base64

import pytest
from sigstore._internal.rekor.checkpoint import SignedNote
from tests.fixtures.ledger import register_signer, witness_signer

from comity.protocol.ledger import note as notes
from comity.protocol.ledger.errors import BadKey, BadNote, DuplicateLine, NoteForged, NoteUnsigned
from comity.protocol.ledger.note import Kind, Line, Note, VerifierKey, parse_key, parse_line

# Published with golang.org/x/mod/sumdb/note, the implementation from which the specification was written.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
SIGNER = register_signer()
SIGNED = notes.sign("one\n\ntwo\n", SIGNER)


def test_gos_note_and_key_hold() -> None:
    key = parse_key(GO_KEY)
    note = notes.parse(GO_NOTE)
    assert notes.verify(note, key).startswith("If you think")
    assert note.to_bytes() == GO_NOTE
    assert key.to_text() == GO_KEY


def test_the_go_checksum_databases_key_is_read() -> None:
    key = parse_key("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    assert (key.name, key.kind) == ("sum.golang.org", Kind.ED25519)


def test_a_note_is_signed_written_read_and_verified() -> None:
    read = notes.parse(SIGNED.to_bytes())
    assert read == SIGNED
    assert notes.verify(read, SIGNER.key) == "one\n\ntwo\n"


def test_sigstore_reads_our_note_as_we_do() -> None:
    note = notes.sign("one\ntwo\n", SIGNER)  # sigstore takes no blank line within the text
    theirs = SignedNote.from_text(note.to_bytes().decode())
    assert theirs.note == note.text
    assert [(each.name, each.sig_hash, base64.b64decode(each.signature)) for each in theirs.signatures] == [
        (each.name, each.key_id, each.signature) for each in note.lines
    ]


def test_lines_by_unknown_keys_are_kept_and_ignored() -> None:
    unknown = Line("example.org/other", b"1234", b"anything")
    twice = Note(SIGNED.text, (unknown, *SIGNED.lines, unknown))
    read = notes.parse(twice.to_bytes())
    assert notes.verify(read, SIGNER.key) == SIGNED.text
    assert read.to_bytes() == twice.to_bytes()


def test_a_line_is_added_or_replaced() -> None:
    witness = witness_signer().key
    first, second = Line(witness.name, witness.key_id, b"first"), Line(witness.name, witness.key_id, b"second")
    assert SIGNED.with_line(first).with_line(second).lines == (*SIGNED.lines, second)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cut short"),
        (b"text\n", "cut short"),
        (b"text\n\n", "cut short"),
        (b"\n\n\xe2\x80\x94 n AAAAAAA=\n", "cut short"),
        (SIGNED.to_bytes()[:-1], "cut short"),
        (SIGNED.to_bytes() + b"\n", "no signature|cut short"),
        (SIGNED.to_bytes()[:-20] + b"\n", "no signature"),
        (SIGNED.to_bytes().replace("— ".encode(), b"- "), "no signature"),
        (b"text\r\n\n\xe2\x80\x94 n AAAAAAA=\n", "control characters"),
        (b"text\x00\n\n\xe2\x80\x94 n AAAAAAA=\n", "control characters"),
        (b"text\xff\n\n\xe2\x80\x94 n AAAAAAA=\n", "not UTF-8"),
        (b"x" * (notes.MAX_BYTES + 1), "more than"),
        (b"text\n\n" + "— n AAAAAAA=\n".encode() * (notes.MAX_LINES + 1), "more than"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(BadNote, match=why):
        notes.parse(data)


def test_every_cut_of_a_note_is_refused() -> None:
    whole = notes.sign("text\n", SIGNER).to_bytes()
    for end in range(len(whole)):
        with pytest.raises(BadNote):
            notes.parse(whole[:end])


def test_every_changed_byte_is_noticed() -> None:
    whole = notes.sign("text\n", SIGNER).to_bytes()
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises((BadNote, NoteUnsigned, NoteForged)):
            notes.verify(notes.parse(changed), SIGNER.key)


@pytest.mark.parametrize(
    "text", ["— n", "— n ", "— n AAA=", "— n AAAAAA==", "— n+m AAAAAAA=", "—n AAAAAAA=", "— n AAAAAAB=", "— n é"]
)
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        parse_line(text)


def test_a_line_is_read_as_written() -> None:
    assert parse_line(SIGNED.lines[0].to_text()) == SIGNED.lines[0]
    assert parse_line("— n AAAAAAA=") == Line("n", bytes(4), bytes(1))


@pytest.mark.parametrize("text", ["", "\n", "no newline", "tab\t\n"])
def test_what_can_be_no_notes_text_is_not_signed(text: str) -> None:
    with pytest.raises(BadNote):
        notes.sign(text, SIGNER)


def test_another_key_of_the_same_name_has_not_signed() -> None:
    other = register_signer(seed=9).key
    with pytest.raises(NoteUnsigned) as refused:
        notes.verify(SIGNED, other)
    assert refused.value.data == {"name": other.name, "key": other.key_id.hex()}


def test_the_same_key_of_another_kind_has_not_signed() -> None:
    with pytest.raises(NoteUnsigned):
        notes.verify(SIGNED, VerifierKey(SIGNER.key.name, SIGNER.key.public, Kind.COSIGNATURE))


def test_a_signature_that_names_our_key_must_hold() -> None:
    forged = Note(SIGNED.text, (Line(SIGNER.key.name, SIGNER.key.key_id, bytes(64)),))
    with pytest.raises(NoteForged):
        notes.verify(forged, SIGNER.key)


def test_two_lines_by_one_key_are_refused() -> None:
    with pytest.raises(DuplicateLine) as refused:
        notes.verify(Note(SIGNED.text, SIGNED.lines * 2), SIGNER.key)
    assert refused.value.data["count"] == 2


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x01b", "a\ud800"])
def test_a_key_name_has_no_space_and_no_plus(name: str) -> None:
    with pytest.raises(BadKey):
        VerifierKey(name, bytes(32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        "name+00000000+",
        "name+00000000+!!",
        "name+00000000+" + base64.b64encode(b"\x01" + bytes(31)).decode(),
        "name+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(),
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("Peter", "Petra"),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        parse_key(text)


def test_a_public_key_that_is_no_point_verifies_nothing() -> None:
    with pytest.raises(NoteForged):
        VerifierKey("n", b"\xff" * 32).holds(bytes(64), b"text")


def test_a_public_key_has_32_bytes() -> None:
    with pytest.raises(BadKey):
        VerifierKey("n", bytes(31))
