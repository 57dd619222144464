# SPDX-License-Identifier: Apache-2.0
"""What stops a letter.

FormatError
└── LetterNotSet    the typesetter is missing, failed, or took too long
"""

from comity.protocol.errors import ComityError


class FormatError(ComityError):
    """A message cannot be put into another form."""

    code = "format"


class LetterNotSet(FormatError):
    """No PDF was made. `why` never has words of the request in it."""

    code = "letter-not-set"
    text = "The letter could not be set ({why})."
    advice = "A request of very many parts needs more memory than a letter may take; its proof file holds it whole."
