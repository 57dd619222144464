# SPDX-License-Identifier: Apache-2.0
"""Which offences of one state's law are like an offence of another's: by the elements of the conduct."""

from dataclasses import dataclass

from comity.law.bases import conduct as conducts
from comity.law.bases.question import Question
from comity.law.errors import OffenceUnknown
from comity.law.facts.national import Offence
from comity.law.view import View


@dataclass(frozen=True, slots=True)
class Like:
    """An offence, and how it stands to the one asked about: `all`, the conduct is this offence too; `some`, only with
    the `missing` elements; `unread`, its category is the same and its elements have not been entered."""

    offence: Offence
    match: conducts.Match
    shared: tuple[str, ...]
    missing: tuple[str, ...]


def offences(view: View, state: str) -> tuple[Offence, ...]:
    """The offences of a state, or of an instrument, that the facts hold."""
    return view.seen(view.index.offences.get(state, ()))


def named(view: View, reference: str) -> Offence:
    """An offence as `CN:266`. Raises `OffenceUnknown`."""
    found = conducts.conduct(view, Question(requesting="", requested="", measure="", offence=reference)).named
    if found is None:
        state = reference.partition(":")[0]
        known = ", ".join(each.provision for each in offences(view, state)) or "none"
        raise OffenceUnknown(reference=reference[:64], state=state[:16], known=known)
    return found


def like(view: View, state: str, reference: str) -> tuple[Like, ...]:
    """The offences of a state, the likest first. Raises `OffenceUnknown`."""
    model = named(view, reference)
    elements = frozenset(model.elements)
    family = {each.id for each in conducts.categories(view, model.category)} | {model.category}
    found = [_like(each, elements, each.category in family) for each in offences(view, state)]
    order = {"all": 0, "some": 1, "unread": 2, "none": 3}
    kept = [each for each in found if each.match != "none"]
    return tuple(sorted(kept, key=lambda each: (order[each.match], len(each.missing), -len(each.shared))))


def _like(offence: Offence, elements: frozenset[str], same: bool) -> Like:
    own = frozenset(offence.elements)
    shared, missing = tuple(sorted(own & elements)), tuple(sorted(own - elements))
    if not own or not elements:
        return Like(offence, "unread" if same else "none", shared, missing)
    if not missing:
        return Like(offence, "all", shared, missing)
    return Like(offence, "some" if len(shared) * 2 >= len(own) else "none", shared, missing)
