"""Which files of a folder are no documents: what the ignore files in it, and in the folders above it, say.

One pattern a line, with * ? and [abc]; # begins a comment. A pattern without a slash matches names at any depth, one
with a slash paths from the ignore file's folder; a slash at its end limits it to folders, ! at its beginning takes
files back in. The last pattern that matches decides.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

IGNORE_FILE = ".figure-audit-ignore"


@dataclass(frozen=True, slots=True)
class _Pattern:
    glob: str
    whole_path: bool
    folders_only: bool
    back_in: bool


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The patterns of the ignore file in `folder`."""

    folder: str
    patterns: tuple[_Pattern, ...]


def read_ignore_file(folder: str) -> IgnoreFile:
    """The ignore file of a folder; raises OSError where it cannot be read."""
    text = Path(folder, IGNORE_FILE).read_text("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines()]
    return IgnoreFile(folder, tuple(_pattern(line) for line in lines if line and not line.startswith("#")))


def is_ignored(path: str, is_folder: bool, files: Sequence[IgnoreFile]) -> bool:
    """Whether the ignore files, the outermost first, leave a path out."""
    ignored = False
    for file in files:
        relative = Path(os.path.relpath(path, file.folder)).as_posix()
        for pattern in file.patterns:
            subject = relative if pattern.whole_path else relative.rpartition("/")[2]
            if (is_folder or not pattern.folders_only) and fnmatchcase(subject, pattern.glob):
                ignored = not pattern.back_in
    return ignored


def _pattern(line: str) -> _Pattern:
    back_in = line.startswith("!")
    body = line.removeprefix("!")
    glob = body.strip("/")
    return _Pattern(glob, "/" in body.rstrip("/"), body.endswith("/"), back_in)
