"""The audit as pandas frames: claims, checks and findings, each validated by a pandera schema.

Numbers are decimal strings, as in the JSON contract: a float column would round them. Importing this module imports
pandas and pandera, which take longer than a check; nothing on the way of a single-file check may import it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa

from audit.output.json import to_dict
from audit.report import Report

_NUMBER = pa.Check.str_matches(r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")
_COUNT = pa.Check.ge(0)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _text(*checks: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column("string", list(checks), nullable=nullable)


def _whole(*checks: pa.Check) -> pa.Column:
    return pa.Column("int64", list(checks))


def _schema(name: str, unique: str | None, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, strict=True, ordered=True, coerce=False, unique=unique)


CLAIMS = _schema(
    "claims",
    "id",
    {
        "id": _text(),
        "document": _text(),
        "line": _whole(pa.Check.ge(1)),
        "column": _whole(pa.Check.ge(1)),
        "start": _whole(_COUNT),
        "end": _whole(_COUNT),
        "text": _text(),
        "kind": _text(),
        "value": _text(_NUMBER),
        "low": _text(_NUMBER, nullable=True),
        "high": _text(_NUMBER, nullable=True),
        "unit": _text(),
        "hedge": _text(nullable=True),
        "label": _text(),
        "status": _text(pa.Check.isin(["confirmed", "contradicted", "undecided", "unlinked"])),
        "reason": _text(nullable=True),
    },
)

CHECKS = _schema(
    "checks",
    "id",
    {
        "id": _text(),
        "document": _text(),
        "rule": _text(),
        "expectation": _text(),
        "claims": _text(),
        "working": _text(),
        "stated": _text(_NUMBER),
        "computed": _text(_NUMBER),
        "difference": _text(_NUMBER),
        "verdict": _text(pa.Check.isin(["exact", "rounding", "undecided", "inconsistent"])),
    },
)

FINDINGS = _schema(
    "findings",
    None,
    {
        "document": _text(),
        "line": _whole(pa.Check.ge(1)),
        "column": _whole(pa.Check.ge(1)),
        "start": _whole(_COUNT),
        "end": _whole(_COUNT),
        "severity": _text(pa.Check.isin(["error", "warning", "note"])),
        "rule": _text(),
        "check": _text(),
        "message": _text(),
        "suspects": _text(),
        "fingerprint": _text(),
    },
)


class Frames(NamedTuple):
    """Claims, checks and findings of a report, each in the order of the JSON report."""

    claims: pd.DataFrame
    checks: pd.DataFrame
    findings: pd.DataFrame


def frames(report: Report) -> Frames:
    """The report's frames; raises pandera.errors.SchemaError where a row breaks its schema, which is a defect here."""
    written = to_dict(report)
    paths = [document["path"] for document in written["documents"]]
    lines = [audit.document.lines for audit in report.audits]

    def located(entry: Any) -> dict[str, Any]:
        line, column = lines[entry["document"]].place(entry["start"])
        return {**entry, "document": paths[entry["document"]], "line": line, "column": column}

    def checked(entry: Any) -> dict[str, Any]:
        bound = [f"{role}: {' '.join(map(_named, members))}" for role, members in entry["roles"].items()]
        sides = {side: entry[side]["value"] for side in ("stated", "computed")}
        return {**entry, **sides, "document": paths[entry["document"]], "claims": "; ".join(bound)}

    def reported(entry: Any) -> dict[str, Any]:
        mended = [f"{suspect['claim']} → {suspect['replacement']}" for suspect in entry["suspects"]]
        return {**located(entry), "suspects": "; ".join(mended)}

    return Frames(
        _frame(map(located, written["claims"]), CLAIMS),
        _frame(map(checked, written["checks"]), CHECKS),
        _frame(map(reported, written["findings"]), FINDINGS),
    )


def to_csv(frame: pd.DataFrame) -> str:
    """`frame` as CSV text, safe to open in a spreadsheet: see `inert`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    numbers = {name for name in frame.columns if name in ("value", "low", "high", "stated", "computed", "difference")}
    for row in frame.itertuples(index=False):
        cells = zip(frame.columns, row, strict=True)
        writer.writerow("" if pd.isna(v) else v if name in numbers else inert(v) for name, v in cells)
    return out.getvalue()


def inert(value: object) -> object:
    """`value`, with an apostrophe before text that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return "'" + value
    return value


def _named(member: Any) -> str:
    return member if isinstance(member, str) else member["text"]


def _frame(rows: Iterable[dict[str, Any]], schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A validated frame of the schema's columns, also where there is no row to guess their types from."""
    columns: dict[str, list[Any]] = {name: [] for name in schema.columns}
    for row in rows:
        for name, values in columns.items():
            values.append(row[name])
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=str(schema.columns[name].dtype)) for name, values in columns.items()}
    )
    return schema.validate(frame)
