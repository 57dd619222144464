# SPDX-License-Identifier: Apache-2.0
"""Whether an instrument is about a case: its offences, its threshold of gravity, and whether a group must take part."""

from comity.law.bases import conduct as conducts
from comity.law.bases.answer import Fits, Note
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.facts.measures import DATA, PERSONS
from comity.law.facts.treaties import Instrument, Scope
from comity.law.view import View

_NO_TRANSFER = PERSONS | {"transfer-of-sentenced-persons", "transfer-of-proceedings"}
"""What electronic evidence has no part in."""


def fits(
    view: View, question: Question, asked: Conduct, instrument: Instrument, added: tuple[Instrument, ...] = ()
) -> tuple[Fits, Note]:
    """Whether it fits, and why. `added` are instruments whose offences count as its own between the two."""
    scope = instrument.scope
    if scope is None:
        return "cannot-tell", Note(what="scope", text="What it covers has not been entered.", facts=(instrument,))
    if not scope.offences and not scope.serious:
        return "in", Note(what="scope", text="It covers criminal matters of any kind.", facts=(instrument,))
    named = {*scope.offences, *(each for one in added if one.scope for each in one.scope.offences)}
    return _group(scope, question, *_offence(view, question, asked, instrument, scope, named, added))


def _offence(
    view: View,
    question: Question,
    asked: Conduct,
    instrument: Instrument,
    scope: Scope,
    named: set[str],
    added: tuple[Instrument, ...],
) -> tuple[Fits, Note]:
    family = {each.id for each in conducts.categories(view, asked.category)} | {asked.category}
    if family & named:
        return "in", _note("The offence is one of its own.", instrument, *added)
    defined = conducts.search(view, instrument.id, asked) if asked.elements else None
    if defined is not None and defined.match == "all":
        return "in", _note("The conduct is one that it defines.", instrument, *defined.offences)
    if scope.evidence and question.measure not in _NO_TRANSFER:
        if question.circumstances.electronic_evidence is False and question.measure not in DATA:
            return "out", _note("It covers other offences only for electronic evidence.", instrument)
        known = question.circumstances.electronic_evidence or question.measure in DATA
        return "in" if known else "possible", _note("It covers electronic evidence of any offence.", instrument)
    if scope.serious:
        return _serious(view, question, asked, instrument, scope)
    if not asked.category and not asked.elements:
        return "cannot-tell", _note("It covers certain offences; none was named.", instrument)
    if defined is not None and defined.match in ("some", "unread"):
        missing = conducts.words(defined.missing)
        return "cannot-tell", _note(f"It covers the conduct only if: {missing or 'its elements are met'}.", instrument)
    return "out", _note("The offence is not one that it covers.", instrument)


def _serious(view: View, question: Question, asked: Conduct, instrument: Instrument, scope: Scope) -> tuple[Fits, Note]:
    """Whether the crime may carry what makes it serious, under the requesting law."""
    least = f"It covers crimes that may carry {scope.serious // 12} years or more"
    told = question.circumstances.penalty_max_months
    if told is not None:
        return ("in" if told >= scope.serious else "out"), _note(f"{least}; {told} months are told.", instrument)
    if not asked.elements:
        return "cannot-tell", _note(f"{least}; no offence was named.", instrument)
    found = conducts.search(view, question.requesting, asked)
    known = conducts.grades(found.offences) if found.match in ("all", "unread") else []
    if not known:
        return "cannot-tell", _note(f"{least}; the penalty in {question.requesting} is not known here.", instrument)
    if known[0][1] >= scope.serious:
        return "in", _note(f"{least}.", instrument, *found.offences)
    higher = next((penalty for penalty, months in known if months >= scope.serious), None)
    if higher is not None:
        when = f" ({higher.when})" if higher.when else ""
        return "possible", _note(f"{least}: only a higher grade does{when}.", instrument, *found.offences)
    akin = conducts.graver(view, question.requesting, asked, scope.serious)
    if akin is not None:
        return "possible", _note(f"{least}: {akin.provision} does, if the conduct is that.", instrument, akin)
    return "out", _note(f"{least}; it carries less in {question.requesting}.", instrument, *found.offences)


def _group(scope: Scope, question: Question, found: Fits, note: Note) -> tuple[Fits, Note]:
    if not scope.group or found == "out":
        return found, note
    took_part = question.circumstances.organized_group
    if took_part is False:
        return "out", Note(what="scope", text="It needs that an organised group took part.", facts=note.facts)
    if took_part is None:
        text = f"{note.text} An organised group must have taken part."
        return ("possible" if found == "in" else found), Note(what="scope", text=text, facts=note.facts)
    return found, note


def _note(text: str, *facts: Fact) -> Note:
    return Note(what="scope", text=text, facts=facts)
