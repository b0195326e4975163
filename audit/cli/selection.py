"""Which documents a run is about: paths, patterns, a list of files, what git says has changed."""

from __future__ import annotations

import argparse
import glob
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator

from audit.cli.speech import Speech
from audit.read import STDIN, Source, find_sources


class SelectionError(Exception):
    """Documents that cannot be chosen as asked: what it is about, and a sentence in either language."""

    def __init__(self, what: str, zh: str, en: str) -> None:
        super().__init__(what, zh, en)
        self.what = what
        self.zh = zh
        self.en = en

    def complain(self, say: Speech) -> None:
        """Says it on standard error."""
        say.complain(self.what, self.zh, self.en)


def chosen_sources(args: argparse.Namespace) -> list[Source]:
    """The documents that the arguments ask for, each once, in a stable order; raises SelectionError.

    Paths keep their order; what a folder, a pattern or a list stands for is sorted by path. With `--changed-since`
    only those remain that differ from the revision or are new; alone it means the working folder.
    """
    paths = list(_expanded(args.paths))
    if args.files_from is not None:
        paths += sorted(_listed(args.files_from))
    since = args.changed_since
    if since is not None and not args.paths and args.files_from is None:
        paths = [os.curdir]
    sources = _once(find_sources(paths))
    if since is None:
        return sources
    changed = _changed(since)
    missing = (source for source in sources if source.path == STDIN or not os.path.lexists(source.path))
    kept = {source.path for source in missing}
    return [s for s in sources if s.path in kept or os.path.realpath(s.path) in changed]


def _once(sources: Iterable[Source]) -> list[Source]:
    """The sources without those that are another spelling of an earlier one."""
    found: dict[str, Source] = {}
    for source in sources:
        path = source.path if source.path == STDIN else os.path.normpath(source.path)
        found.setdefault(path, Source(path))
    return list(found.values())


def _expanded(paths: Iterable[str]) -> Iterator[str]:
    """The paths, patterns replaced by what they match; one that matches nothing stays, so that reading it fails."""
    for path in paths:
        if path != STDIN and glob.has_magic(path) and not os.path.lexists(path):
            yield from sorted(glob.glob(path, recursive=True)) or [path]
        else:
            yield path


def _listed(file: str) -> list[str]:
    """The paths that a file or standard input lists, one a line or ended by NUL."""
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read()
        else:
            with open(file, "rb") as stream:
                data = stream.read()
    except OSError as error:
        detail = error.strerror or str(error)
        raise SelectionError(file, f"无法读取（{detail}），请检查路径", f"cannot be read ({detail})") from None
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(line) for line in lines if line.strip()]


def _changed(revision: str) -> set[str]:
    """The real paths of files that differ from where this branch left `revision`, and of those git does not know."""
    top = _git("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
    if revision.startswith("-"):
        raise SelectionError(revision, "不是版本，请写分支、标签或提交", "is no revision; name a branch, tag or commit")
    base = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", about=revision).decode().strip()
    # The branch's own changes, not those that the other side has made since; without a common ancestor, all of them.
    ancestor = subprocess.run(["git", "merge-base", base, "HEAD"], capture_output=True, check=False).stdout
    start = ancestor.decode().strip() or base
    names = _git("-C", top, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", start, "--")
    names += _git("-C", top, "ls-files", "--others", "--exclude-standard", "-z")
    return {os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in names.split(b"\0") if name}


def _git(*arguments: str, about: str = "--changed-since") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError:
        zh, en = "需要 git，但没有找到这个命令，请先安装", "needs git, which was not found; install it"
        raise SelectionError("--changed-since", zh, en) from None
    if done.returncode:
        detail = " ".join(done.stderr.decode("utf-8", "replace").split()) or "rev-parse"
        zh, en = f"git 无法比较（{detail}），请检查版本名和仓库", f"git cannot compare ({detail}); check the revision"
        raise SelectionError(about, zh, en)
    return done.stdout
