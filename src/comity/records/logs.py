# SPDX-License-Identifier: Apache-2.0
"""Structured logs: one JSON object a line on standard error, with no personal data in them.

What may be logged is named by the call: an event and its fields, which are identifiers, digests, counts, codes and
times. Other libraries' messages are let through from warnings up, by their logger and level and the place in the
code: never their words, which may quote what passed through them."""

import json
import logging
import sys
from datetime import UTC, datetime

_OURS = "comity"


def log(event: str, **fields: str | int | float) -> None:
    """Write one event of our own."""
    logging.getLogger(_OURS).info(event, extra={"comity": fields})


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower()}
        if record.name == _OURS:
            line |= {"event": record.msg, **getattr(record, "comity", {})}
        else:
            line |= {"event": "library", "logger": record.name, "where": f"{record.module}:{record.lineno}"}
            if record.exc_info and record.exc_info[0]:
                line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def set_up(level: int = logging.INFO) -> None:
    """Send everything through the one formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)
