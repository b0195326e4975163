"""How many documents and pages a second are read, the process that reads them included."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.read import read_source
from tests.read.pdf_files import grid, pdf, text
from tests.read.word_files import cell, package, paragraph, table

DOCUMENTS = 20
PAGES = 40
PROSE = "全年实现地区生产总值400.5亿元，比上年增长6.1%，其中第一产业增加值15.3亿元，第二产业增加值320.1亿元。"
ROWS = [["项目", "预算数", "决算数"], *([f"第{n}项", f"{n}00.50", f"{n}00.25"] for n in range(1, 9))]


def figures() -> Iterator[str]:
    """Word documents and PDF pages a second."""
    with TemporaryDirectory() as folder:
        body = paragraph(PROSE) * 100 + table(*("".join(map(cell, row)) for row in ROWS))
        paths = [Path(folder) / f"{n}.docx" for n in range(DOCUMENTS)]
        for path in paths:
            path.write_bytes(package(body))
        yield f"reading: {_per_second(DOCUMENTS, paths):.1f} Word documents a second, of 101 paragraphs and tables each"
        lines = b"".join(text(72, 780 - 20 * n, PROSE[:36]) for n in range(20))
        page = Path(folder) / "a.pdf"
        page.write_bytes(pdf(*[lines + grid(72, 340, [150, 100, 100], 24, ROWS)] * PAGES))
        yield f"reading: {_per_second(PAGES, [page]):.1f} PDF pages a second, of 29 lines, ten in a table"


def _per_second(count: int, paths: Sequence[Path]) -> float:
    read_source(paths[0])  # starts the process and imports what it needs
    begun = time.perf_counter()
    for path in paths:
        read_source(path)
    return count / (time.perf_counter() - begun)
