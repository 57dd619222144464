# SPDX-License-Identifier: Apache-2.0
"""Upgrade of use.

Material given for one use is asked for another, most often from police information to evidence in court.
"""

from pydantic import Field

from comity.protocol.terms.definitions import RequestKind
from comity.protocol.terms.moves import Digests
from comity.protocol.terms.parts import Basis
from comity.protocol.terms.refusals import INFORMATION_GROUNDS
from comity.protocol.terms.requests import CaseBody
from comity.protocol.terms.samples import CASE, DIGEST
from comity.protocol.terms.values import Line, Words
from comity.protocol.terms.vocabulary import Source


class UseUpgrade(CaseBody):
    """Which material, which use is asked, and what holds now."""

    basis: Basis = Field(title="Legal basis", description="What the request stands on.")
    of: Digests = Field(title="Messages meant", description="The digests of the messages meant.")
    current_use: Words = Field(title="Use allowed now", description="The conditions that hold until you agree.")
    use_asked: Words = Field(title="Use asked", description="What you wish to do with the material.")
    proceeding: Words = Field(title="Proceeding", description="The proceeding in which it is needed.")
    court: Line = Field(title="Prosecutor or court", description="Who is in charge, and the decisions already taken.")
    disclosure: Words = Field(
        title="Disclosure to the defence", description="What would be disclosed, to whom and when."
    )


KIND = RequestKind(
    name="use-upgrade",
    title="Upgrade of use",
    description="Ask that material given as information may be used as evidence.",
    body=UseUpgrade,
    graph="request",
    stage="evidence",
    approvals=1,
    coercive=False,
    refusals=(*INFORMATION_GROUNDS, "essential-interests"),
    sources=(Source("ETS185", "28"), Source("EU-2023-977", "", verified=False)),
    example={
        **CASE,
        "basis": {"instrument": "ETS185", "article": "28"},
        "of": [DIGEST],
        "current_use": "Police information; not as evidence. Invented example.",
        "use_asked": "Evidence at the trial.",
        "proceeding": "Trial of five accused for fraud.",
        "court": "Sample District Court",
        "disclosure": "The whole message, to the defence, before the trial.",
    },
)
