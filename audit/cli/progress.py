"""How far a run over many documents has come, on a terminal's standard error."""

from __future__ import annotations

import sys
from types import TracebackType

_WIDTH = 30
_MANY = 5


class Progress:
    """A line that says how many of `total` documents are done; none for a few documents or outside a terminal."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total = total
        self._shown = total >= _MANY and not quiet and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        self.show(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, done: int) -> None:
        """Redraws the line."""
        if self._shown:
            full = _WIDTH * done // self._total
            sys.stderr.write(f"\r[{'█' * full}{'·' * (_WIDTH - full)}] {done}/{self._total}")
            sys.stderr.flush()
