"""The audit log of decisions. Off unless an operator names a file; what people ask is not written anywhere else.

One JSON object a line: time (UTC), outcome, category, rule, language, and a salted hash of the text, which tells repeated
texts apart from others and can't be turned back without the salt. The text itself is written only with a second switch.
"""

import hashlib
import hmac
import json
import logging
from datetime import UTC, datetime
from functools import lru_cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rag.errors import DataFolderError
from rag.refusal.decision import Decision

SIZE = 1_000_000
"""Bytes of one file before it is rotated."""
FILES = 5
"""Older files that are kept."""


class _PrivateFile(RotatingFileHandler):
    """Every file, also one begun by rotation, can be read by its owner only."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


class AuditLog:
    """Writes decisions to a rotated file."""

    def __init__(self, path: Path, salt: str, with_text: bool = False) -> None:
        """Open the file for appending, readable by its owner only.

        Raises:
            DataFolderError: the salt is missing or the file can't be written.
        """
        if not salt:
            raise DataFolderError("The audit log needs a salt.", "Set PINCITE_AUDIT_SALT to a long random text.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handler = _PrivateFile(path, maxBytes=SIZE, backupCount=FILES, encoding="utf-8")
        except OSError as error:
            raise DataFolderError(
                f"The audit log {path} can't be written ({error.strerror}).", "Set PINCITE_AUDIT_LOG to another file."
            ) from None
        self._salt = salt.encode()
        self._with_text = with_text

    def record(self, question: str, decision: Decision) -> None:
        """Append one decision."""
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "outcome": decision.outcome,
            "category": decision.category,
            "rule": decision.rule,
            "language": decision.language,
            "text_hash": hmac.new(self._salt, question.encode(), hashlib.sha256).hexdigest(),
        }
        if self._with_text:
            entry["text"] = question
        line = json.dumps(entry, ensure_ascii=False)
        self._handler.handle(logging.LogRecord("pincite.audit", logging.INFO, "", 0, "%s", (line,), None))

    def close(self) -> None:
        """Close the file."""
        self._handler.close()


@lru_cache(maxsize=4)
def open_log(path: Path, salt: str, with_text: bool) -> AuditLog:
    """Return the log of this file, opened once in a process."""
    return AuditLog(path, salt, with_text)
