"""Who is to blame: the first document's total, and what every kind of evidence does to the order of suspects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.diagnosis import diagnose, explained_by_one_slip
from audit.diagnosis.diagnose import MOST_CHECKS_JOINED, MOST_FIGURES_WEIGHED
from audit.finding import Suspect
from audit.verdict import Check, Verdict
from tests.diagnosis.making import Text, rule

SUM = "sum(parts) == total"


def suspects(*checks: Check, of: int = 0, text: Text | None = None) -> tuple[Suspect, ...]:
    return diagnose(checks, text.extraction.claims if text else ())[of].suspects


def told(suspect: Suspect) -> tuple[str, str, str]:
    return suspect.claim.text, suspect.replacement, suspect.edit


FUNDS = Text(
    "筹集扶贫资金15.7亿元。一是财政资金8200万元，其中修路5000万元、修渠3200万元。"
    "二是信贷资金10.85亿元，其中农户6.25亿元、企业4.6亿元。三是专项资金3.5亿元，其中危房1.2亿元、道路2.3亿元。"
)
TOTAL = FUNDS.check(SUM, total="15.7亿元", parts=["8200万元", "10.85亿元", "3.5亿元"])
DETAILS = (
    FUNDS.check(SUM, total="8200万元", parts=["5000万元", "3200万元"]),
    FUNDS.check(SUM, total="10.85亿元", parts=["6.25亿元", "4.6亿元"]),
    FUNDS.check(SUM, total="3.5亿元", parts=["1.2亿元", "2.3亿元"]),
)


def test_a_total_is_to_blame_where_every_part_is_confirmed() -> None:
    found = diagnose((TOTAL, *DETAILS), FUNDS.extraction.claims)
    first = found[0].suspects[0]
    assert told(first) == ("15.7亿元", "15.17亿元", "insert_digit")
    assert first.restores == (TOTAL,)
    assert first.likelihood == "high"
    assert [other.replacement for other in first.others] == ["15.2亿元", "15.1亿元"]
    assert found[0].remark == "8200万元、10.85亿元、3.5亿元另有勾稽关系印证"
    assert list(found) == [0]


def test_equal_repairs_share_the_blame_and_it_is_said() -> None:
    text = Text("共有学校290所，其中小学135所、中学175所。")
    found = diagnose((text.check(SUM, total="290所", parts=["135所", "175所"]),))[0]
    assert {told(s) for s in found.suspects[:2]} == {
        ("135所", "115所", "substitute_digit"),
        ("175所", "155所", "substitute_digit"),
    }
    assert not found.suspects[0].is_likely
    assert "不能断定" in found.remark
    assert "do not tell" in found.remark_en


def test_a_confirmed_part_is_not_suspected() -> None:
    text = Text("共有学校290所，其中小学135所、中学175所。小学分甲片60所、乙片75所。")
    check = text.check(SUM, total="290所", parts=["135所", "175所"])
    detail = text.check(SUM, total="135所", parts=["60所", "75所"])
    assert detail.verdict is Verdict.EXACT
    assert told(suspects(check, detail)[0]) == ("175所", "155所", "substitute_digit")


def test_a_repair_that_is_printed_elsewhere_comes_first() -> None:
    text = Text("共有学校290所，其中小学135所、中学175所。另一处说中学155所。")
    check = text.check(SUM, total="290所", parts=["135所", "175所"])
    assert told(suspects(check, text=text)[0]) == ("175所", "155所", "substitute_digit")


def test_a_figure_that_is_repeated_elsewhere_is_less_suspected() -> None:
    text = Text("共有学校290所，其中小学135所、中学175所。全部小学135所已通电。")
    check = text.check(SUM, total="290所", parts=["135所", "175所"])
    assert told(suspects(check, text=text)[0]) == ("175所", "155所", "substitute_digit")


def test_exact_agreement_comes_before_rounding() -> None:
    text = Text("资金15.7亿元，其中甲5.17亿元、乙10.00亿元。")
    (first, *_) = suspects(text.check(SUM, total="15.7亿元", parts=["5.17亿元", "10.00亿元"]))
    assert [first.replacement, *(other.replacement for other in first.others)] == ["15.17亿元", "15.2亿元"]


def test_decimals_like_those_of_other_figures_are_preferred() -> None:
    base = "出口4384户，占总数6352户的"
    for others, expected in (
        ("甲为12.1%，乙为13.4%，丙为8.7%。", "69.0%"),
        ("甲为12.11%，乙为13.42%，丙为8.73%。", "69.02%"),
    ):
        text = Text(f"{base}69.2%，{others}")
        check = text.check("part / base == share", part="4384户", base="6352户", share="69.2%")
        assert suspects(check, text=text)[0].replacement == expected


def test_a_share_with_two_digits_swapped() -> None:
    text = Text("农村低保贫困人口6312人，占贫困人口13660人的64.2%。")
    check = text.check("part / base == share", part="6312人", base="13660人", share="64.2%")
    assert told(suspects(check)[0]) == ("64.2%", "46.2%", "transpose_digits")


def test_one_figure_against_several_that_agree() -> None:
    text = Text("建设七大基地。五大基地已建成，五大基地运行良好，五大基地全部盈利。")
    others = [text.figure("五大", n) for n in range(3)]
    checks = [text.check("first == second", first="七大", second=other) for other in others]
    found = diagnose(checks)
    assert {told(found[i].suspects[0]) for i in found} == {("七大", "五大", "substitute_digit")}
    assert found[0].joint == (1, 2)


def test_a_share_of_more_than_the_whole_is_no_repair() -> None:
    text = Text("小麦37万公顷，占总面积75.1万公顷的499.3%。")
    check = text.check("part / base == share", part="37万公顷", base="75.1万公顷", share="499.3%")
    assert told(suspects(check)[0]) == ("499.3%", "49.3%", "undouble_digit")


def test_parts_beyond_their_total_that_would_add_up_once_mended() -> None:
    text = Text("培训9.78万人，其中甲4.02万人、乙2.64万人、丙22.1万人、丁1.02万人。")
    both = rule(SUM, "max(parts) <= total")
    parts = ["4.02万人", "2.64万人", "22.1万人", "1.02万人"]
    check = text.check("max(parts) <= total", both, total="9.78万人", parts=parts)
    assert check.verdict is Verdict.INCONSISTENT
    assert told(suspects(check)[0]) == ("22.1万人", "2.1万人", "undouble_digit")


def test_what_no_slip_explains_is_rewritten() -> None:
    text = Text("共有学校9173所，其中小学224所、中学75所。")
    (first, *_) = suspects(text.check(SUM, total="9173所", parts=["224所", "75所"]))
    assert told(first) == ("9173所", "299所", "rewrite")


def test_percent_said_for_points() -> None:
    text = Text("发生率由19.7%下降到15.2%，下降4.5%。")
    check = text.check("(before - after) / before == growth", before="19.7%", after="15.2%", growth="4.5%")
    assert told(suspects(check)[0]) == ("4.5%", "4.5个百分点", "percent_points")


def test_points_said_for_percent() -> None:
    text = Text("发生率由20%下降到15%，下降25个百分点。")
    check = text.check("before - after == change", before="20%", after="15%", change="25个百分点")
    assert ("25个百分点", "25%", "percent_points") in map(told, suspects(check))


HOUSEHOLDS = rule("households == others", "others <= 10 * households", "others >= households")


def test_households_said_for_people() -> None:
    text = Text("精准施策5.47万户、12.42万贫困户。")
    check = text.check("households == others", HOUSEHOLDS, households="5.47万户", others="12.42万贫困户")
    assert told(suspects(check)[0]) == ("12.42万贫困户", "12.42万贫困人口", "unit_word")
    assert explained_by_one_slip(check)


def test_an_item_left_out_of_a_list() -> None:
    text = Text("建设四个中心。")
    found = suspects(text.check("stated == count(items)", items=3, stated="四个"))
    assert told(found[0]) == ("四个", "三个", "substitute_digit")
    assert [told(other) for other in found[0].others] == [("四个", "四个", "insert_item")]


def test_two_broken_relations_with_one_culprit_are_told_together() -> None:
    text = Text("企业由8225.37亿元增加到20912.54万元，增加12687.17万元，增长154.24%。")
    before, after = "8225.37亿元", "20912.54万元"
    change = text.check("after - before == change", before=before, after=after, change="12687.17万元")
    growth = text.check("(after - before) / before == growth", before=before, after=after, growth="154.24%")
    found = diagnose((change, growth))
    assert [told(found[i].suspects[0]) for i in (0, 1)] == [("8225.37亿元", "8225.37万元", "unit_scale")] * 2
    assert found[0].suspects[0].restores == (change, growth)
    assert (found[0].joint, found[1].joint) == ((1,), (0,))


def test_broken_relations_with_two_culprits_are_told_apart() -> None:
    text = Text("共有学校290所，其中小学135所、中学175所。小学分甲片60所、乙片57所。")
    whole = text.check(SUM, total="290所", parts=["135所", "175所"])
    part = text.check(SUM, total="135所", parts=["60所", "57所"])
    found = diagnose((whole, part))
    assert (found[0].joint, found[1].joint) == ((), ())
    assert told(found[0].suspects[0]) == ("175所", "155所", "substitute_digit")
    assert told(found[1].suspects[0]) == ("57所", "75所", "transpose_digits")


def test_certain_checks_do_not_yield_to_doubtful_ones() -> None:
    text = Text("共有学校310所，其中小学295所、中学25所，比上年300所增长6.7%。")
    certain = text.check(SUM, total="310所", parts=["295所", "25所"])
    doubtful = replace(
        text.check("(after - before) / before == growth", before="300所", after="310所", growth="6.7%"),
        verdict=Verdict.UNDECIDED,
    )
    first = suspects(certain, doubtful)[0]
    assert told(first) == ("310所", "320所", "substitute_digit")
    assert first.restores == (certain, doubtful)


def test_nothing_can_mend_a_relation_whose_figures_do_not_matter() -> None:
    text = Text("共有学校310所。")
    check = text.check("stated == count(items)", items=3, stated="310所")
    broken = replace(check, relation=replace(check.relation, roles=(), expectation=check.relation.expectation))
    found = diagnose((broken,))[0]
    assert found.suspects == ()
    assert found.remark == "改动任何一个数字都不能使关系成立"


@pytest.mark.parametrize(("gap", "explained"), [("310所", True), ("9173所", False)])
def test_explained_by_one_slip(gap: str, explained: bool) -> None:
    text = Text(f"共有学校{gap}，其中小学295所、中学75所。")
    assert explained_by_one_slip(text.check(SUM, total=gap, parts=["295所", "75所"])) is explained


# ---------------------------------------------------------------- bounds
def chained(count: int, apart: bool) -> list[Check]:
    """Broken sums; each shares its total with the next as a part unless they stand apart."""
    text = Text("".join(f"第{n}片{1000 + n}户，另{2000 + n}户。" for n in range(count + 1)))
    figures = text.extraction.claims
    checks = []
    for n in range(count):
        total, part = figures[2 * n], figures[2 * n + 1]
        checks.append(text.check(SUM, total=total, parts=[part] if apart else [part, figures[2 * n + 2]]))
    return checks


def test_too_many_checks_that_hang_together_are_weighed_alone() -> None:
    found = diagnose(chained(MOST_CHECKS_JOINED + 3, apart=False))
    assert all(culprits.suspects for culprits in found.values())
    assert all(culprits.remark == "相互牵连的不符之处过多，本条单独判断" for culprits in found.values())


def test_what_is_beyond_the_bound_is_said_to_be() -> None:
    count = MOST_FIGURES_WEIGHED // 2 + 5
    found = diagnose(chained(count, apart=True))
    assert len(found) == count
    skipped = [i for i, culprits in found.items() if not culprits.suspects]
    assert skipped == list(range(MOST_FIGURES_WEIGHED // 2, count))
    assert {found[i].remark for i in skipped} == {"本文件不符之处过多，未再分析本条的疑点"}
