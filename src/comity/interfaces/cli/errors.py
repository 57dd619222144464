# SPDX-License-Identifier: Apache-2.0
"""What the command line itself refuses, before anything is done.

CommandError
├── Administered     there is an administrator already
├── AlreadySent      it was approved, and has left
├── FileUnusable     a file that cannot be read, or written
├── FileTaken        a file would be written over
├── KeysNotNamed     keys are to be revoked, and which is not said
├── NoEarlierKeys    there is nothing yet that could be revoked
├── NotJson          a file that should hold JSON
└── TimeUnsound      a time that cannot be meant

ConfigurationError
└── OptionUnsound    an option of `comity node init` that no node could use
"""

from comity.protocol.errors import ComityError
from comity.records.errors import ConfigurationError


class CommandError(ComityError):
    """The command as given is not carried out."""

    code = "command"


class Administered(CommandError):
    """A link for an administrator, though one can sign in, is made only when it is asked for."""

    code = "administered"
    text = "As administrator can sign in: {officers}."
    advice = "If the passkey is lost: comity node administrator --again OFFICER. Its link is in the register."


class AlreadySent(CommandError):
    """Nothing is left to approve."""

    code = "already-sent"
    text = "{id} is approved and sent already, in thread {thread}."
    advice = "See how far it came: comity request show."


class FileUnusable(CommandError):
    """The file is not there, a folder, or not ours to open."""

    code = "file"
    text = "{file}: {why}."


class FileTaken(CommandError):
    """Nothing is written over without a word."""

    code = "file-taken"
    text = "{file} is there already."
    advice = "Choose another name; some commands take --force."


class KeysNotNamed(CommandError):
    """After a rotation the newest keys are the good ones: nobody guesses which are meant."""

    code = "keys-not-named"
    text = "Which keys of {authority}? Known here are:\n{known}"
    advice = "Name the ids that are meant, right behind the authority, or --all of them."


class NoEarlierKeys(CommandError):
    """The keys of the newest card are revoked by making others first."""

    code = "no-earlier-keys"
    text = "{authority} has had no keys but those of its newest card."
    advice = "Make new ones first: comity node rotate."


class NotJson(CommandError):
    """The file was opened and is something else."""

    code = "not-json"
    text = "{file} is not JSON ({why})."
    advice = "Look at the file with another program."


class TimeUnsound(CommandError):
    """A revocation that begins in the future, or before there was anything to revoke."""

    code = "time-unsound"
    text = "--since {since} is {why}."
    advice = "Give the last moment at which the keys were surely theirs alone; now without it."


class OptionUnsound(ConfigurationError):
    """The node is not founded."""

    advice = "Nothing was made. See `comity node init --help`."
