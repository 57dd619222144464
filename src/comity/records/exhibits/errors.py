# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with an exhibit.

RecordError
├── NotSealed        its content could not be encrypted or written
├── NotOpened        what lies in the store is not what was put there
├── Shredded         its key was destroyed: nobody can read it any more
├── SourceChanged    a file changed while it was taken in
└── SourceUnfit      what was named is no file or folder that can be taken in
"""

from comity.records.errors import RecordError


class NotSealed(RecordError):
    """Nothing was registered; what was written of it is gone."""

    code = "not-sealed"
    text = "The content could not be encrypted and stored: {why}."
    advice = "Free space on the disk of the exhibits, or mend it, and add the exhibit again; nothing was kept of it."


class NotOpened(RecordError):
    """The store gave other bytes than were put there, or none."""

    code = "not-opened"
    text = "The content of {digest} cannot be read: {why}."
    advice = "Bring the file back from a backup; its digest says which. The register shows when it was last whole."


class Shredded(RecordError):
    """Its key was destroyed on an order; commitments stay."""

    code = "shredded"
    text = "The content of exhibit {id} was destroyed."
    advice = "The exhibit's custody says by whom and on what order."


class SourceChanged(RecordError):
    """It was not the same at the end as at the beginning: what was hashed would be nothing that ever was."""

    code = "source-changed"
    text = "{name} changed while it was taken in."
    advice = "Stop whatever writes to it, or work on a copy or a write-blocked image, and add it again."


class SourceUnfit(RecordError):
    """A device, a socket, a link to nowhere, an empty list: nothing that is a content."""

    code = "source-unfit"
    text = "{name} cannot be an exhibit: {why}."
    advice = "Name files or folders; make an image of a device first, with a tool that hashes it."
