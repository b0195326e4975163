"""The cue words of audit/data/cues.toml and breakdowns.toml as compiled patterns, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of audit/data/`name`.toml."""
    return tomllib.loads((files("audit") / "data" / f"{name}.toml").read_text("utf-8"))


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches one of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"
