# SPDX-License-Identifier: Apache-2.0
"""One node's people, as a process: founds the node, then does what its officers would do, one line of JSON at a time.

    → {"do": "request", "kind": "preservation", "to": ["ES/policia-nacional"], "body": {…}}
    ← {"thread": "…", "digest": "…"}

Each player has only its own node's directory. Approvals are made with software passkeys, marked as such; the HTTP
server and the outbox run in another process, as they would."""

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from comity.interfaces.cli.shared import node


class Player:
    """The people of one node. Every public method is something that they can be told to do."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._home: Any = None

    def found(self, **settings: Any) -> dict[str, Any]:
        """Found the node, with two officers who approve, one who drafts and one who administers; answers with the card
        and the log-ins to be."""
        from comity.protocol.wire.names import authority_id
        from comity.records.config import NodeConfig

        authority = authority_id(settings.pop("authority"))
        settings["languages"] = tuple(settings["languages"])
        config = NodeConfig(home=self._path, authority=authority, country=authority[:2], **settings)
        self._home = node().found(config).home
        return self._people()

    def _people(self) -> dict[str, Any]:
        from comity.records.accounts import people, softly
        from comity.records.actors import CONSOLE, Role
        from comity.records.authorities.issuing import our_signed_card

        home = self._home
        for _ in range(2):
            officer = people.create_officer(home, CONSOLE, name="Sample approver (invented)", roles=[Role.APPROVER])
            softly.enrol(home, officer)
        desk = [
            self._at_the_desk("drafts", [Role.DUTY_OFFICER, Role.DRAFTER, Role.CUSTODIAN]),
            self._at_the_desk("administers", [Role.ADMINISTRATOR]),
        ]
        with home.active():
            return {"card": our_signed_card().to_json(), "desk": desk}

    def _at_the_desk(self, does: str, roles: list[Any]) -> dict[str, str]:
        from comity.records.accounts import enrolling, people
        from comity.records.accounts.models import Means
        from comity.records.actors import CONSOLE

        officer = people.create_officer(self._home, CONSOLE, name=f"Sample officer who {does} (invented)", roles=roles)
        link = enrolling.enrolment_link(self._home, CONSOLE, officer.pseudonym, Means.PASSWORD)
        return {"does": does, "officer": officer.pseudonym, "token": link.token}

    def sign_in(self, token: str, password: str) -> dict[str, Any]:
        """Give an officer a password and a TOTP secret, so that people can sign in at the desk."""
        import pyotp

        from comity.records.accounts import enrolling

        provisioning = enrolling.enrol_password(self._home, token, password)
        # With the code of the half minute before: a code counts once, and that of now is printed for whoever signs in.
        code = pyotp.TOTP(provisioning.secret).at(self._home.now() - timedelta(seconds=30))
        enrolling.confirm_totp(self._home, token, code)
        return {"secret": provisioning.secret}

    def passkey_link(self, officer_name: str) -> dict[str, Any]:
        """A one-time link by which whoever watches the sample can enrol a passkey of their own as an approver."""
        from comity.records.accounts import enrolling, people
        from comity.records.actors import CONSOLE, Role

        roles = [Role.APPROVER, Role.DUTY_OFFICER, Role.CUSTODIAN]
        officer = people.create_officer(self._home, CONSOLE, name=officer_name, roles=roles)
        return {
            "officer": officer.pseudonym,
            "url": enrolling.enrolment_link(self._home, CONSOLE, officer.pseudonym).url,
        }

    def invite(self, card: dict[str, Any]) -> dict[str, Any]:
        """Take a card in; answers with the words to read out."""
        from comity.protocol.wire.dsse import Signed
        from comity.records.actors import CONSOLE
        from comity.records.authorities import peers

        return {"words": " ".join(peers.invite(self._home, CONSOLE, Signed.from_json(card)).words)}

    def accept(self, authority: str, words: str) -> dict[str, Any]:
        """Accept a peer, the words having been compared."""
        from comity.protocol.wire.names import authority_id
        from comity.records.actors import CONSOLE
        from comity.records.authorities import peers

        return {"card": peers.accept(self._home, CONSOLE, authority_id(authority), words).digest}

    def request(self, kind: str, to: list[str], body: dict[str, Any], case: str = "") -> dict[str, Any]:
        """Draft, submit, and approve a request."""
        from comity.cooperation.drafting import actions
        from comity.protocol.terms.handling import DEFAULT
        from comity.records.actors import CONSOLE

        draft = actions.start(self._home, CONSOLE, kind=kind, to=to, body=body, handling=DEFAULT, case=case)
        return self._approved(actions.submit(self._home, CONSOLE, draft.id))

    def move(
        self, thread: str, kind: str, body: dict[str, Any], file: list[str] | None = None, recalls: bool = False
    ) -> dict[str, Any]:
        """Make a move, and approve it."""
        from comity.records.actors import CONSOLE

        files = []
        if file:
            path = self._path / "outgoing" / file[0]
            path.parent.mkdir(exist_ok=True)
            path.write_text(file[2], encoding="utf-8")
            files = [path]
        if recalls:
            body = {**body, **self._recalled(thread, kind)}
        if kind == "confirmed":
            body = {**body, "of": self._produced(thread)}
        return self._approved(node().make_move(self._home, CONSOLE, thread, kind, body, files))

    def case(self, title: str) -> dict[str, Any]:
        """Open a case."""
        from comity.records.actors import CONSOLE
        from comity.records.casefiles import cases

        return {"id": cases.new(self._home, CONSOLE, title).id}

    def settled(self, digests: list[str]) -> dict[str, Any]:
        """How many of these messages are held here, and whether nothing waits in the outbox."""
        from comity.cooperation.dispatch.models import Outbox, Reply
        from comity.records.threads.models import StoredMessage

        with self._home.active():
            held = StoredMessage.objects.filter(digest__in=digests).count()
            waiting = Outbox.objects.filter(status=Outbox.Status.WAITING).count() + Reply.objects.count()
            refused = list(Outbox.objects.filter(status=Outbox.Status.REFUSED).values_list("fault", flat=True))
        return {"held": held, "waiting": waiting, "refused": refused}

    def report(self, threads: list[str]) -> dict[str, Any]:
        """What this node holds at the end."""
        import base64

        from comity.cooperation.exchange.compose import our_checkpoint
        from comity.protocol.wire.names import MessageId
        from comity.records.register import checkpoints
        from comity.records.threads import store
        from comity.records.threads.models import StoredMessage, StoredReceipt, Thread

        home = self._home
        with home.active():
            known = set(Thread.objects.values_list("id", flat=True))
            states = {each: store.state_of(MessageId(each)).digest() for each in threads if each in known}
            receipts = StoredReceipt.objects.count()
            messages = StoredMessage.objects.filter(sender=home.authority).count()
            latest = checkpoints.latest_checkpoint(home.alias)
            cosigned = self._cosigned()
        signed = our_checkpoint(home)
        return {
            "states": states,
            "receipts": receipts,
            "messages": messages,
            "register": {
                "size": signed.checkpoint.size,
                "root": base64.b64encode(signed.checkpoint.root).decode(),
                "checkpoint": signed.note.to_bytes().decode(),
                "cosigned_by": cosigned,
                "checkpoints": latest.checkpoint.size if latest else 0,
            },
        }

    def proof(self, thread: str, file: str) -> dict[str, Any]:
        """Write the proof file of a thread."""
        from comity.cooperation.dispatch import proving
        from comity.records.actors import CONSOLE

        Path(file).write_bytes(proving.proof_of(self._home, CONSOLE, thread))
        return {"file": file}

    def _cosigned(self) -> list[str]:
        from comity.records.register.models import Cosignature

        return sorted(set(Cosignature.objects.values_list("name", flat=True)))

    def _approved(self, prepared: Any) -> dict[str, Any]:
        from comity.cooperation.dispatch import approving
        from comity.records.accounts import softly
        from comity.records.accounts.models import Officer

        keys = list(softly.keys(self._home).items())
        for name, key in keys[: prepared.awaiting]:
            with self._home.active():
                officer = Officer.objects.get(pseudonym=name)
            asked = approving.options(self._home, officer, prepared.id)
            approving.approve(self._home, officer, prepared.id, softly.answer(self._home, key, asked))
        return {name: value for name, value in asdict(prepared).items() if name in ("thread", "digest")}

    def _recalled(self, thread: str, kind: str) -> dict[str, Any]:
        from comity.protocol.wire.names import MessageId
        from comity.records.threads import store

        with self._home.active():
            state = store.state_of(MessageId(thread))
        if kind == "recall":
            return {"of": list(state.recallable[self._home.authority])}
        return {"recall": next(iter(state.recalls))}

    def _produced(self, thread: str) -> list[str]:
        from comity.protocol.wire.names import MessageId
        from comity.records.threads import store

        with self._home.active():
            return [each.digest for each in store.messages_of(MessageId(thread)) if each.statement.kind == "produced"]


def main() -> None:
    """Do what each line of standard input says, until it ends."""
    from comity.protocol.errors import ComityError

    player = Player(Path(sys.argv[1]))
    for line in sys.stdin:
        told = json.loads(line)
        try:
            answer = getattr(player, told.pop("do"))(**told)
        except ComityError as error:
            answer = {"error": error.as_json()}
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
