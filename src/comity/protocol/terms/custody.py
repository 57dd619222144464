# SPDX-License-Identifier: Apache-2.0
"""The words of custody: what an exhibit is of its original, the steps that it can take, the hashes that tools give."""

from comity.protocol.terms.vocabulary import Term, Vocabulary

ORIGINALITY = Vocabulary(
    "originality",
    "What an exhibit is of its original",
    (
        Term("original", "The original itself"),
        Term("copy", "A copy of the original"),
        Term("derived", "Made out of other exhibits"),
    ),
)

CUSTODY_STEPS = Vocabulary(
    "custody-steps",
    "Steps of custody",
    (
        Term("acquired", "Acquired"),
        Term("sealed", "Encrypted and stored"),
        Term("viewed", "Viewed"),
        Term("copied", "Copied out"),
        Term("worked-on", "Worked on"),
        Term("derived", "Another exhibit was made of it"),
        Term("released", "Released to another authority"),
        Term("received", "Received from another authority"),
        Term("returned", "Returned"),
        Term("corrected", "A statement about it was corrected"),
        Term("destroyed", "Destroyed"),
    ),
)

HASHES = Vocabulary(
    "hashes",
    "Hashes that tools give",
    (
        Term("md5", "MD5 digest"),
        Term("sha1", "SHA-1 digest"),
        Term("sha256", "SHA-256 digest"),
        Term("sha512", "SHA-512 digest"),
    ),
)
