"""The fingerprint of a check: the wording of its evidence, not its place."""

from __future__ import annotations

from fractions import Fraction

from audit.claim import Kind
from audit.fingerprint import fingerprint
from audit.quantity.interval import Interval
from audit.verdict import Quantity, Verdict
from tests.output import samples


def prints(text: str) -> list[str]:
    audit = samples.ledger(text=text)
    return [fingerprint(check, audit.document) for check in audit.checks]


def test_fingerprints_survive_edits_elsewhere_width_and_space() -> None:
    plain = prints(samples.LEDGER)
    assert len(set(plain)) == len(plain)
    assert prints("新加的一段，共5户。\n" + samples.LEDGER) == plain
    assert prints(samples.LEDGER.replace("全年筹集资金", "全年 筹集资金")) == plain
    assert prints(samples.LEDGER.replace("：一是", ":一是").replace("１２００万元", "１２００万元")) == plain


def test_fingerprints_change_with_the_evidence_and_only_there() -> None:
    plain, edited = prints(samples.LEDGER), prints(samples.LEDGER.replace("计划改造", "计划新建"))
    assert [a == b for a, b in zip(plain, edited, strict=True)] == [True, True, False, True, True]


def test_equal_sentences_are_told_apart_and_keep_their_prints() -> None:
    line = "计划改造危房5000户，开工3905户，开工率87.1%。\n"

    def two(text: str) -> list[str]:
        out = []
        for start in (text.index(line), text.rindex(line)):
            page = samples.Page("x.txt", text)
            after = text[:start]
            claims = [
                page.claim("5000户", Kind.COUNT, 5000, after=after),
                page.claim("3905户", Kind.COUNT, 3905, after=after),
                page.claim("87.1%", Kind.PERCENT, 87, after=after),
            ]
            check = page.check(
                samples.SHARE,
                {"base": (claims[0],), "part": (claims[1],), "share": (claims[2],)},
                samples.SHARES,
                Verdict.UNDECIDED,
                claims[2],
                Quantity(Fraction(1), Interval.point(1)),
                evidence=claims[0].span,
            )
            out.append(fingerprint(check, page.document))
        return out

    first, second = two("甲。\n" + line + "乙。\n" + line)
    assert first != second
    assert two("丙。\n甲。\n" + line + line) == [first, second]
