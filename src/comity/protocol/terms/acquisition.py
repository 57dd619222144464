# SPDX-License-Identifier: Apache-2.0
"""How a thing became evidence: the record of a seizure, or of a making."""

from typing import Annotated

from pydantic import Field

from comity.protocol.terms.custody import HASHES, ORIGINALITY
from comity.protocol.terms.parts import Part
from comity.protocol.terms.values import Line, Maybe, OneOf, Sha256, Time, TimeZone, Words


class Medium(Part):
    """What the thing was on, or is."""

    what: Line = Field(title="Kind of medium", description="Such as a telephone, a disk, a SIM card, an account.")
    make: Maybe[Line] = Field(default=None, title="Make and model", description="As it stands on it.")
    serial: Maybe[Line] = Field(default=None, title="Serial number", description="Or IMEI, or another number on it.")
    capacity: Maybe[Line] = Field(default=None, title="Capacity", description="As the tool or the label says.")
    condition: Maybe[Words] = Field(default=None, title="Condition", description="As found: on, locked, broken.")


class ToolHash(Part):
    """A digest that the acquiring tool gave: kept as it was given, whatever it is worth today."""

    algorithm: Annotated[str, OneOf(HASHES)] = Field(title="Algorithm", description="Of the digest.")
    value: Line = Field(title="Digest", description="As the tool wrote it.")


class Acquisition(Part):
    """The record of a seizure, or of a making. Times are UTC; `zone` says which clock was on the wall."""

    at: Time = Field(title="When", description="The moment of the seizure or the making.")
    zone: TimeZone = Field(title="Time zone", description="Of the place where it happened.")
    by: Line = Field(title="By whom", description="The officer, by name or number.")
    place: Line = Field(title="Where", description="The place, as exactly as it is known.")
    source: Words = Field(title="From what or whom", description="The person, the room, the device, the provider.")
    power: Words = Field(title="By which power", description="The warrant, the law, or the consent.")
    method: Words = Field(title="How", description="What was done, in which order.")
    tool: Maybe[Line] = Field(default=None, title="Tool", description="The program or device that made the copy.")
    tool_version: Maybe[Line] = Field(default=None, title="Version of the tool", description="As it says itself.")
    originality: Annotated[str, OneOf(ORIGINALITY)] = Field(title="Original or copy", description="What this is.")
    derived_from: list[Sha256] = Field(
        default_factory=list, title="Made out of", description="The digests of the exhibits that it was made of."
    )
    media: list[Medium] = Field(default_factory=list, title="Media", description="What it was on.")
    hashes: list[ToolHash] = Field(default_factory=list, title="Digests of the tool", description="As they were given.")
    labels: list[Line] = Field(default_factory=list, title="Labels", description="Numbers of bags and seals.")
    note: Maybe[Words] = Field(default=None, title="Remarks", description="Anything else that a court may ask.")
