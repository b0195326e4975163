"""What a reader raises when a source cannot be audited."""

from __future__ import annotations


class ReadError(Exception):
    """A source that cannot be read: `reason` says in one Chinese sentence what is wrong and how to mend it."""

    def __init__(self, path: str, reason: str, reason_en: str) -> None:
        super().__init__(path, reason, reason_en)
        self.path = path
        self.reason = reason
        self.reason_en = reason_en

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
