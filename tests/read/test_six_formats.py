"""One report in six formats: the same figures and the same findings in each."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from audit.engine import audit_document
from audit.read import read_source
from audit.report import Audit
from audit.rule.load import shipped_rules
from tests.read import word_files
from tests.read.pdf_files import grid, pdf, text

Block = str | Sequence[Sequence[str]]

REPORT: tuple[Block, ...] = (
    "某县2024年财政资金审计报告",
    "一、基本情况",
    "全县共有建档立卡贫困户15224户，贫困发生率由19.7%下降到15.2%，下降4.5个百分点。全年实现地区生产总值400.5亿元，比上年增长6.1%。",
    "二、资金筹集和使用情况",
    "全年筹集资金15.7亿元，其中：本级财政资金1.2亿元，信贷资金10.5亿元，上级专项资金3亿元。",
    "机关运行经费支出142.80万元，比上年减少13.52万元，下降8.56%。",
    "表1 资金使用情况",
    "单位：万元",
    (
        ("项目", "预算数", "决算数"),
        ("产业发展", "1200.50", "1180.25"),
        ("基础设施", "3400.00", "3350.00"),
        ("教育扶贫", "560.75", "548.60"),
        ("合计", "5161.25", "5178.85"),
    ),
    "三、存在的问题",
    "贫困发生率由15.2%下降到19.7%，部分村项目进展缓慢，搭建电商扶贫“培训、创业、服务”4个平台。",
)


def in_text(report: Sequence[Block]) -> bytes:
    return "\n".join(
        block if isinstance(block, str) else "\n".join(f"| {' | '.join(row)} |" for row in block) for block in report
    ).encode()


def in_markdown(report: Sequence[Block]) -> bytes:
    parts = []
    for block in report:
        if isinstance(block, str):
            parts.append(block)
        else:
            rows = [f"| {' | '.join(row)} |" for row in block]
            parts.append("\n".join([rows[0], "|" + "---|" * len(block[0]), *rows[1:]]))
    return "\n\n".join(parts).encode()


def in_html(report: Sequence[Block]) -> bytes:
    parts = []
    for block in report:
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in block)
            parts.append(f"<table>{rows}</table>")
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>".encode()


def in_word(report: Sequence[Block]) -> bytes:
    return word_files.package(
        "".join(
            word_files.paragraph(block)
            if isinstance(block, str)
            else word_files.table(*("".join(map(word_files.cell, row)) for row in block))
            for block in report
        )
    )


def in_pdf(report: Sequence[Block]) -> bytes:
    """Paragraphs wrapped at 36 characters, as Word sets them, with two blanks before the first line."""
    drawn, y = b"", 780.0
    for block in report:
        if isinstance(block, str):
            left = "　　" + block if len(block) > 36 or block.endswith("。") else block
            while left:
                drawn += text(72, y, left[:36])
                left, y = left[36:], y - 20
        else:
            drawn += grid(72, y + 14, [120] * len(block[0]), 22, block)
            y -= 22 * len(block)
    return pdf(drawn)


def in_excel(report: Sequence[Block]) -> bytes:
    book = openpyxl.Workbook()
    for block in report:
        if isinstance(block, str):
            book.active.append([block])
            continue
        for row in block:
            book.active.append(list(row))
            for cell in book.active[book.active.max_row]:
                if cell.value.replace(".", "").isdigit():
                    cell.value, cell.number_format = float(cell.value), "0.00"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FORMATS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".txt": in_text,
    ".md": in_markdown,
    ".html": in_html,
    ".docx": in_word,
    ".pdf": in_pdf,
    ".xlsx": in_excel,
}


def audited(suffix: str, folder: Path) -> Audit:
    path = folder / f"a{suffix}"
    path.write_bytes(FORMATS[suffix](REPORT))
    return audit_document(read_source(path), shipped_rules())[0]


def claims(audit: Audit) -> list[tuple[str, object, str, str]]:
    return [(o.claim.text, o.claim.value, o.claim.unit, o.status.value) for o in audit.outcomes]


def findings(audit: Audit) -> Counter[tuple[str, str, str]]:
    return Counter(
        (each.check.relation.rule.id, each.severity.value, each.span.of(audit.document.text))
        for finding in audit.findings
        for each in finding.together
    )


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix != ".txt"])
def test_the_same_figures_and_findings(suffix: str, tmp_path: Path) -> None:
    plain, other = audited(".txt", tmp_path), audited(suffix, tmp_path)
    assert claims(other) == claims(plain)
    assert findings(other) == findings(plain)


def test_there_is_something_to_find(tmp_path: Path) -> None:
    audit = audited(".txt", tmp_path)
    assert len(audit.outcomes) > 20
    assert len(findings(audit)) >= 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_that_another_program_made_of_the_word_document(tmp_path: Path) -> None:
    word = audited(".docx", tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    arguments = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*arguments, str(tmp_path / "a.docx")], capture_output=True, timeout=180, check=True)
    made = audit_document(read_source(tmp_path / "a.pdf"), shipped_rules())[0]
    assert claims(made) == claims(word)
    assert findings(made) == findings(word)
