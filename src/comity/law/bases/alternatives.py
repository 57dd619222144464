# SPDX-License-Identifier: Apache-2.0
"""What can lawfully be done where no treaty carries a measure, each with its limits. None is a way around a refusal."""

from collections.abc import Iterable, Iterator

from comity.law.bases.answer import Alternative, Basis
from comity.law.bases.question import Question
from comity.law.facts.measures import PERSONS
from comity.law.sentences import say
from comity.law.view import View

_RECIPROCITY = (
    say("Ask on reciprocity, by the diplomatic channel."),
    say(
        "Nobody owes an answer; the requested state's law must allow it, and the undertaking binds the requesting "
        "state."
    ),
)
_OWN_LAW = (
    say("Ask the requested state whether its own law lets it act without a treaty."),
    say("Only as far as that law goes; ask its central authority before drafting."),
)
_REMOVAL = (
    say("The other state may remove or repatriate the person under its own law on foreigners."),
    say(
        "It is no extradition: its own decision, with a remedy for the person, never to torture, death or persecution; "
        "record the decision, the status of the person and where evidence came from."
    ),
)
_PROSECUTION = (
    say("Ask that the person be prosecuted there, for what bars the surrender."),
    say(
        "Treaties often oblige a state that refuses its nationals to submit the case; evidence must come with the "
        "request."
    ),
)
_ASSURANCES = (
    say("Give an assurance, by the authority that can bind the courts."),
    say("Whether it suffices is for the state that is asked, and it must be kept."),
)
_PROCEEDINGS = (
    say(
        "Offer the case to the state where the person is: transfer of proceedings, or evidence laid before its "
        "prosecutor."
    ),
    say("Its law must have jurisdiction over the conduct; the requesting state may have to end its own case."),
)
_SPONTANEOUS = (
    say("Give information without being asked, so that the other state can open a case of its own."),
    say("Conditions of use are set before it is sent; what comes back is intelligence unless a request upgrades it."),
)


def alternatives(view: View, question: Question, standing: Iterable[Basis]) -> Iterator[Alternative]:
    """The lawful alternatives for a measure, with what the facts know of the requested state on each."""
    rules = view.rules(question.requested, question.requesting)
    own = tuple(each for each in rules if each.effect == "basis")
    barring = {each.ground for basis in standing for each in basis.refusals if each.finding == "bars"}
    if question.measure in PERSONS and barring:
        yield Alternative(what="prosecution", text=_PROSECUTION[0], limits=_PROSECUTION[1])
    if barring & {"death-penalty", "in-absentia"}:
        yield Alternative(what="assurances", text=_ASSURANCES[0], limits=_ASSURANCES[1])
    yield Alternative(what="reciprocity", text=_RECIPROCITY[0], limits=_RECIPROCITY[1], facts=own)
    yield Alternative(what="domestic-law", text=_OWN_LAW[0], limits=_OWN_LAW[1], facts=own)
    if question.measure in PERSONS:
        yield Alternative(what="removal", text=_REMOVAL[0], limits=_REMOVAL[1])
    yield Alternative(what="transfer-of-proceedings", text=_PROCEEDINGS[0], limits=_PROCEEDINGS[1])
    yield Alternative(what="spontaneous-information", text=_SPONTANEOUS[0], limits=_SPONTANEOUS[1])
