# SPDX-License-Identifier: Apache-2.0
"""The letter of a request, as PDF in any of the twelve languages, from the same signed content.

    content.py       what a letter says: values only
    compose.py       a signed request → its letter;  reading.py  the body's members;  sections.py  their order
    marks.py         how it is to be handled
    checklist.py     where the letter says what its instrument asks for
    wording.py       labels of the letter and of the terms in a language, from labels/ and protocol/terms
    printable.py     what fonts can show;  coverage.py  which characters that is
    qr.py            the digest as a picture that a telephone reads
    typeset.py       a letter → PDF, in a process of its own (press.py) that is bound in time and memory

What an officer wrote is never translated: it stands as written, with its language named, and is marked as authentic.
"""
