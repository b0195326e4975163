"""What a check is told in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from audit.claim import Claim, Kind
from audit.engine import audit_document
from audit.explanation import explain, figure, stated_claim
from audit.quantity.interval import Interval
from audit.read import read_text
from audit.relation import Relation
from audit.report import Audit
from audit.rule import expression as language
from audit.rule.load import shipped_rules
from audit.rule.parse import parse_comparison
from audit.span import Span
from audit.verdict import Check, Quantity, Verdict, judge
from tests.output import samples


def test_messages_name_the_figures_and_the_gap() -> None:
    said = [explain(finding.check) for finding in samples.ledger().findings]
    assert said == [
        "分项之和15.17亿元与合计15.7亿元相差0.53亿元",
        "3905户占5000户应为78.1%，与文中的87.1%相差9个百分点，请核实：基数取自前一分句",
        "文中称“四类项目”，实际列举3项",
        "同一事项前后不一致：一处为82个，另一处为80个，相差2个贫困村，请核实：两处口径可能不同",
    ]


def test_messages_in_english() -> None:
    said = [explain(check, "en") for check in samples.ledger().checks]
    assert said[0] == "the parts add up to 15.17亿元, 0.53亿元 less than the stated total 15.7亿元"
    assert said[2].startswith("3905户 of 5000户 is 78.1%, 9 percentage points from the stated 87.1%; to be clarified")


def test_the_stated_claim_is_the_one_alone_on_its_side() -> None:
    audit: Audit = samples.ledger()
    assert [c.text if (c := stated_claim(k)) else None for k in audit.checks] == [
        "15.7亿元",
        "8200万元",
        "87.1%",
        "四类项目",
        "80个",
    ]


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (Fraction(1517000000), "15.7亿元", "15.17亿元"),
        (Fraction(53000000), "15.7亿元", "0.53亿元"),
        (Fraction(4300), "8200万元", "0.43万元"),
        (Fraction(430), "8200万元", "430元"),
        (Fraction(12), "3户", "12元"),
        (Fraction(10**9, 3), "8200万元", "约33333万元"),
        (Fraction(-200), "3元", "-200元"),
    ],
)
def test_figures_are_written_as_their_model(value: Fraction, text: str, expected: str) -> None:
    page = samples.Page("x.txt", text)
    like: Claim = page.claim(text, Kind.AMOUNT, 1)
    assert figure(value, like) == expected


Figure = tuple[str, Kind, int | Fraction]


def told(expectation: str, **roles: list[Figure]) -> str:
    """What a failed check of these figures is told."""
    page = samples.Page("x.txt", "，".join(text for figures in roles.values() for text, _, _ in figures))
    bound = {
        role: tuple(page.claim(text, kind, value, unit=text.lstrip("0123456789.万亿")) for text, kind, value in figures)
        for role, figures in roles.items()
    }
    comparison = parse_comparison(expectation)
    relation = Relation(samples.SHARE, tuple(bound.items()), comparison, Span(0, 1))
    left, right = (language.value(side, relation.environment) for side in (comparison.left, comparison.right))
    stated, computed = (left, right) if isinstance(comparison.left, language.Name) else (right, left)
    sides = [Quantity(value, Interval.point(value)) for value in (stated, computed)]
    return explain(Check(relation, Verdict.INCONSISTENT, sides[0], sides[1], computed - stated))


PERCENT, COUNT, AMOUNT = Kind.PERCENT, Kind.COUNT, Kind.AMOUNT


def test_each_kind_of_relation_has_its_sentence() -> None:
    households = ("4974户", COUNT, 4974), ("4032户", COUNT, 4032)
    rates = ("78.3%", PERCENT, Fraction(783, 10)), ("67.7%", PERCENT, Fraction(677, 10))
    assert (
        told("sum(parts) == 100%", parts=[*rates, ("4%", PERCENT, 4)]) == "各部分占比之和为150%，与100%相差50个百分点"
    )
    assert (
        told(
            "first_count / first_rate == second_count / second_rate",
            first_count=[households[0]],
            first_rate=[rates[0]],
            second_count=[households[1]],
            second_rate=[rates[1]],
        )
        == "由4974户、78.3%推算的基数与由4032户、67.7%推算的不一致，相差约396.8户"
    )
    assert (
        told("sum(parts) <= total", total=[("9户", COUNT, 9)], parts=[("5户", COUNT, 5), ("7户", COUNT, 7)])
        == "分项之和12户超过总数9户，多3户"
    )
    assert (
        told("max(parts) <= total", total=[("9户", COUNT, 9)], parts=[("5户", COUNT, 5), ("12户", COUNT, 12)])
        == "分项中的12户超过总数9户，多3户"
    )
    assert (
        told("after < before", before=[("15户", COUNT, 15)], after=[("19户", COUNT, 19)])
        == "由15户到19户，与文中所说的增减方向不符"
    )
    assert (
        told(
            "(after - before) / before == growth",
            before=[("80户", COUNT, 80)],
            after=[("100户", COUNT, 100)],
            growth=[("20%", PERCENT, 20)],
        )
        == "由80户到100户，增减幅应为25%，与文中的20%相差5个百分点"
    )
    assert (
        told("count(left) == count(right)", left=[*households], right=[rates[0]])
        == "前面有2个数字，后面有1个，不能一一对应"
    )
    assert (
        told(
            "fiscal + credit == total",
            total=[("5万元", AMOUNT, 50000)],
            fiscal=[("3万元", AMOUNT, 30000)],
            credit=[("1万元", AMOUNT, 10000)],
        )
        == "分项之和4万元与合计5万元相差1万元"
    )
    assert (
        told(
            "a * b + c * d == paid",
            a=[("1151户", COUNT, 1151)],
            b=[("1130元", AMOUNT, 1130)],
            c=[("1662户", COUNT, 1662)],
            d=[("780元", AMOUNT, 780)],
            paid=[("250万元", AMOUNT, 2500000)],
        )
        == "按文中数字计算为259.699万元，与所称250万元相差9.699万元"
    )


def test_a_bare_number_is_told_with_the_unit_of_its_header() -> None:
    def cell(text: str, value: Fraction, kind: Kind = Kind.AMOUNT, unit: str = "元") -> Claim:
        span = Span(0, len(text))
        return Claim(span, span, text, kind, value, Interval.point(value), Interval.point(value), unit, unit)

    parts = (cell("1,507.84", Fraction(15078400)), cell("-5.26", Fraction(-52600)))
    total = cell("1,502.60", Fraction(15026000))
    relation = Relation(
        samples.LISTED, (("total", (total,)), ("parts", parts)), parse_comparison("sum(parts) == total"), Span(0, 1)
    )
    check = judge(relation)
    assert explain(check) == "分项之和1,502.58万元与合计1,502.60万元相差0.02万元"
    assert check.working == "1,507.84 + (-5.26) = 1,502.58 ≠ 1,502.60"
    share = cell("1.40", Fraction(140, 100), Kind.PERCENT, "%")
    roles = (("part", (parts[0],)), ("base", (total,)), ("share", (share,)))
    check = judge(Relation(samples.SHARE, roles, parse_comparison("part / base == share"), Span(0, 1)))
    assert explain(check).startswith("1,507.84万元占1,502.60万元应约为100.35%，与文中的1.40%相差")
    assert " is about 100.35%, about 98.949 percentage points from the stated 1.40%" in explain(check, "en")


@pytest.mark.parametrize(
    ("text", "rule", "zh", "en"),
    [
        (
            "近几年全盟共对5.47万户、12.42万贫困户精准施策。",
            "households-and-people",
            "5.47万户与12.42万贫困户说的是同一批对象，户数却不同，其中一个或许应为人数",
            "5.47万户 and 12.42万贫困户 number the same households differently; one of them may be people",
        ),
        (
            "2016年全县建档立卡贫困对象实现3182户1579人脱贫。",
            "households-and-people",
            "3182户只有1579人，每户不足一人",
            "1579人 in 3182户 is less than one to a household",
        ),
        (
            "全县有村卫生室97个，覆盖率达到187.4%。",
            "percent-of-whole",
            "187.4%超过了100%",
            "187.4% is more than 100%",
        ),
    ],
)
def test_bounds_are_told_as_what_they_are(text: str, rule: str, zh: str, en: str) -> None:
    rules = [known for known in shipped_rules() if known.id == rule]
    (finding,) = audit_document(read_text(text), rules)[0].findings
    assert (finding.message, finding.message_en) == (zh, en)
