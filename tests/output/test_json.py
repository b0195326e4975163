"""The JSON contract: what is written validates, adds up and comes out the same every time."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from audit.claim import Kind
from audit.finding import Severity
from audit.output import contract, schema
from audit.output.json import render
from audit.output.number import decimal_string, grouped
from audit.report import Report, Status
from audit.verdict import Verdict
from tests.output import samples


def written() -> Any:
    return json.loads(render(samples.report()))


def test_the_report_validates_against_the_published_schema() -> None:
    jsonschema.Draft202012Validator(schema.report_schema()).validate(written())


def test_the_schema_refuses_what_the_contract_does_not_know() -> None:
    broken = written()
    broken["claims"][0]["value"] = 1.5
    broken["extra"] = 1
    assert len(list(jsonschema.Draft202012Validator(schema.report_schema()).iter_errors(broken))) == 2


def test_the_committed_schema_is_what_the_types_say() -> None:
    assert schema.main(["--check"]) == 0


def test_the_contract_names_the_values_of_the_enumerations() -> None:
    def values(entry: type, key: str) -> set[str]:
        return set(get_args(get_type_hints(entry)[key]))

    assert values(contract.ClaimEntry, "kind") == {k.value for k in Kind}
    assert values(contract.ClaimEntry, "status") == {s.value for s in Status}
    assert values(contract.CheckEntry, "verdict") == {v.value for v in Verdict}
    assert values(contract.FindingEntry, "severity") == {s.value for s in Severity}


def test_text_and_offsets_agree() -> None:
    texts = [samples.LEDGER, samples.BULLETIN]
    for claim in written()["claims"]:
        if claim["document"] < 2:
            assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["text"]


def test_ids_count_through_the_documents_and_refer() -> None:
    report = written()
    assert [c["id"] for c in report["claims"]] == [f"c{n}" for n in range(1, len(report["claims"]) + 1)]
    assert [k["id"] for k in report["checks"]] == ["k1", "k2", "k3", "k4", "k5"]
    opening = report["checks"][0]
    assert opening["roles"] == {"total": ["c1"], "parts": ["c2", "c5", "c6"]}
    assert report["findings"][0]["suspects"] == [
        {
            "claim": "c1",
            "replacement": "15.17亿元",
            "edit": "insert_digit",
            "restores": ["k1"],
            "likelihood": "high",
            "alternatives": [],
        }
    ]


def test_numbers_are_decimal_strings_in_base_units() -> None:
    report = written()
    opening, share = report["checks"][0], report["checks"][2]
    assert opening["stated"] == {"value": "1570000000", "low": "1565000000", "high": "1575000000"}
    assert opening["difference"] == "-53000000"
    assert share["stated"] == {"value": "87.1", "low": "87.05", "high": "87.15"}
    assert (share["computed"]["value"], share["difference"]) == ("78.1", "-9")


def test_an_infinite_end_is_null() -> None:
    outlay = next(c for c in written()["claims"] if c["hedge"] == "以上")
    assert (outlay["low"], outlay["high"]) == ("12000000", None)


def test_list_counts_give_the_spans_of_their_items() -> None:
    count = written()["checks"][3]
    assert [item["text"] for item in count["roles"]["items"]] == ["道路", "水渠", "围墙"]
    assert count["roles"]["stated"] == ["c11"]


def test_the_same_report_is_written_byte_for_byte() -> None:
    assert render(samples.report()) == render(samples.report())


def test_an_empty_report_is_still_the_contract() -> None:
    empty = json.loads(render(Report(())))
    jsonschema.Draft202012Validator(schema.report_schema()).validate(empty)
    assert empty["documents"] == empty["claims"] == []


def test_coverage_adds_up() -> None:
    for document in written()["documents"]:
        counts = document["coverage"]
        assert counts["claims"] == sum(counts[s.value] for s in Status)


def test_decimal_strings() -> None:
    cases = {
        Fraction(0): "0",
        Fraction(-1, 8): "-0.125",
        Fraction(1, 3): "0.333333333333",
        Fraction(-2, 3) * 10**15: "-666666666667000",
    }
    assert {value: decimal_string(value) for value in cases} == cases
    assert decimal_string(Fraction(10) ** 20) == "1" + "0" * 20
    assert decimal_string(Fraction(1, 3 * 10**9)) == "0.000000000333333333333"


@given(st.fractions(max_denominator=10**6))
def test_decimal_strings_are_exact_or_close(value: Fraction) -> None:
    text = decimal_string(value)
    assert "e" not in text.lower()
    assert abs(Fraction(text) - value) <= abs(value) * Fraction(1, 10**11)


@given(st.integers(-(10**9), 10**9), st.integers(0, 12))
def test_terminating_decimals_are_exact(digits: int, places: int) -> None:
    assert Fraction(decimal_string(Fraction(digits, 10**places))) == Fraction(digits, 10**places)


def test_grouped_numbers() -> None:
    assert grouped(Fraction(1570000000)) == "1,570,000,000"
    assert grouped(Fraction(-12345678, 1000)) == "−12,345.678"
    assert grouped(Fraction(1, 3)) == "0.3333"
    assert grouped(Fraction(-1, 10**9)) == "0"


def test_sentences_in_english() -> None:
    entry = samples.report().to_dict("en")
    assert entry["findings"][0]["message"].startswith("the parts add up to 15.17亿元")
    assert entry["checks"][3]["working"] == "listed: 道路, 水渠, 围墙 (3 items) ≠ 四类项目"
    assert entry["claims"][8]["reason"] == "the base stands in the clause before"
    assert entry["skipped"][0]["reason"] == "the file is empty; give one with text"
