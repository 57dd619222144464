# SPDX-License-Identifier: Apache-2.0
"""Whether an instrument is about a case: its offences, its threshold of gravity, and whether a group must take part."""

from comity.law.bases import conduct as conducts
from comity.law.bases.answer import Fits, Note
from comity.law.bases.conduct import Conduct
from comity.law.bases.question import Question
from comity.law.facts.fact import Fact
from comity.law.facts.measures import DATA, PERSONS
from comity.law.facts.treaties import Instrument, Scope
from comity.law.sentences import join, quoted, say, term
from comity.law.view import View

_NO_TRANSFER = PERSONS | {"transfer-of-sentenced-persons", "transfer-of-proceedings"}
"""What electronic evidence has no part in."""


def fits(
    view: View, question: Question, asked: Conduct, instrument: Instrument, added: tuple[Instrument, ...] = ()
) -> tuple[Fits, Note]:
    """Whether it fits, and why. `added` are instruments whose offences count as its own between the two."""
    scope = instrument.scope
    if scope is None:
        return "cannot-tell", _note(say("What it covers has not been entered."), instrument)
    if not scope.offences and not scope.serious:
        return "in", _note(say("It covers criminal matters of any kind."), instrument)
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
        return "in", _note(say("The offence is one of its own."), instrument, *added)
    defined = conducts.search(view, instrument.id, asked) if asked.elements else None
    if defined is not None and defined.match == "all":
        return "in", _note(say("The conduct is one that it defines."), instrument, *defined.offences)
    if scope.evidence and question.measure not in _NO_TRANSFER:
        if question.circumstances.electronic_evidence is False and question.measure not in DATA:
            return "out", _note(say("It covers other offences only for electronic evidence."), instrument)
        known = question.circumstances.electronic_evidence or question.measure in DATA
        return "in" if known else "possible", _note(say("It covers electronic evidence of any offence."), instrument)
    if scope.serious:
        return _serious(view, question, asked, instrument, scope)
    if not asked.category and not asked.elements:
        return "cannot-tell", _note(say("It covers certain offences; none was named."), instrument)
    if defined is not None and defined.match in ("some", "unread"):
        missing = conducts.words(defined.missing) or say("its elements are met")
        return "cannot-tell", _note(say("It covers the conduct only if: {missing}.", missing=missing), instrument)
    return "out", _note(say("The offence is not one that it covers."), instrument)


def _serious(view: View, question: Question, asked: Conduct, instrument: Instrument, scope: Scope) -> tuple[Fits, Note]:
    """Whether the crime may carry what makes it serious, under the requesting law."""
    years, state = scope.serious // 12, term("state", question.requesting)
    told = question.circumstances.penalty_max_months
    if told is not None:
        why = say(
            "It covers crimes that may carry {years} years or more; {months} months are told.", years=years, months=told
        )
        return ("in" if told >= scope.serious else "out"), _note(why, instrument)
    if not asked.elements:
        why = say("It covers crimes that may carry {years} years or more; no offence was named.", years=years)
        return "cannot-tell", _note(why, instrument)
    found = conducts.search(view, question.requesting, asked)
    known = conducts.grades(found.offences) if found.match in ("all", "unread") else []
    if not known:
        why = say(
            "It covers crimes that may carry {years} years or more; the penalty in {state} is not known here.",
            years=years,
            state=state,
        )
        return "cannot-tell", _note(why, instrument)
    if known[0][1] >= scope.serious:
        why = say("It covers crimes that may carry {years} years or more.", years=years)
        return "in", _note(why, instrument, *found.offences)
    higher = next((penalty for penalty, months in known if months >= scope.serious), None)
    if higher is not None:
        if higher.when:
            why = say(
                "It covers crimes that may carry {years} years or more: only a higher grade does ({when}).",
                years=years,
                when=quoted(higher.when),
            )
        else:
            why = say("It covers crimes that may carry {years} years or more: only a higher grade does.", years=years)
        return "possible", _note(why, instrument, *found.offences)
    akin = conducts.graver(view, question.requesting, asked, scope.serious)
    if akin is not None:
        why = say(
            "It covers crimes that may carry {years} years or more: {provision} does, if the conduct is that.",
            years=years,
            provision=akin.provision,
        )
        return "possible", _note(why, instrument, akin)
    why = say(
        "It covers crimes that may carry {years} years or more; it carries less in {state}.", years=years, state=state
    )
    return "out", _note(why, instrument, *found.offences)


def _group(scope: Scope, question: Question, found: Fits, note: Note) -> tuple[Fits, Note]:
    if not scope.group or found == "out":
        return found, note
    took_part = question.circumstances.organized_group
    if took_part is False:
        return "out", _note(say("It needs that an organised group took part."), *note.facts)
    if took_part is None:
        text = join(note.text, say("An organised group must have taken part."))
        return ("possible" if found == "in" else found), _note(text, *note.facts)
    return found, note


def _note(text: str, *facts: Fact) -> Note:
    return Note(what="scope", text=text, facts=facts)
