# SPDX-License-Identifier: Apache-2.0
"""The thread: the signed messages of a request, folded into its state.

    fold.fold(messages) -> state.ThreadState       moves.whose_move(state), moves.allowed_moves(state, who)

`graphs` holds the state graphs as data, `drawing` draws them. Everything is pure: no clock, no local data.
"""
