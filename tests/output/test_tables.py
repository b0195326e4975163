"""Frames of claims, checks and findings, and their CSV."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pandera.errors
import pytest

from audit.report import Report
from audit.tables import CLAIMS, frames, inert, to_csv
from tests.output import samples


def test_the_frames_say_what_the_json_says() -> None:
    report = samples.report()
    made, written = report.to_frames(), report.to_dict()
    assert list(made.claims["id"]) == [c["id"] for c in written["claims"]]
    assert list(made.claims["value"]) == [c["value"] for c in written["claims"]]
    assert list(made.checks["working"]) == [k["working"] for k in written["checks"]]
    assert list(made.findings["fingerprint"]) == [f["fingerprint"] for f in written["findings"]]
    first = made.claims.iloc[0]
    assert (first["document"], first["line"], first["column"]) == ("文件/资金报告.txt", 4, 7)
    assert made.checks.iloc[3]["claims"] == "stated: c11; items: 道路 水渠 围墙"


def test_an_empty_report_has_frames_with_the_same_columns() -> None:
    made = frames(Report(()))
    assert len(made.claims) == 0
    assert list(made.claims.columns) == list(CLAIMS.columns)


def test_the_schemas_refuse_what_does_not_belong() -> None:
    claims = samples.report().to_frames().claims
    for broken in (
        claims.assign(status="fine"),
        claims.assign(value="1e9"),
        claims.assign(more=1),
        claims.assign(start="0"),
    ):
        with pytest.raises((pandera.errors.SchemaError, pandera.errors.SchemaErrors)):
            CLAIMS.validate(broken)


def test_csv_holds_every_claim() -> None:
    claims = samples.report().to_frames().claims
    rows = list(csv.DictReader(io.StringIO(to_csv(claims))))
    assert [row["text"] for row in rows] == list(claims["text"])
    assert rows[9]["high"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_a_formula_is_neutralised(text: str) -> None:
    assert inert(text) == "'" + text


def test_plain_text_and_numbers_stay() -> None:
    assert [inert("15.7亿元"), inert(-5), inert("")] == ["15.7亿元", -5, ""]
    assert ",-53000000," in to_csv(samples.report().to_frames().checks)


def test_json_and_report_do_not_import_pandas() -> None:
    code = "import sys, audit.report, audit.output.json; sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
