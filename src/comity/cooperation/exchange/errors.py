# SPDX-License-Identifier: Apache-2.0
"""What goes wrong between two nodes, beside what is wrong with the bytes.

ExchangeError
├── ClockAhead          written later than our clock says it is
├── ClockBehind         posted long after it was written
├── ConsistencyWanted   the proof does not start where our knowledge of their register ends
├── NoCheckpoint        an answer that does not show its register
├── NotAParty           a message of somebody who has no part in the thread
├── WrongAudience       a message that leaves out a party of its thread, or adds one
├── NotAnOpening        a first message that follows others, or is a move
├── ThreadFull          a thread with too many messages
├── TooManyStrays       too many messages of threads that were never opened here
├── NotTheAnswer        an answer to something that we did not ask
├── ByLetter            something of a thread that goes on paper
├── TooManyAtOnce       more parcels of one peer at the same moment than we take in
├── LineDown            nobody answered
├── MailboxFull         too much waits for somebody who does not collect
├── LineFault           something failed at our own end
├── OwnFault            this node cannot sign what it would say
└── RefusedByPeer       they answered with a refusal that no open envelope explains
"""

from comity.protocol.errors import ComityError


class ExchangeError(ComityError):
    """The exchange stops; nothing was changed by it."""

    code = "exchange"


class ClockAhead(ExchangeError):
    """A clock at one end is wrong; sending again later may succeed."""

    code = "clock-ahead"
    text = "{authority} wrote this {seconds} seconds ahead of our clock."
    advice = "Set the clocks of both nodes by a time service; the message is sent again by itself."


class ClockBehind(ExchangeError):
    """A clock at one end is wrong, or somebody posts what they recorded."""

    code = "clock-behind"
    text = "{authority} wrote this more than {hours} hours ago by our clock."
    advice = "Set the clocks of both nodes by a time service; what waits is sent again by itself."


class ConsistencyWanted(ExchangeError):
    """The sender must prove its register's growth from another size; it does so by itself."""

    code = "consistency-wanted"
    text = "The proof of {authority} starts at {from_size}; we have seen its register up to {seen}."
    advice = "The parcel is sent again with the right proof."


class NoCheckpoint(ExchangeError):
    """Every answer shows the answering register."""

    code = "checkpoint-missing"
    text = "{authority} answered without showing its register."
    advice = "Ask its administrator to run the conformance suite."


class NotAParty(ExchangeError):
    """Whoever wrote, or brought, this has no part in the thread."""

    code = "not-a-party"
    text = "{authority} has no part in thread {thread}."
    advice = "Open a new thread with the authority."


class WrongAudience(ExchangeError):
    """Every message of a thread goes to all its parties and to nobody else."""

    code = "wrong-audience"
    text = "The message of {authority} does not go to exactly the other parties of thread {thread}."
    advice = "Send it to all parties, or open a new thread with fewer."


class NotAnOpening(ExchangeError):
    """A thread begins with a request that follows nothing."""

    code = "not-an-opening"
    text = "The first message of thread {thread} is a move, or follows others."
    advice = "Ask the author's administrator to run the conformance suite."


class ThreadFull(ExchangeError):
    """A thread is of one request; a conversation without end needs new ones."""

    code = "thread-full"
    text = "Thread {thread} has {limit} messages; it takes no more."
    advice = "Open a new thread that names this one as its previous."


class TooManyStrays(ExchangeError):
    """Messages whose threads were never opened here are kept only up to a limit for each peer."""

    code = "too-many-strays"
    text = "More than {limit} messages of {authority} belong to threads that are not open here."
    advice = "Send the opening messages of those threads first."


class ByLetter(ExchangeError):
    """A statement entered from a letter says what somebody read, and one on paper waits for the post: the line carries
    neither, nor anything of their threads."""

    code = "by-letter"
    text = "This thread goes by letter; nothing of it is taken from the node of {authority}."
    advice = "Begin a new thread over the line, and attach the letter where it is needed."


class TooManyAtOnce(ExchangeError):
    """A peer's parcels are taken in one after the other; only a few may wait for their turn."""

    code = "too-many-at-once"
    text = "{limit} parcels of {authority} wait here already."
    advice = "Nothing: the parcel is sent again by itself."


class LineDown(ExchangeError):
    """No answer came: the network, or the peer, is down."""

    code = "line-down"
    text = "{authority} did not answer: {why}."
    advice = "It is tried again by itself. Export the envelopes to a file if it is urgent."


class MailboxFull(ExchangeError):
    """A relay keeps only so much for one recipient."""

    code = "mailbox-full"
    text = "The mailbox of {recipient} is full."
    advice = "It is tried again by itself; ask the recipient by telephone to collect."


class LineFault(ExchangeError):
    """Our own store or program failed while the line was worked."""

    code = "line-fault"
    text = "The line to {authority} failed at our own end ({fault})."
    advice = "It is tried again by itself; `comity node doctor` and the log say more."


class OwnFault(ExchangeError):
    """Keys or register of this node are not as they must be; nothing is wrong with what came."""

    code = "own-fault"
    text = "This node cannot sign what it would say ({fault})."
    advice = "Its administrator runs `comity node doctor`."


class RefusedByPeer(ExchangeError):
    """The peer could not or would not open the envelope."""

    code = "refused-by-peer"
    text = "{authority} refused the envelope: {reason}."
    advice = "Exchange current cards; `comity peer doctor` names the rule."


class NotTheAnswer(ExchangeError):
    """The sealed answer is another authority's, or answers another parcel: somebody replays."""

    code = "not-the-answer"
    text = "What came back from {authority} does not answer what was sent."
    advice = "It is tried again by itself; if it repeats, somebody changes answers on the way."


SEND_AGAIN = (ConsistencyWanted, TooManyAtOnce, OwnFault)
"""Nothing is wrong with the envelope; the sender sends it again, and no leaf tells of it."""
