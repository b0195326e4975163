"""Which configuration is in force for a document: the nearest one upward from it."""

from __future__ import annotations

import os
from functools import cache

from audit.config.load import Configuration, load
from audit.config.settings import Settings

FILES = ("figure-audit.toml", "pyproject.toml")


class Configurations:
    """The configurations of a run.

    Each document's is the first figure-audit.toml, or pyproject.toml with a section tool.figure-audit, in its folder
    or one above; a single `file` instead holds for all. Files are read once.
    """

    def __init__(self, file: str | None = None, *, none: bool = False) -> None:
        self._file = file
        self._none = none
        self._in = cache(load)
        self._above = cache(self._nearest)

    def of(self, document: str) -> Configuration | None:
        """The configuration of a document, None where there is none. Raises ConfigError."""
        if self._none:
            return None
        if self._file is not None:
            return self._in(self._file)
        return self._above(os.path.abspath(os.curdir if document == "-" else os.path.dirname(document) or os.curdir))

    def settings(self, document: str, base: Settings) -> Settings:
        """`base` with what the document's configuration says of it. Raises ConfigError."""
        found = self.of(document)
        return base if found is None else found.settings(document, base)

    def excludes(self, document: str) -> bool:
        """Whether the document's configuration leaves it out. Raises ConfigError."""
        found = self.of(document)
        return found is not None and document != "-" and found.excludes(document)

    def _nearest(self, folder: str) -> Configuration | None:
        """The configuration of a folder or of the nearest one above that has one."""
        for name in FILES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (found := self._in(_short(path))) is not None:
                return found
        above = os.path.dirname(folder)
        return None if above == folder else self._above(above)


def _short(path: str) -> str:
    """The path as a user would write it: relative where that is no longer."""
    try:
        below = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return min(path, below, key=len)
