"""How much of a machine one document may take."""

from __future__ import annotations

from dataclasses import dataclass

from audit.read.error import ReadError

MEGABYTE = 2**20


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


DEFAULT = Limits()
