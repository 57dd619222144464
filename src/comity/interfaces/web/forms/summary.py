# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a body, for the top of its form: every problem once, by the label of its field and in words.

A problem that no field shows is named here all the same, by the nearest field around it or by the form as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.interfaces.web.forms.fields import Field, Section, Widget
from comity.interfaces.web.forms.placing import Translate, places
from comity.protocol.terms.errors import Problem
from comity.protocol.terms.problems import PROBLEMS


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem in words. `target` is the id of the element that it is about; empty for the form as a whole."""

    words: str
    label: str = ""
    target: str = ""


def faults(sections: Sequence[Section], problems: Iterable[Problem], translate: Translate) -> tuple[Fault, ...]:
    """Every problem: first those that stand at a field, in the order of the form, then the rest."""
    fields = [field for section in sections for each in section.fields for field in _inside(each)]
    bad = [field for field in fields if field.problem]
    rest = [each for each in problems if not any(_shows(field, each) for field in bad)]
    return (
        *(Fault(each.problem, each.label, each.id) for each in bad),
        *(_lost(fields, each, translate) for each in rest),
    )


def _inside(field: Field) -> Iterator[Field]:
    yield field
    for each in field.fields:
        yield from _inside(each)


def _shows(field: Field, problem: Problem) -> bool:
    """Whether the problem is among the words at this field."""
    whole = not field.fields and field.widget is not Widget.GROUP
    return any(path == field.name or (whole and path.startswith(field.name + ".")) for path in places(problem))


def _lost(fields: Sequence[Field], problem: Problem, translate: Translate) -> Fault:
    """The problem at the innermost field around its path that has a label."""
    around = [each for each in fields if each.label and (problem.path + ".").startswith(each.name + ".")]
    nearest = max(around, key=lambda each: len(each.name), default=None)
    words = translate(PROBLEMS[problem.code].label)
    return Fault(words, nearest.label, nearest.id) if nearest else Fault(words)
