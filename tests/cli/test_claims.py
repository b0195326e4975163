"""`figure-audit claims`: every figure of documents, as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from audit.cli import main
from audit.output.printable import width

TEXT = "2016年，全县有危房15224户，其中建档立卡贫困户8888户，约占六成。\n=1+1户\n"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")


def claims(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["claims", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_table_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = claims(capsys, "a.txt")
    title, heads, *rows = out.splitlines()
    assert code == 0
    assert title.startswith("a.txt：")
    assert len(rows) >= 3
    first = next(row for row in rows if row.startswith("1:12"))
    assert "15224户" in first
    before = [row[: row.index(kind)] for row, kind in ((heads, "类型"), (first, "数量"))]
    assert width(before[0]) == width(before[1])


def test_explain_shows_readings_and_what_is_no_claim(capsys: pytest.CaptureFixture[str]) -> None:
    _, short, _ = claims(capsys, "a.txt")
    _, out, _ = claims(capsys, "a.txt", "--explain", "--lang", "en")
    assert "2016年" not in short
    assert any("2016年" in line and "no claim" in line for line in out.splitlines())
    assert len(out.splitlines()) > len(short.splitlines()) + 1


def test_csv_has_a_row_for_each_figure_and_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = claims(capsys, "a.txt", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["text"] for row in rows][:2] == ["15224户", "8888户"]
    assert [row["value"] for row in rows][:2] == ["15224", "8888"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_json_has_the_claims_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = claims(capsys, "a.txt", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert {"schema", "documents", "claims", "skipped"} <= set(report)
    assert all(TEXT[claim["start"] : claim["end"]] == claim["text"] for claim in report["claims"])


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_what_cannot_be_read_exits_2_and_the_others_are_listed(capsys: pytest.CaptureFixture[str], form: str) -> None:
    code, out, errors = claims(capsys, "missing.txt", "a.txt", "--format", form)
    assert code == 2
    assert "15224户" in out
    assert errors.startswith("错误: missing.txt: ")
