# SPDX-License-Identifier: Apache-2.0
"""Playing the sample case: founds the nodes, serves them, lets their people act, and looks at what both sides hold.

In this order: the three players found their nodes side by side; three servers start; every two nodes compare words;
the story is played scene by scene, each scene waiting until all who should have it do; the registers are compared and
the proof file is written and verified. Whatever was started is stopped again, however this ends."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from comity.interfaces.cli.sample.errors import HomeUsed
from comity.interfaces.cli.sample.progress import Progress
from comity.interfaces.cli.sample.story import CAST, CN, INVENTED, STORY, Scene
from comity.interfaces.cli.sample.troupe import Company, Desk, folder_of, free_port
from comity.protocol.wire.names import format_time

PASSWORD = "sample-desk-only-2016"  # noqa: S105  printed for everybody: the nodes hold sample data only
PATIENCE = 60.0
STEPS = 5


def play_once(home: Path | None, *, quiet: bool) -> dict[str, Any]:
    """Play the case on free ports and answer with what came of it."""
    with _directory(home) as path, ExitStack() as stack, Progress(len(STORY) + STEPS, quiet=quiet) as progress:
        return _play(path, stack, progress, free=True)[0]


def play_and_serve(home: Path | None) -> None:
    """Play the case and leave the desks open until Ctrl-C."""
    with _directory(home) as path, ExitStack() as stack:
        with Progress(len(STORY) + STEPS) as progress:
            outcome, desks = _play(path, stack, progress, free=False)
        print(as_text(outcome))
        print(_invitation(desks), flush=True)
        _until_interrupted(desks)


def as_text(outcome: dict[str, Any]) -> str:
    """The outcome for people."""
    counts = f"{outcome['requests']} requests, {outcome['answers']} answers, {outcome['receipts_verified']} receipts"
    equal = "Both sides of every thread show the same state."
    if not outcome["thread_states_equal"]:
        equal = "The nodes show different states: this is a fault."
    lines = [f"{counts} verified, in {outcome['seconds']} s.", equal]
    for authority, register in outcome["registers"].items():
        witnesses = ", ".join(register["cosigned_by"])
        lines.append(f"  {authority:<22} {register['size']} leaves in its register, cosigned by {witnesses}")
    lines.append(f"Proof: comity verify {outcome['proof_file']}")
    return "\n".join(lines)


def _play(path: Path, stack: ExitStack, progress: Progress, *, free: bool) -> tuple[dict[str, Any], list[Desk]]:
    started = time.monotonic()
    company = Company(path, stack, _ports(free=free))
    progress.step("Three authorities found their nodes, each with its own keys")
    company.found()
    progress.step("Three servers start")
    company.serve()
    progress.step("Every two authorities compare words by telephone")
    company.befriend()
    threads = _tell(company, progress)
    progress.step("Everybody compares what they hold")
    outcome = company.outcome(threads)
    progress.step("The proof is written")
    company.tell(CN, "proof", thread=threads["subscriber"], file=str(path / "proof.json"))
    outcome["proof_file"] = str(path / "proof.json")
    outcome["seconds"] = round(time.monotonic() - started, 1)
    desks = [] if free else company.open_desks(PASSWORD)
    progress.end()
    return outcome, desks


def _tell(company: Company, progress: Progress) -> dict[str, str]:
    """Play every scene; answers with the thread of each name."""
    threads: dict[str, str] = {}
    parties: dict[str, set[str]] = {}
    cases = {cast.authority: company.tell(cast.authority, "case", title=f"Wall ({INVENTED})")["id"] for cast in CAST}
    for scene in STORY:
        progress.step(scene.title)
        if scene.to:
            parties[scene.thread] = {scene.who, *scene.to}
            said = company.tell(
                scene.who, "request", kind=scene.kind, to=list(scene.to), body=_due(scene), case=cases[scene.who]
            )
            threads[scene.thread] = said["thread"]
        else:
            said = _move(company, scene, threads[scene.thread])
        company.wait_for(parties[scene.thread], said["digest"], PATIENCE)
    company.wait_until_idle(PATIENCE)
    return threads


def _due(scene: Scene) -> dict[str, Any]:
    """The body, with the time that its author wishes an answer by."""
    if not scene.due_in_hours:
        return dict(scene.body)
    at = format_time(datetime.now(UTC) + timedelta(hours=scene.due_in_hours))
    return {**scene.body, "due": [{"what": "Answer wished", "at": at}]}


def _move(company: Company, scene: Scene, thread: str) -> dict[str, Any]:
    file = list(scene.file) if scene.file else None
    return company.tell(
        scene.who, "move", thread=thread, kind=scene.kind, body=dict(scene.body), file=file, recalls=scene.recalls
    )


def _ports(*, free: bool) -> dict[str, int]:
    taken: set[int] = set()
    ports: dict[str, int] = {}
    for cast in CAST:
        ports[cast.authority] = free_port(0 if free else cast.port, taken)
        taken.add(ports[cast.authority])
    return ports


@contextmanager
def _directory(home: Path | None) -> Iterator[Path]:
    if home is not None:
        if any((home / folder_of(cast)).exists() for cast in CAST):
            raise HomeUsed(home=str(home))
        home.mkdir(parents=True, exist_ok=True)
        yield home.resolve()
        return
    yield Path(tempfile.mkdtemp(prefix="comity-demo-"))


def _invitation(desks: list[Desk]) -> str:
    lines = [
        "",
        INVENTED,
        f"The desks are open. Every password is {PASSWORD}.",
        "",
    ]
    for desk in desks:
        lines += [f"  {desk.address}   {desk.name}"]
        lines += [
            f"      {each.does}: officer {each.officer}   code {each.code()}   (secret {each.secret})"
            for each in desk.logins
        ]
        lines += [f"      approves, and drafts too: {desk.passkey}", ""]
    return "\n".join([*lines, _WHO, "Ctrl-C stops everything."])


_WHO = """\
A code is good for half a minute; later ones come from the secret, in any authenticator.
Two people stand behind what is sent. Whoever drafts signs in with password and code, and submits. Whoever approves
opens the link of that desk once, makes a passkey, and signs in with it; nobody approves alone what they submitted.
Whoever administers has the peers, the people and the register, and sees no content.
"""


def _until_interrupted(desks: list[Desk]) -> None:
    """Show the codes of the moment while somebody looks on at a terminal; end with Ctrl-C."""
    try:
        while True:
            if sys.stdout.isatty():
                codes = "   ".join(f"{each.officer} {each.code()}" for desk in desks for each in desk.logins)
                print(f"\rcodes now: {codes} ", end="", flush=True)
            time.sleep(5)
    except KeyboardInterrupt:
        print("\nStopped.")
