# SPDX-License-Identifier: Apache-2.0
"""Translations are compiled when they are sound, and named when they are not: a page never meets a broken one."""

import gettext
from pathlib import Path

import pytest
from tools.setup_messages import compile_catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalogue(folder: Path, text: str, language: str = "es") -> Path:
    written = folder / "locale" / language / "LC_MESSAGES" / "django.po"
    written.parent.mkdir(parents=True)
    written.write_text(HEAD + text)
    return written


@pytest.mark.parametrize("language", ["es", "zh_Hans", "my"])
def test_a_sound_catalogue_speaks(tmp_path: Path, language: str) -> None:
    text = catalogue(tmp_path, 'msgid "The \\"desk\\""\nmsgstr "案头 \\"စားပွဲ\\""\n', language)
    compiled = text.with_suffix(".mo")
    assert compile_catalogue(text, compiled) == ""
    with compiled.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext('The "desk"') == '案头 "စားပွဲ"'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('msgid "Desk"\nmsgstr "Mesa\n', "line 5 is not a text in quotes"),
        ('msgid "Desk"\nmsgstr "Me"sa"\n', "line 5 is not a text in quotes"),
        ("nonsense\n", "misformatted"),
        ('#, python-format\nmsgid "%(count)d due"\nmsgstr "%(cuenta)d"\n', "cuenta"),
    ],
)
def test_a_broken_catalogue_is_named_and_not_compiled(tmp_path: Path, text: str, why: str) -> None:
    broken = catalogue(tmp_path, text)
    assert why in compile_catalogue(broken, broken.with_suffix(".mo"))
    assert not broken.with_suffix(".mo").exists()
