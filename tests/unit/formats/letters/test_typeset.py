# SPDX-License-Identifier: Apache-2.0
"""The PDF, really made and read back: its text, its fonts, its QR code; what is hostile stays text; limits hold."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from pypdf.generic import ContentStream
from tests.fixtures.letters import request

from comity.formats.letters import coverage, typeset, wording
from comity.formats.letters.compose import Address, Answered, Said, compose, qr_text
from comity.formats.letters.errors import LetterNotSet
from comity.formats.letters.typeset import FONTS, told
from comity.protocol.terms.languages import LANGUAGES

CODES = [each.code for each in LANGUAGES]
HOSTILE = (
    '#read("/etc/passwd") #import "@preview/x:0.1.0": *',
    "*bold* _it_ $x^2$ @ref <lab> \\u{41} `raw` ```a``` // c",
    "/* comment */ #sys.inputs.letter #panic() ~ -- [ ] { }",
    "= Heading",
    "- item https://comity.example/#x 'q' \"q\" ...",
)


def pdf(asked: Said, language: str = "en") -> bytes:
    return typeset.typeset(compose(asked, language))


def read(data: bytes) -> str:
    """The text of all pages, without the guides of breaking and direction."""
    said = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return said.translate(dict.fromkeys(map(ord, "\u200b\u200e")))


def glyphs(data: bytes) -> set[int]:
    """The numbers of the glyphs that the pages show; 0 would be the box of a character that the font lacks."""
    found: set[int] = set()
    reader = pypdf.PdfReader(io.BytesIO(data))
    for page in reader.pages:
        for operands, operator in ContentStream(page["/Contents"], reader).operations:
            parts = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else ()
            for each in parts:
                if isinstance(each, (bytes, str)):
                    raw = each if isinstance(each, bytes) else each.original_bytes
                    found |= {int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)}
    return found


def fonts(data: bytes) -> dict[str, Any]:
    """Name → descriptor of every font of the pages."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
    return found


@pytest.mark.parametrize("language", CODES)
def test_it_is_read_back(language: str) -> None:
    asked = request()
    data = pdf(asked, language)
    said = read(data)
    digits = asked.digest.removeprefix("sha256:")
    assert "SAMPLE-2016-0117" in said
    assert digits in "".join(said.split())
    assert "Callers posing as police officers made victims" in said
    assert "\ufffd" not in said
    used = fonts(data)
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in used.values())
    assert all("+NotoSans" in each for each in used)
    assert b"pdfaid" in data
    drawn = glyphs(data)
    assert drawn
    assert 0 not in drawn


@pytest.mark.parametrize("language", CODES)
def test_an_answer_on_paper_says_what_it_answers_and_where_it_is_signed(language: str) -> None:
    asked = request()
    to = {each: Address("Sample ministry", "1 Sample Road") for each in asked.said.to}
    said = replace(asked.said, paper=True)
    paper = replace(asked, said=said, addresses=to, answers=Answered("preservation", "114/MOJ", "2026-11-09"))
    data = pdf(paper, language)
    said = read(data)
    assert "114/MOJ" in said
    assert "2026-11-09" in said
    assert 0 not in glyphs(data)
    assert b"pdfaid" in data
    if language in {"en", "es", "fr", "ru", "zh-Hans", "zh-Hant"}:  # what is read of the others has marks of its own
        labels = wording.own_labels(language)
        shown = ("signing", "place_and_date", "signature", "name", "function", "stamp")
        assert [each for each in shown if labels[each] not in said] == []


@pytest.mark.parametrize("rows", range(0, 45, 4))
def test_no_sheet_bears_a_signature_alone(rows: int) -> None:
    asked = request()
    said = replace(
        asked.said, paper=True, kind="acknowledged", body={"remarks": "\n".join(["word of the answer"] * rows) or "-"}
    )
    to = {each: Address("Sample ministry", "1 Sample Road") for each in said.to}
    data = pdf(replace(asked, said=said, addresses=to, asked=None))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    (signed,) = [each for each in pages if "Signature and seal" in each]
    assert "Our answer" in signed or "word of the answer" in signed or "Authenticity" in signed
    assert "Function" in signed


def test_a_telephone_reads_the_code() -> None:
    asked = request()
    with pypdfium2.PdfDocument(pdf(asked)) as document:
        bitmap = document[len(document) - 1].render(scale=3, grayscale=True)
        view = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
        (found,) = zxingcpp.read_barcodes(view)
    assert found.text == qr_text(asked)


