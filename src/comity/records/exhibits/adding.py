# SPDX-License-Identifier: Apache-2.0
"""Taking an exhibit in.

In this order: the record of the seizure is held against its form; the content is read once, hashed, encrypted and
brought to the disk, in a process of its own; only then, in one transaction, is it named: content, exhibit, the steps
*acquired* and *sealed* with their leaves. Killed at any moment, the node has the whole exhibit or nothing of it.
"""

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from comity.protocol.terms.acquisition import Acquisition
from comity.protocol.wire import canonical
from comity.protocol.wire.errors import BadMember
from comity.records.action import Act, acting
from comity.records.actors import Actor, Permission
from comity.records.casefiles import cases
from comity.records.exhibits import custody, packing, store, vault
from comity.records.exhibits.errors import SourceChanged
from comity.records.exhibits.models import Content, Exhibit
from comity.records.exhibits.sealing import BLOCK, Sealed, Sealing
from comity.records.home import Home

Progress = Callable[[int], None]
"""Hears how many bytes of files were read."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A content that was read: sealed, and what it holds."""

    sealed: Sealed
    packed: packing.Packed | None


def add(
    home: Home,
    actor: Actor,
    case: str,
    paths: Sequence[Path],
    *,
    seized: Mapping[str, Any] | None = None,
    reason: str = "",
    progress: Progress = lambda _: None,
) -> Exhibit:
    """One exhibit of these paths: a file as it is, a folder or several paths as an archive with a manifest.

    Raises `NotPermitted`, `NotFound` for a case that is not here, `BadMember` for a record that is none, `SourceUnfit`,
    `SourceChanged`, `NotSealed`. `progress` is called from this thread.
    """
    actor.require(Permission.EXECUTE)
    row = cases.case(home, actor, case)
    record = acquisition(seized) if seized is not None else None
    found = list(packing.members(paths))
    read = _read(home, found, progress)
    name = ", ".join(sorted(each.resolve().name for each in paths))[:500]
    file = str(home.new_id())
    try:
        with acting(home, actor, Permission.EXECUTE) as act:
            exhibit = _named(act, row.id, name, read, file)
            made = {"acquisition": record} if record else {}
            digest = read.sealed.sha256
            steps = [
                custody.note(act, exhibit, "acquired", before=None, after=digest, reason=reason, more=made),
                custody.note(act, exhibit, "sealed", before=digest, after=digest),
            ]
    except BaseException:  # boundary: what is not registered is not kept, whatever stopped it
        read.sealed.discard()
        store.discard(home, file)
        raise
    read.sealed.discard()
    with home.active():
        custody.settle(act, steps)
    return exhibit


def acquisition(told: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a seizure, as its form has it. Raises `BadMember`, which names the first fault."""
    try:
        Acquisition.model_validate(dict(told))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        member = ".".join(str(each) for each in fault["loc"]) or "(all)"
        raise BadMember(what="acquisition", member=member, why=fault["msg"].lower()) from None
    canonical.encode(dict(told), limit=custody.LIMIT)
    return dict(told)


def _read(home: Home, found: Sequence[packing.Member], progress: Progress) -> _Read:
    with Sealing(store.incoming(home)) as sealing:
        lone = len(found) == 1 and stat.S_ISREG(found[0].about.st_mode)
        packed = None if lone else packing.pack(found, sealing.write, progress)
        if lone:
            _copy(found[0], sealing, progress)
        return _Read(sealing.finish(), packed)


def _copy(one: packing.Member, sealing: Sealing, progress: Progress) -> None:
    done = 0
    with one.path.open("rb", buffering=0) as file:
        while done <= one.about.st_size and (block := file.read(BLOCK)):
            sealing.write(block)
            done += len(block)
            progress(done)
        after = os.fstat(file.fileno())
    if done != one.about.st_size or after.st_mtime_ns != one.about.st_mtime_ns:
        raise SourceChanged(name=one.name)


def _named(act: Act, case: str, name: str, read: _Read, file: str) -> Exhibit:
    content = _content(act, read.sealed, file)
    return Exhibit.objects.create(
        id=act.home.new_id(),
        case_id=case,
        content=content,
        name=name,
        packed=read.packed is not None,
        files=read.packed.files if read.packed else 1,
        manifest=read.packed.manifest() if read.packed else None,
        added=act.now,
        added_by=act.actor.name,
    )


def _content(act: Act, sealed: Sealed, file: str) -> Content:
    """The content, once: who comes second keeps nothing. The file gets its name before the row is committed: a file
    without a row is swept, a row without a file would be a promise broken."""
    told = {
        "blake3": sealed.blake3,
        "size": sealed.size,
        "file": file,
        "sealed_size": sealed.file.stat().st_size,
        "identity": vault.wrap(act.home.config, sealed.identity, sealed.sha256, act.home.random),
        "stored": act.now,
    }
    held, new = Content.objects.get_or_create(digest=sealed.sha256, defaults=told)
    if new or held.identity is None:
        store.keep(act.home, sealed.file, file)
    if not new and held.identity is None:
        Content.objects.filter(digest=sealed.sha256).update(**told)
        held.refresh_from_db()
    return held
