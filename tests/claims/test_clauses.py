"""Clauses of reports of all kinds: the claims in each, and clauses that have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.reading import read, shown

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of a list, without comments."""
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


@pytest.mark.parametrize(("clause", "claims"), [line.split("\t") for line in lines("forms.tsv")])
def test_claims_of_a_clause(clause: str, claims: str) -> None:
    found = [f"{claim.text} = {shown(claim)} {claim.interval}" for claim in read(clause).claims]
    assert found == claims.split(" | ")


@pytest.mark.parametrize("clause", lines("nonclaims.txt"))
def test_clauses_without_claims(clause: str) -> None:
    assert [claim.text for claim in read(clause).claims] == []
