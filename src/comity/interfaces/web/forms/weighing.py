# SPDX-License-Identifier: Apache-2.0
"""Taking in the files of a form: in memory, and no more of them than one message may hold; and the scan of a letter,
which lies beside its message and may be larger.

Of what is larger only the size is kept, so that the form can say what was too large and keep what was typed. Nothing
waits on the disk.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from comity.protocol.terms.attachments import ATTACHMENTS_LIMIT
from comity.records.threads.scans import LIMIT as SCAN_LIMIT

SCAN = "scan"
"""The name under which a form sends a scan."""


class Weighing(FileUploadHandler):
    """Django's handler for the files of one request."""

    _taken = 0
    _scanned = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  Django's names
        """Keep it, unless the files are too large by now."""
        if self.field_name == SCAN:
            self._scanned += len(raw_data)
            fits = self._scanned <= SCAN_LIMIT
        else:
            self._taken += len(raw_data)
            fits = self._taken <= ATTACHMENTS_LIMIT
        if fits:
            self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, with its true size whatever of it was kept."""
        self._content.seek(0)
        about = (self.field_name, self.file_name, self.content_type or "", file_size, self.charset)
        return InMemoryUploadedFile(self._content, *about, self.content_type_extra)
