"""Files made to do harm: each is refused with a sentence, within its limits, and the documents beside it go on."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audit.cli.entry import main
from audit.engine import audit_sources
from audit.read import ReadError, Source, read_source
from audit.read.limits import MEGABYTE, Limits
from audit.read.worker import stop
from tests.read.compound_file import compound_file
from tests.read.pdf_files import assemble, pdf, text
from tests.read.test_other_workbooks import cell, ods, row, xlsb
from tests.read.word_files import package, paragraph

_LIMITS = Limits(
    file_size=20 * MEGABYTE, unpacked=100 * MEGABYTE, memory=1024 * MEGABYTE, seconds=30, cells=200_000, pages=100
)


def archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part put in, or in the place of the one it has."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return stream.getvalue()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    assert old in data
    return data.replace(old, new)


WORD = package(paragraph("投入1亿元。"))
DOCUMENT = zipfile.ZipFile(io.BytesIO(WORD)).read("word/document.xml")


def workbook(cells: int) -> bytes:
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(b'<c r="%c%d"><v>1</v></c>' % (65 + n, row) for n in range(20)))
        for row in range(1, cells // 20 + 1)
    )
    import openpyxl  # type: ignore[import-untyped]

    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    main = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    return with_part(stream.getvalue(), "xl/worksheets/sheet1.xml", main % rows)


def entities(inner: bytes) -> bytes:
    return with_part(WORD, "word/document.xml", inner + DOCUMENT)


def ole(stream_name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream_name.encode("utf-16-le") + bytes(512)


def looping_pdf() -> bytes:
    """Its page tree leads back to itself, and its page draws itself."""
    draw = b"stream\n/X Do\nendstream"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>" + draw
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2/Parent 2 0 R>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
            form,
            b"<</Length 5>>" + draw,
        ]
    )


def encrypted_pdf() -> bytes:
    """A file whose password nobody knows: the check value of its key is that of no password."""
    data = pdf(text(72, 700, "投入1亿元"))
    encryption = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + encryption)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": (".docx", lambda: with_part(WORD, "word/a.xml", b"0" * 50 * MEGABYTE), "压缩"),
    "zip bomb by number": (".docx", lambda: archive(**{f"a{n}": b"" for n in range(10_001)}), "部件"),
    "zip bomb by size": (
        ".xlsx",
        lambda: archive(**{f"a{n}.bin": bytes(range(256)) * 4096 * 12 for n in range(10)}),
        "解压",
    ),
    "nested archive": (".docx", lambda: with_part(WORD, "word/a.bin", archive(b=b"0" * 1000)), "压缩包"),
    "entity bomb": (
        ".docx",
        lambda: entities(
            b'<!DOCTYPE a [<!ENTITY a0 "ha">'
            + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
            + b"]>"
        ),
        "DOCTYPE",
    ),
    "external entity": (
        ".docx",
        lambda: entities(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "DOCTYPE",
    ),
    "external entity in UTF-16": (
        ".docx",
        lambda: with_part(
            WORD,
            "word/document.xml",
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a SYSTEM "x"><a/>'.encode("utf-16"),
        ),
        "DOCTYPE",
    ),
    "DOCTYPE far inside a part": (
        ".docx",
        lambda: entities(b"<!--" + random.Random(1).randbytes(300_000).hex().encode() + b"--><!DOCTYPE a []>"),
        "DOCTYPE",
    ),
    "truncated docx": (".docx", lambda: WORD[: len(WORD) // 2], "损坏"),
    "docx with damaged data": (".docx", lambda: patched(WORD, WORD[60:90], b"\xff" * 30), "损坏"),
    "truncated xlsx": (".xlsx", lambda: workbook(20)[:2000], "损坏"),
    "truncated pdf": (".pdf", lambda: pdf(text(72, 700, "投入1亿元"))[:300], "PDF"),
    "pdf named docx": (".docx", lambda: pdf(text(72, 700, "投入1亿元")), "PDF"),
    "docx named pdf": (".pdf", lambda: WORD, "Word"),
    "html named xlsx": (".xlsx", lambda: b"<html><table><tr><td>1</table>", "网页"),
    "docx named xlsx": (".xlsx", lambda: WORD, "工作簿"),
    "docx named txt": (".txt", lambda: WORD, "Word"),
    "picture named html": (".html", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
    "password on docx": (".docx", lambda: ole("EncryptedPackage"), "密码"),
    "password on xlsx": (".xlsx", lambda: ole("EncryptedPackage"), "密码"),
    "password on xls": (
        ".xls",
        lambda: compound_file("Workbook", struct.pack("<HH16xHHIHH", 0x809, 16, 0x2F, 4, 1, 0x0A, 0)),
        "已加密",
    ),
    "password on doc": (".doc", lambda: compound_file("WordDocument", bytes(11) + b"\1"), "已加密"),
    "password on ods": (
        ".ods",
        lambda: with_part(ods(""), "META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
        "已加密",
    ),
    "old doc named docx": (".docx", lambda: ole("WordDocument"), "旧版"),
    "password on pdf": (".pdf", encrypted_pdf, "密码"),
    "looping pdf": (".pdf", looping_pdf, ""),
    "pdf with too many pages": (".pdf", lambda: pdf(*[b""] * 101), "pages"),
    "million cells": (".xlsx", lambda: workbook(1_000_000), "cells"),
    "page nested deep": (".html", lambda: ("<div>" * 100_000 + "投入1亿元").encode(), "嵌套"),
    "tables nested deep": (".html", lambda: ("<table><tr><td>" * 30_000 + "投入1亿元").encode(), "嵌套"),
    "lists nested deep": (".html", lambda: b"<ul><li>" * 50_000 + b"1" + b"</li></ul>" * 50_000, "嵌套"),
    "elements that never end": (".html", lambda: b"<b>" * 100_000 + b"1" + b"</i>" * 100_000, "嵌套"),
    "too large a file": (".html", lambda: b"a" * (21 * MEGABYTE), "file-size"),
    "cells repeated without end": (
        ".ods",
        lambda: ods(
            row(cell(1, "1", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"')
        ),
        "cells",
    ),
    "entity bomb in a workbook": (
        ".ods",
        lambda: with_part(ods(""), "content.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
        "DOCTYPE",
    ),
    "truncated xlsb": (".xlsb", lambda: xlsb()[:1500], "损坏"),
    "ods named xls": (".xls", lambda: ods(row(cell(1, "1"))), "压缩包"),
    "noise named xls": (".xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20, "工作簿"),
}


@pytest.fixture(scope="module", autouse=True)
def _end_the_reading_process() -> object:
    yield
    stop()


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_a_sentence_and_the_others_go_on(name: str, tmp_path: Path) -> None:
    suffix, make, said = HOSTILE[name]
    bad, good = tmp_path / f"a{suffix}", tmp_path / "b.docx"
    bad.write_bytes(make())
    good.write_bytes(WORD)
    report = audit_sources([Source(str(bad)), Source(str(good))], (), limits=_LIMITS)
    assert [skipped.path for skipped in report.skipped] == [str(bad)]
    assert [audit.document.path for audit in report.audits] == [str(good)]
    reason = report.skipped[0].reason
    assert said in reason
    assert "Traceback" not in reason
    assert "\n" not in reason
    assert report.skipped[0].reason_en


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td>" * 3000 + "投入1亿元",
        "<ul><li>" * 4000 + "投入1亿元" + "</li></ul>" * 4000,
        "<b>" * 9000 + "投入1亿元" + "</i>" * 9000,
        "<!--" * 100_000 + "--><p>投入1亿元",
        "<p " + "a=1 " * 200_000 + ">投入1亿元",
        "<p " + "a='" * 200_000 + "'>投入1亿元",
        "投入1亿元" + "<" * 200_000,
        "投入1亿元" + "&amp;" * 200_000,
        "投入1亿元" + "<table><tr><td><b>" * 2000 + "<td>" * 10_000,
    ],
)
def test_pages_that_are_costly_to_read_are_read_within_the_limit(source: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(source, encoding="utf-8")
    assert read_source(tmp_path / "a.html", _LIMITS).text.startswith("投入1亿元")


def test_tables_and_content_controls_nested_deep(tmp_path: Path) -> None:
    depth = 5000
    wrapped = "<w:sdt><w:sdtContent>" * depth + paragraph("投入1亿元") + "</w:sdtContent></w:sdt>" * depth
    (tmp_path / "a.docx").write_bytes(package(wrapped))
    with pytest.raises(ReadError, match="损坏"):  # libxml2 refuses what is nested deeper than 256
        read_source(tmp_path / "a.docx", _LIMITS)


def test_time_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>投入1亿元</p>" * 100_000, encoding="utf-8")
    with pytest.raises(ReadError, match="时限"):
        read_source(tmp_path / "a.html", replace(_LIMITS, seconds=1))


def test_memory_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>投入1亿元" + "投" * 15_000_000, encoding="utf-8")
    with pytest.raises(ReadError, match="内存"):
        read_source(tmp_path / "a.html", replace(_LIMITS, file_size=60 * MEGABYTE, memory=150 * MEGABYTE))
    (tmp_path / "b.html").write_text("<p>投入1亿元</p>", encoding="utf-8")
    assert read_source(tmp_path / "b.html", _LIMITS).text == "投入1亿元\n"


def test_limits_are_set_in_the_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "figure-audit.toml").write_text("[limits]\nfile-size = 1\n", encoding="utf-8")
    (tmp_path / "a.html").write_text("<p>" + "a" * 2 * MEGABYTE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("投入1亿元。", encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "json"]) == 2
    out, errors = capsys.readouterr()
    assert "b.txt" in out
    assert "超过上限（file-size）" in errors
