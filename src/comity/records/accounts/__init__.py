# SPDX-License-Identifier: Apache-2.0
"""The people of one node: who they are here, how they show that it is them, and what they stand behind.

A slice that is whole: models, policy, actions, errors. In the order of an officer's days:

    people.py      an administrator makes an officer, changes roles, suspends
    enrolling.py   the officer opens a one-time link and brings a passkey, or a password and a TOTP
    signing_in.py  the officer comes and goes
    approvals.py   the officer stands behind exactly these bytes, always with a passkey
    roster.py      what the authority's card tells the world of its officers
"""
