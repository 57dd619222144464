# SPDX-License-Identifier: Apache-2.0
"""The pages: server-rendered, in four languages, whole without JavaScript.

    headers.py, problems.py, context.py   around every page        door.py     who is at the door, and may they
    forms/                                bodies as forms          reading.py  bodies as reading matter
    views/                                one file a page          words.py, times.py   the reader's words and hours

A view takes what it shows from the reading gateways and changes things through the stations' actions only.
"""
