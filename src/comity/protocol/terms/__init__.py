# SPDX-License-Identifier: Apache-2.0
"""The field's words: kinds of request and answer, handling codes, offences, grounds, and what each must contain.

    vocabulary.py      Term and Vocabulary, what every list here is made of
    authorities, languages, handling, offences, refusals, impossibility, data_categories, …    the lists
    definitions.py     RequestKind, MoveKind, Clock, Source: a kind as data
    parts.py           the values and parts that bodies share;  requests.py, moves.py  the bodies' bases
    kinds/             one file per kind of request;  answers/  one file per move in its thread
    bodies.py          is this body what its kind asks?         schemas.py  the same as JSON Schema
    labels.py          every text in the languages of translations/;  texts.py  which texts those are

The vocabularies and the names of the kinds load in a few milliseconds; the bodies bring pydantic, which is imported
only when a kind is asked for.
"""
