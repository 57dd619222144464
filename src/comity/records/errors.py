# SPDX-License-Identifier: Apache-2.0
"""What a node keeps, asks of its people, or may not show.

RecordError
├── ConfigurationError   node.toml or a key file cannot be used
├── NotFound             it is not here, or not for you: the two are told the same way
├── NotPermitted         your roles do not allow it
├── NotInSeason          the thing is no longer, or not yet, in a state that allows it
└── StandingError        the peer is not accepted here
"""

from comity.protocol.errors import ComityError


class RecordError(ComityError):
    """The node refuses for a reason of its own records."""

    code = "record"


class ConfigurationError(RecordError):
    """The node cannot start as it is set up."""

    code = "configuration"
    text = "{where}: {why}."
    advice = "Correct the file, or run `comity node doctor --home DIR`."


class NotFound(RecordError):
    """No such thing, or none that this person may see; which of the two is never told."""

    code = "not-found"
    text = "There is no {what} {id}."
    advice = "Check the identifier, or ask a colleague with access."


class NotPermitted(RecordError):
    """The person's roles do not include the one that the action needs."""

    code = "not-permitted"
    text = "This needs the role {role}."
    advice = "Ask an officer with that role, or the administrator for it."


class NotInSeason(RecordError):
    """The thing exists but its state does not allow the action now."""

    code = "not-in-season"
    text = "{what} {id} is {state}; this needs it to be {needed}."
    advice = "Open it to see what happened since."


class StandingError(RecordError):
    """The other authority is unknown, suspended, or its card was never compared."""

    code = "not-a-peer"
    text = "{authority} is {standing} here."
    advice = "Accept its card with `comity peer accept` after comparing the words by telephone."
