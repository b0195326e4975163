"""What a document format is, and the formats there are: one module of `audit.read.formats` each."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from audit.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `suffixes` are in lower case, with their dot; `read` raises ReadError.

    `read` gets the path as the user wrote it and the bytes of the file.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Callable[[str, bytes], Document]


@cache
def formats() -> Mapping[str, Format]:
    """The known formats by suffix; each module of `audit.read.formats` says `FORMAT = Format(…)`."""
    package = import_module("audit.read.formats")
    known = (
        import_module(f"{package.__name__}.{found.name}").FORMAT for found in pkgutil.iter_modules(package.__path__)
    )
    return {suffix: each for each in known for suffix in each.suffixes}
