"""Patterns for paths: * and ? within a name, ** across folders, a name alone anywhere."""

from __future__ import annotations

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a path with / as separator matches a pattern.

    A pattern without / is for names at any depth; one that ends with / for all that lies below that folder; any other
    is for the whole path.
    """
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern + "**" if pattern.endswith("/") else pattern
    whole = whole.removeprefix("./") if "/" in pattern else f"**/{whole}"
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", whole)
    return re.compile("".join(_WILD.get(piece, re.escape(piece)) for piece in pieces), re.DOTALL)


_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
