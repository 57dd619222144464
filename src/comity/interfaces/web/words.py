# SPDX-License-Identifier: Apache-2.0
"""The field's words on the pages: kinds, moves, states and vocabularies in the reader's language.

The terms' own translations come first; what they lack is looked for among the pages' messages; else English stays, as
it was signed.
"""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

from comity.protocol.terms import kinds, labels, languages, procedure
from comity.protocol.terms.vocabularies import VOCABULARIES
from comity.protocol.thread.graphs import GRAPHS, graph_of
from comity.records.threads.outstanding import PRESERVED_UNTIL

_ACTS = {
    "acknowledged": gettext_noop("Acknowledge receipt"),
    "clarification": gettext_noop("Ask for clarification"),
    "accepted": gettext_noop("Accept"),
    "accepted-in-part": gettext_noop("Accept in part"),
    "accepted-with-conditions": gettext_noop("Accept with conditions"),
    "postponed": gettext_noop("Postpone"),
    "refused": gettext_noop("Refuse"),
    "impossible": gettext_noop("Say that it is impossible"),
    "preserved": gettext_noop("Confirm the preservation"),
    "produced": gettext_noop("Hand over the answer"),
    "clarified": gettext_noop("Answer the clarification"),
    "conditions-accepted": gettext_noop("Accept the conditions"),
    "conditions-declined": gettext_noop("Decline the conditions"),
    "confirmed": gettext_noop("Confirm that the answer is here"),
    "criteria-stated": gettext_noop("State our criteria"),
    "allocation-proposed": gettext_noop("Propose who prosecutes"),
    "allocation-agreed": gettext_noop("Agree to their proposal"),
    "allocation-carried-out": gettext_noop("Say what was carried out"),
    "not-agreed": gettext_noop("Say that there is no agreement"),
    "dispute-answered": gettext_noop("Answer the dispute"),
    "dispute-consultation": gettext_noop("Consult on the dispute"),
    "dispute-conciliation": gettext_noop("Bring it before higher authorities"),
    "settlement-proposed": gettext_noop("Propose a settlement"),
    "settled": gettext_noop("Settle on their proposal"),
    "referred": gettext_noop("Refer the dispute elsewhere"),
    "withdrawn": gettext_noop("Withdraw the request"),
    "closed": gettext_noop("Close the thread"),
    "note": gettext_noop("Add a note"),
    "recall": gettext_noop("Recall what we sent"),
    "recall-sealed": gettext_noop("We sealed it"),
    "recall-destroyed": gettext_noop("We destroyed it"),
    "recall-refused": gettext_noop("Refuse the recall"),
}
"""The moves as the buttons say them."""

_HOLIDAYS = " (public holidays unknown)"
_CODES = {each.code.lower(): each.code for each in languages.LANGUAGES}


def language() -> str:
    """The reader's language as the terms write it: `zh-Hans`."""
    return _CODES.get((get_language() or "en").lower(), "en")


def said(text: str) -> str:
    """An English text of the terms or the pages, in the reader's language."""
    if not text:
        return ""
    found = labels.label(text, language())
    return found if found != text else gettext(text)


def term(vocabulary: str, code: str) -> str:
    """A code's label; a code that this version does not know stays a code."""
    found = VOCABULARIES.get(vocabulary)
    return said(found[code].label) if found and code in found else code


def kind(name: str) -> str:
    """The title of a request kind or a move."""
    return said(_titles().get(name, name))


def description(name: str) -> str:
    """What a kind or a move is for, in a sentence."""
    found = kinds.request_kinds().get(name) or kinds.move_kinds().get(name)
    return said(found.description) if found else ""


def act(kind: str) -> str:
    """A move as something to do: `Accept` for `accepted`."""
    return said(_ACTS.get(kind) or _titles().get(kind, kind))


def duty(what: str, *, ours: bool) -> str:
    """What is due, and whose duty it is: `our answer · Give the answer`."""
    if what == PRESERVED_UNTIL:
        return gettext("then the preservation ends")
    known, unknown, _ = what.partition(_HOLIDAYS)
    told = [gettext("our answer") if ours else gettext("their answer"), said(known)]
    return " · ".join(filter(None, [*told, gettext("public holidays unknown") if unknown else ""]))


def state(name: str, kind: str = "", *, ours: bool = True) -> str:
    """The title of a state in the graph of this kind, or in the usual one. What others sent us is `New` at first."""
    if kind and not ours and name == graph_of(kind).initial.name:
        return gettext("New")
    if kind and name in (titles := _titles_of(graph_of(kind).name)):
        return said(titles[name])
    return said(_states().get(name, name))


def states() -> Iterable[str]:
    """The names of all states that a thread can be in."""
    return _states().keys()


@cache
def _titles() -> dict[str, str]:
    return {**kinds.titles(), **kinds.move_titles()}


@cache
def _states() -> dict[str, str]:
    """The titles by name; where graphs differ, the first graph's."""
    own = {"several": gettext_noop("Several answers"), "conflict": gettext_noop("Conflicting moves")}
    return {**{name: title for graph in reversed(list(GRAPHS)) for name, title in _titles_of(graph).items()}, **own}


@cache
def _titles_of(graph: str) -> dict[str, str]:
    return {each.name: each.title for each in GRAPHS[graph].states}


def kinds_by_stage() -> Iterable[tuple[str, list[tuple[str, str, str]]]]:
    """The request kinds as (name, title, description), under what they are for."""
    for stage in procedure.STAGES:
        found = [each for each in kinds.request_kinds().values() if each.stage == stage.code]
        if found:
            yield said(stage.label), [(each.name, kind(each.name), said(each.description)) for each in found]
