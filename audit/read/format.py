"""What a document format is, and the formats there are: one module of `audit.read.formats` each."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

from audit.document import Document
from audit.read.limits import DEFAULT, Limits


class Read(Protocol):
    """The document in a file: its path as the user wrote it, its bytes, and how much it may take. Raises ReadError."""

    def __call__(self, path: str, data: bytes, limits: Limits = DEFAULT) -> Document: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `suffixes` are in lower case, with their dot.

    A format is read `apart`, in a process of its own, where a hostile file could make its parser take too much.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Read
    apart: bool = False


@cache
def formats() -> Mapping[str, Format]:
    """The known formats by suffix; each module of `audit.read.formats` says `FORMAT = Format(…)`."""
    package = import_module("audit.read.formats")
    known = (
        import_module(f"{package.__name__}.{found.name}").FORMAT for found in pkgutil.iter_modules(package.__path__)
    )
    return {suffix: each for each in known for suffix in each.suffixes}
