"""The seeds: every claim of two of them judged by hand, and what the gold annotation calls no quantity."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.read import read_text
from tests.claims.reading import number, read

SEEDS = Path(__file__).parents[2] / "seeds"
HERE = Path(__file__).parent
MOST_WRONG = 0.03


def judged(seed: str) -> list[list[str]]:
    """(offset, figure, kind, value, unit, yes or no) of every line of a list."""
    lines = (HERE / f"seed_{seed}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def text_of(seed: str) -> str:
    """The text of a seed, its newlines untouched."""
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    return path.read_bytes().decode()


@pytest.mark.parametrize("seed", ["003", "004"])
def test_emits_the_judged_claims(seed: str) -> None:
    found = [[str(c.span.start), c.text, c.kind.value, number(c.value), c.unit] for c in read(text_of(seed)).claims]
    assert found == [line[:5] for line in judged(seed)]


def test_few_of_the_judged_claims_are_no_quantities() -> None:
    verdicts = [line[5] for seed in ("003", "004") for line in judged(seed)]
    assert set(verdicts) <= {"yes", "no"}
    assert verdicts.count("no") <= MOST_WRONG * len(verdicts)


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_reads_every_seed(seed: str) -> None:
    text = text_of(seed)
    found = read(text)
    assert len(found.claims) > 30
    assert read_text(text).text == text