def test_the_same_letter_is_the_same_bytes() -> None:
    assert pdf(request(), "my") == pdf(request(), "my")
    assert pdf(request(), "my") != pdf(request(facts="Other."), "my")


def test_no_text_becomes_markup() -> None:
    data = pdf(request(facts="\n".join(HOSTILE), reference=HOSTILE[0], language="fr"))
    said = read(data)
    for line in HOSTILE:
        assert line in said
    assert said.count(HOSTILE[0]) == 2
    assert "root:" not in said


def test_what_turns_or_hides_is_shown_by_its_number() -> None:
    said = read(pdf(request(facts="pay \u202e0001\u202c to \x00 \x07 \u2028 😀 \u0e01\u0301 x\u0e49 ❤\ufe0f \u0301")))
    assert "pay ‹U+202E›0001‹U+202C› to ‹U+0000› ‹U+0007› ‹U+2028› ‹U+1F600›" in said
    assert "are shown by their number" in said
    assert "are shown by their number" not in read(pdf(request()))


@pytest.mark.parametrize(
    "facts",
    ["W" * 20_000, "مر" * 5_000, "ក" * 20_000, "ก" * 20_000, "\n" * 5_000 + "x", "\u0301" * 5_000, "\u200b" * 20_000],
    ids=["long word", "Arabic", "Khmer", "Thai", "lines", "marks", "spaces"],
)
def test_strange_texts_are_set(facts: str) -> None:
    assert pdf(request(facts=facts), "ar").startswith(b"%PDF-")


def test_a_long_word_stays_on_the_page() -> None:
    data = pdf(request(facts="W" * 3_000))
    assert read(data).replace("\n", "").count("W") >= 3_000
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            boxes = [each.get_bounds() for each in page.get_objects()]
            assert all(right <= page.get_width() for _, _, right, _ in boxes)


def test_rows_by_the_hundred_take_pages_not_minutes() -> None:
    transfers = [{"payee": {"number": f"SAMPLE-{each:05}"}, "amount": "1.00", "currency": "EUR"} for each in range(800)]
    said = read(pdf(request("stop-payment", onward=transfers)))
    assert "SAMPLE-00799" in said


@pytest.mark.slow
def test_what_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(LetterNotSet, match="ended with"):
        pdf(request(**{f"x{each}": "v" for each in range(80_000)}))


def test_a_letter_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "SECONDS", 0.001)
    with pytest.raises(LetterNotSet, match="took too long"):
        pdf(request())


def test_without_fonts_no_letter_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typeset, "covered", lambda: coverage.covered(tmp_path))
    with pytest.raises(LetterNotSet, match="no fonts"):
        pdf(request())


@pytest.mark.parametrize(
    "template",
    ['#read("/etc/passwd")', '#read("../press.py")', '#import "@preview/cetz:0.3.4": *', "#image(bytes((1, 2)))"],
)
def test_the_press_reads_nothing_but_the_template_and_the_fonts(tmp_path: Path, template: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "press.py").write_text("secret")
    (tmp_path / "inside" / "letter.typ").write_text(template)
    press = Path(typeset.__file__).parent / "press.py"
    run = [sys.executable, "-I", press, tmp_path / "inside" / "letter.typ", FONTS, "0"]
    ended = subprocess.run(run, input=b"{}", capture_output=True, env={}, check=False)
    assert (ended.returncode, ended.stdout) == (1, b"")


def test_the_template_is_told_fonts_by_language() -> None:
    def first(language: str, written: str) -> tuple[str, str]:
        value = json.loads(told(compose(request(language=written), language)))
        return value["fonts"][1], value["authentic_fonts"][1]

    assert first("zh-Hant", "zh-Hans") == ("Noto Sans TC", "Noto Sans SC")
    assert first("es", "zh-Hant") == ("Noto Sans SC", "Noto Sans TC")


def test_english_is_marked_and_explained_where_it_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    known = wording.own_terms("fr")
    lacking = {text: known[text] for text in known if text != "B: source mostly reliable"}
    monkeypatch.setattr(wording, "own_terms", lambda language: lacking if language == "fr" else {})
    asked = request()
    rated = replace(asked, said=replace(asked.said, handling={"evaluation": {"source": "B", "information": "2"}}))
    said = read(pdf(rated, "fr"))
    assert "B: source mostly reliable EN" in said
    assert "Les mots marqués EN" in said
    for whole in (pdf(asked, "fr"), pdf(rated, "es"), pdf(rated, "en")):
        assert " EN" not in read(whole)
