"""Paths as the user gives them -> sources to read, and sources -> documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.document import Document
from audit.read.error import ReadError
from audit.read.format import formats
from audit.read.ignore import IGNORE_FILE, IgnoreFile, is_ignored, read_ignore_file
from audit.read.limits import DEFAULT, Limits
from audit.read.own import is_own_report

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file's path as the user will recognise it, or "-" for standard input."""

    path: str


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> list[Source]:
    """The sources that the paths stand for, each once: files, the documents in folders, "-" for standard input.

    A folder gives the documents of known formats below it, sorted by path; hidden ones, those that an ignore file
    names and this program's own reports are left out. A path that is missing, or a folder without a document, stays
    as a source of its own, so that reading it says what is wrong.
    """
    found: dict[str, Source] = {}
    for path in [os.fspath(path) for path in paths]:
        inside = sorted(_documents(path, ())) if path != STDIN and os.path.isdir(path) else []
        for each in inside or [path]:
            found.setdefault(each, Source(each))
    return list(found.values())


def _documents(folder: str, above: tuple[IgnoreFile, ...]) -> Iterator[str]:
    """The documents below a folder; links to folders are not followed, as they may lead in a circle.

    A folder that cannot be read and a link that leads nowhere are given too: reading them says what is wrong.
    """
    ignores = above
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield folder
        return
    if any(entry.name == IGNORE_FILE and entry.is_file() for entry in entries):
        ignores = (*above, read_ignore_file(folder))
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        # "~$" opens the lock files that Word leaves beside an open document.
        if entry.name.startswith((".", "~$")) or is_ignored(entry.path, is_folder, ignores):
            continue
        if is_folder:
            yield from _documents(entry.path, ignores)
        elif entry.name.lower().endswith(tuple(formats())):
            leads_nowhere = entry.is_symlink() and not os.path.exists(entry.path)
            if leads_nowhere or (entry.is_file() and not is_own_report(entry.path)):
                yield entry.path


def read_source(source: Source | str | os.PathLike[str], limits: Limits = DEFAULT) -> Document:
    """The document behind a source; raises ReadError where it cannot be audited, or not within the limits.

    A file without a suffix is taken for plain text, as standard input is.
    """
    path = source.path if isinstance(source, Source) else os.fspath(source)
    if path == STDIN:
        return formats()[".txt"].read(STDIN, sys.stdin.buffer.read())
    file = Path(path)
    form = formats().get(file.suffix.lower() or ".txt")
    if file.is_dir():
        if not os.access(file, os.R_OK | os.X_OK):
            raise ReadError(
                path, "没有权限打开这个文件夹，请检查权限", "permission denied; check the folder's permissions"
            )
        raise ReadError(
            path,
            f"文件夹里没有可审计的文档（支持 {_known()}），请检查路径，或直接指定文件",
            f"no document in this folder (known: {_known()}); check the path or name a file",
        )
    if form is None and file.exists():
        raise ReadError(
            path,
            f"不支持 {file.suffix} 格式（支持 {_known()}），请另存为其中一种",
            f"{file.suffix} is no known format (known: {_known()}); save it as one of these",
        )
    try:
        if file.is_file() and file.stat().st_size > limits.file_size:
            raise limits.too_large(path, file.stat().st_size)
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    assert form is not None  # an unknown format that exists was refused above, one that does not raised OSError
    if form.apart:
        from audit.read.worker import read_apart

        return read_apart(path, file.suffix.lower(), data, limits)
    return form.read(path, data, limits)


def _known() -> str:
    return " ".join(sorted(formats()))


def _unreadable(path: str, error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        return ReadError(path, "链接所指的文件不存在，请检查链接", "the link leads nowhere; check where it points")
    if isinstance(error, FileNotFoundError):
        return ReadError(path, "找不到这个文件或文件夹，请检查路径", "no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return ReadError(path, "没有读取权限，请检查文件权限", "permission denied; check the file's permissions")
    detail = error.strerror or str(error)
    return ReadError(path, f"无法读取（{detail}），请检查文件", f"cannot be read ({detail}); check the file")
