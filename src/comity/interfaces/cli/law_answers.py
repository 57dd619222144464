# SPDX-License-Identifier: Apache-2.0
"""`comity law bases | matrix | offences`: what the law says to a question, with no node at all."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.interfaces.cli.shared import command, show

if TYPE_CHECKING:
    from comity.law.bases.answer import Answer, Basis
    from comity.law.bases.question import Circumstances
    from comity.law.coverage import Coverage


def add(laws: Any) -> None:
    """Add these commands."""
    from comity.interfaces.cli.laws import dated

    asked = command(laws, "bases", _bases, "which bases carry a measure between two states", home=False)
    _pair(asked)
    asked.add_argument("--measure", required=True, metavar="MEASURE", help="such as extradition or preservation")
    asked.add_argument("--offence", default="", metavar="CATEGORY", help="a category, or an offence as CN:266")
    asked.add_argument("--facts", type=Path, metavar="FILE", help="what is known of the case, as JSON or YAML")
    dated(asked)
    every = command(laws, "matrix", _matrix, "every measure between two states, and how well it is known", home=False)
    _pair(every)
    dated(every)
    listed = command(laws, "offences", _offences, "the offences of a state, or those like another's", home=False)
    listed.add_argument("--country", required=True, metavar="STATE", help="whose offences, or an instrument's")
    listed.add_argument("--like", metavar="OFFENCE", help="only those like this one, such as CN:266")
    dated(listed)


def _pair(made: argparse.ArgumentParser) -> None:
    made.add_argument("--from", dest="requesting", required=True, metavar="STATE", help="who asks: two letters")
    made.add_argument("--to", dest="requested", required=True, metavar="STATE", help="who is asked")


def _bases(arguments: argparse.Namespace) -> None:
    from comity.interfaces.cli.laws import view
    from comity.law.bases.asking import bases
    from comity.law.bases.question import Question
    from comity.law.bases.telling import told

    question = Question(
        requesting=arguments.requesting,
        requested=arguments.requested,
        measure=arguments.measure,
        offence=arguments.offence,
        circumstances=_circumstances(arguments.facts),
    )
    answer = bases(view(arguments), question)
    show(arguments, told(answer), "\n".join(_answer(answer)))


def _circumstances(file: Path | None) -> "Circumstances":
    from comity.law.bases.question import Circumstances, read_circumstances

    return Circumstances() if file is None else read_circumstances(file)


def _answer(answer: "Answer") -> list[str]:
    lines = [answer.first, ""]
    for number, basis in enumerate(answer.bases, 1):
        lines += [f"{number}. {_head(basis)}", *_terms(basis), ""]
    if answer.rejected:
        lines += ["Not a basis, or not known:"]
        where = [f"{each.instrument} {each.article}".strip() for each in answer.rejected]
        lines += [f"  {name}: {each.words}" for name, each in zip(where, answer.rejected, strict=True)] + [""]
    if answer.alternatives:
        lines += ["Lawful alternatives:"]
        lines += [f"  {each.text} {each.limits}" for each in answer.alternatives] + [""]
    lines.append("An authority decides; nothing here grants anything.")
    if answer.unverified:
        lines.append(f"{len(answer.unverified)} more facts in this answer are not verified (--json names them).")
    return lines


def _head(basis: "Basis") -> str:
    where = f"{basis.instrument} {basis.article}".strip()
    since = ", ".join(str(day) if day else "?" for day in basis.since)
    bound = f", binds since {since}" if basis.kind in ("bilateral", "multilateral") else ""
    marks = " · no coercion · intelligence unless upgraded" if basis.kind == "police" else ""
    return f"{where} ({basis.kind}, {basis.obligation}{bound}; the case: {basis.fits}){marks}"


def _terms(basis: "Basis") -> list[str]:
    ways = ", ".join(each.road + (" (urgent)" if each.urgent else "") for each in basis.ways)
    named = [f"     {each.side}: {each.name}" for each in basis.authorities]
    clocks = [
        f"     {each.what} within {each.length} {each.unit} of {each.after} ({each.bound}; {each.side})"
        for each in basis.clocks
    ]
    grounds = [f"     {each.finding:<11} {each.ground}: {each.why}" for each in basis.refusals]
    parts = [
        ("channel", [ways] if ways else ["not known here"]),
        ("authorities", named),
        ("languages", [", ".join(basis.languages)] if basis.languages else []),
        ("contents", [", ".join(basis.contents) or "not known here"]),
        ("clocks", clocks or ["not known here"]),
        ("grounds of refusal", grounds),
        ("use", [", ".join(basis.uses)] if basis.uses else []),
        ("then", [f"     {each.measure}: {each.why}" for each in basis.followups]),
        ("steps", [f"     {each.text}" for each in basis.trace]),
    ]
    lines: list[str] = []
    for title, told in parts:
        if told and told[0].startswith("     "):
            lines += [f"   {title}:", *told]
        elif told:
            lines += [f"   {title}: {told[0]}"]
    return lines


def _matrix(arguments: argparse.Namespace) -> None:
    from comity.interfaces.cli.laws import sourced, view
    from comity.law.coverage import coverage
    from comity.law.naming import name

    asked = view(arguments)
    found = coverage(asked, arguments.requesting, arguments.requested)
    value = {
        "from": arguments.requesting,
        "to": arguments.requested,
        "on": asked.on,
        "known": asked.known,
        "measures": [
            {
                "measure": each.question.measure,
                "finding": each.finding,
                "bases": [
                    {"instrument": basis.instrument, "article": basis.article, "kind": basis.kind}
                    for basis in each.bases
                ],
                "first": each.first,
            }
            for each in found.answers
        ],
        "coverage": {
            "facts": dict(found.counts),
            "silent": list(found.silent),
            "to_verify": [{"id": name(each.fact), "whom": each.whom, **sourced(each.fact)} for each in found.to_verify],
        },
        "claims": [
            {
                "by": each.claim.by,
                "said_on": each.claim.said_on,
                "kind": each.claim.kind,
                "says": each.claim.says,
                "differs": each.differs,
                **sourced(each.claim),
            }
            for each in found.claims
        ],
    }
    show(arguments, value, "\n".join(_table(found)))


def _table(found: "Coverage") -> list[str]:
    from comity.law.naming import name

    lines = []
    for answer in found.answers:
        best = answer.bases[0] if answer.bases else None
        where = f"{best.instrument} {best.article} ({best.kind})".replace("  ", " ") if best else ""
        lines.append(f"{answer.question.measure:<36}{answer.finding:<13}{where}")
    told = ", ".join(f"{count} {kind}" for kind, count in found.counts.items()) or "none"
    lines += ["", f"Facts used: {told}."]
    if found.silent:
        lines.append(f"Silent or unsure: {', '.join(found.silent)}.")
    lines += [f"To verify: {name(each.fact)} ({each.fact.verification}), with {each.whom}." for each in found.to_verify]
    for each in found.claims:
        says = "has one" if each.claim.says == "has-one" else "has none"
        beside = {True: "the facts differ", False: "the facts agree", None: "the facts say nothing"}[each.differs]
        lines.append(f"Claimed: {each.claim.kind}: {says} ({each.claim.by}); {beside}.")
    return lines


def _offences(arguments: argparse.Namespace) -> None:
    from comity.interfaces.cli.laws import sourced, view
    from comity.law import offences
    from comity.law.states import known_state

    asked, state = view(arguments), arguments.country
    if not offences.offences(asked, state):
        known_state(state)
    if arguments.like is None:
        plain = [
            {
                "provision": each.provision,
                "title": each.title,
                "category": each.category,
                "elements": list(each.elements),
                "penalty": each.penalty,
                **sourced(each),
            }
            for each in offences.offences(asked, state)
        ]
        lines = [f"{each['provision']}  {each['title']}: {each['penalty'] or 'penalty not entered'}" for each in plain]
        show(arguments, {"country": state, "offences": plain}, "\n".join(lines or ["No facts on its offences."]))
        return
    model = offences.named(asked, arguments.like)
    found = offences.like(asked, state, arguments.like)
    value = {
        "country": state,
        "like": {"provision": model.provision, "title": model.title, "elements": list(model.elements)},
        "offences": [
            {
                "provision": each.offence.provision,
                "title": each.offence.title,
                "match": each.match,
                "shared": list(each.shared),
                "missing": list(each.missing),
                "penalty": each.offence.penalty,
                **sourced(each.offence),
            }
            for each in found
        ],
    }
    lines = [
        f"{each.match:<7}{each.offence.provision}  {each.offence.title}: {each.offence.penalty}"
        + (f"  (only with: {', '.join(each.missing)})" if each.match == "some" else "")
        for each in found
    ]
    show(arguments, value, "\n".join(lines or ["None that the facts know of; they are not whole."]))
