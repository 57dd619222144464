# SPDX-License-Identifier: Apache-2.0
"""What can go wrong on the stage.

SampleError
├── HomeUsed       the directory holds a sample's nodes already
├── PlayerFailed   a node's people could not do something
├── ServerFailed   a node's server does not answer
└── StillWaiting   a message did not arrive in time
"""

from comity.protocol.errors import ComityError


class SampleError(ComityError):
    """The sample case stops here."""

    code = "sample"


class HomeUsed(SampleError):
    """A sample founds its nodes; it does not go on with others."""

    code = "home-used"
    text = "{home} holds the nodes of a sample already."
    advice = "Choose another directory, or leave --home out."


class PlayerFailed(SampleError):
    """A player answered with an error, or ended."""

    code = "player-failed"
    text = "The sample's people could not {what}: {why} See {log}."
    advice = "Stop other samples that may be running, and try again."


class ServerFailed(SampleError):
    """A server did not start."""

    code = "server-failed"
    text = "The node on port {port} does not answer; see {log}."
    advice = "Is the port taken by another program?"


class StillWaiting(SampleError):
    """Patience ran out."""

    code = "still-waiting"
    text = "{authority} still waits for {what}."
    advice = "See the logs beside the nodes' directories."
