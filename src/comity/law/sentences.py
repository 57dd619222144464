# SPDX-License-Identifier: Apache-2.0
"""The sentences in which the law explains its answers: English texts that remember what they were made of.

A `Sentence` is its English text, wherever a `str` is wanted; and it keeps the template and the values, from which the
same can be said in another language. Values are told by what they are: a `Term` stands for a code (a state, a measure,
a ground) or for words as a fact has them, which nobody translates; another `Sentence` is said in its turn; what is
neither (a number, a day, an article) is the same in every language.

    say("The law of {state} needs a treaty.", state=term("state", "CN"))

A template is written out where it is said, so that all of them can be found and translated.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache, reduce
from types import MappingProxyType
from typing import Literal

Value = str | int | date

Kind = Literal["state", "measure", "ground", "content", "statement", "verification", "words"]
"""What a `Term` is the code of. `words` are a fact's own, in English."""


class Sentence(str):
    """An English text, the template that it was made by, and the values by the names of its gaps."""

    __slots__ = ("_template", "_values")
    _template: str
    _values: Mapping[str, Value]

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _sentence, (str(self), self._template, dict(self._values))

    @property
    def template(self) -> str:
        """The text with its gaps: the key of its translations."""
        return self._template

    @property
    def values(self) -> Mapping[str, Value]:
        """What fills each gap."""
        return MappingProxyType(self._values)


class Term(str):
    """A code in a sentence, by its kind; as a text it is what an English sentence says for it."""

    __slots__ = ("_code", "_kind")
    _kind: Kind
    _code: str

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _term, (str(self), self._kind, self._code)

    @property
    def kind(self) -> Kind:
        """Of which codes it is one."""
        return self._kind

    @property
    def code(self) -> str:
        """The code."""
        return self._code


def say(template: str, /, **values: Value) -> Sentence:
    """The sentence that a template and its values make."""
    return _sentence(template.format(**values), template, values) if values else _plain(template)


@lru_cache(maxsize=1024)
def term(kind: Kind, code: str, english: str = "") -> Term:
    """A code of a kind; `english` where an English sentence says another word for it."""
    return _term(english or code, kind, code)


def quoted(text: str) -> Term:
    """Words as a fact has them."""
    return _term(text, "words", text)


def join(*parts: str) -> str:
    """Sentences one after the other; each is said by itself."""
    return reduce(lambda said, each: say("{first} {then}", first=said, then=each), parts)


def listed(*parts: str) -> str:
    """Short things one after the other, nothing for none."""
    return reduce(lambda said, each: say("{first}, {then}", first=said, then=each), parts) if parts else ""


def listed_apart(*parts: str) -> str:
    """Longer things one after the other, nothing for none."""
    return reduce(lambda said, each: say("{first}; {then}", first=said, then=each), parts) if parts else ""


@cache
def _plain(template: str) -> Sentence:
    """A sentence without values is made once."""
    return _sentence(template, template, {})


_made = str.__new__


def _sentence(english: str, template: str, values: Mapping[str, Value]) -> Sentence:
    made = _made(Sentence, english)
    made._template = template
    made._values = values
    return made


def _term(english: str, kind: Kind, code: str) -> Term:
    made = _made(Term, english)
    made._kind = kind
    made._code = code
    return made
