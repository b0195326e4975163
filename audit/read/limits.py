"""How much of a machine one document may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit.read.error import ReadError

MEGABYTE = 2**20

SETTINGS = {
    "file-size": ("file_size", MEGABYTE),
    "entries": ("entries", 1),
    "unpacked": ("unpacked", MEGABYTE),
    "ratio": ("ratio", 1),
    "cells": ("cells", 1),
    "pages": ("pages", 1),
    "memory": ("memory", MEGABYTE),
    "seconds": ("seconds", 1),
}
"""The limits by their names in the configuration: field and how much one is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take; a document that would take more is not audited.

    Sizes are in bytes, `seconds` is the time on the clock to read it. `entries`, `unpacked` and `ratio` hold for files
    that are ZIP archives inside: the number of parts, the size of all of them unpacked, and by how much a part larger
    than a megabyte may shrink when packed. `cells` is for the sheets of a workbook, `pages` for PDF.
    """

    file_size: int = 200 * MEGABYTE
    entries: int = 10_000
    unpacked: int = 1024 * MEGABYTE
    ratio: int = 200
    cells: int = 500_000
    pages: int = 3000
    memory: int = 2048 * MEGABYTE
    seconds: int = 120

    @property
    def settings(self) -> dict[str, int]:
        """The limits as the configuration gives them."""
        return {key: getattr(self, name) // unit for key, (name, unit) in SETTINGS.items()}

    def changed(self, values: Mapping[str, int]) -> Limits:
        """These limits with others by their names in the configuration, sizes in megabytes."""
        return replace(self, **{SETTINGS[key][0]: value * SETTINGS[key][1] for key, value in values.items()})

    def too_large(self, path: str, size: int) -> ReadError:
        """What is raised for a file of so many bytes."""
        return beyond(path, f"文件有 {size // MEGABYTE} MB", f"{size // MEGABYTE} MB", "file-size")


def beyond(path: str, chinese: str, english: str, limit: str) -> ReadError:
    """What is raised for a file that goes beyond a limit, named as it is in the configuration."""
    return ReadError(
        path,
        f"{chinese}，超过上限（{limit}），未审计；确认文件可信后可在配置中调高上限",
        f"{english}, beyond the limit ({limit}); if you trust the file, raise it in the configuration",
    )


def too_many_cells(path: str, cells: int) -> ReadError:
    """What is raised for a workbook of so many cells."""
    return beyond(path, f"共有 {cells} 个单元格", f"{cells} cells", "cells")


DEFAULT = Limits()
