"""How every figure ended, why, how strongly, and what would help."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import audit.coverage
from audit.coverage import outcomes, sections
from audit.diagnosis import diagnose
from audit.diagnosis.power import STRONG
from audit.outline import build_outline
from audit.report import Audit, Coverage, Outcome, Status
from audit.verdict import Check, Verdict
from tests.diagnosis.making import Text

SUM = "sum(parts) == total"


def ended(text: Text, *checks: Check) -> tuple[Outcome, ...]:
    outline = build_outline(text.document, text.extraction)
    return outcomes(outline, checks, diagnose(checks, text.extraction.claims))


def only(text: str) -> Outcome:
    (outcome,) = ended(Text(text))
    return outcome


def test_figures_of_a_relation_that_holds_are_confirmed_with_their_power() -> None:
    text = Text("共有学校370所，其中小学295所、中学75所。")
    check = text.check(SUM, total="370所", parts=["295所", "75所"])
    found = ended(text, check)
    assert [o.status for o in found] == [Status.CONFIRMED] * 3
    assert all(o.strong and o.power >= STRONG for o in found)
    assert found[0].power == 1 - Fraction(1, 900)  # one of the figures from 100 to 999
    assert all(o.reason is None and o.question is None for o in found)


def test_a_list_of_three_is_confirmed_weakly() -> None:
    text = Text("建设三个中心。")
    (found,) = ended(text, text.check("stated == count(items)", items=3, stated="三个"))
    assert (found.status, found.strong) == (Status.CONFIRMED, False)
    assert 0 < found.power < STRONG


def test_figures_that_are_only_counted_are_not_confirmed() -> None:
    text = Text("共有工人120名、农民80名，分别占60%、40%。")
    check = text.check("count(left) == count(right)", left=["120名", "80名"], right=["60%", "40%"])
    assert {o.status for o in ended(text, check)} == {Status.UNLINKED}


FUNDS = "筹集资金15.7亿元。财政资金8200万元，其中修路5000万元、修渠3200万元。信贷资金10.85亿元。专项资金3.5亿元。"


def test_a_confirmed_part_is_not_contradicted_by_a_wrong_total() -> None:
    text = Text(FUNDS)
    whole = text.check(SUM, total="15.7亿元", parts=["8200万元", "10.85亿元", "3.5亿元"])
    detail = text.check(SUM, total="8200万元", parts=["5000万元", "3200万元"])
    status = {o.claim.text: o.status for o in ended(text, whole, detail)}
    assert status["15.7亿元"] is Status.CONTRADICTED
    assert status["8200万元"] is Status.CONFIRMED
    assert status["10.85亿元"] is Status.CONTRADICTED  # nothing else speaks for it


def test_a_confirmed_figure_that_is_to_blame_is_contradicted() -> None:
    text = Text("共有学校370所，其中小学295所、中学75所。学校381所，其中城镇211所、乡村160所。")
    first = text.check(SUM, total="370所", parts=["295所", "75所"])
    second = text.check(SUM, total="381所", parts=["211所", "160所"])
    status = {o.claim.text: o.status for o in ended(text, first, second)}
    assert status["381所"] is Status.CONTRADICTED
    assert status["370所"] is Status.CONFIRMED


def test_an_undecided_check_leaves_its_reason() -> None:
    text = Text("共有学校310所，其中小学295所、中学75所。")
    check = text.check(SUM, total="310所", parts=["295所", "75所"])
    doubted = replace(check, verdict=Verdict.UNDECIDED, reason="各项未必列全")
    found = ended(text, doubted)
    assert {o.status for o in found} == {Status.UNDECIDED}
    assert {o.reason for o in found} == {"各项未必列全"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("贫困人口占全县人口的12.5%。", "文中未找到这个占比的基数或部分数"),
        ("完成年度计划的97.2%。", "文中未找到可计算完成率的计划数和完成数"),
        ("地方财政收入增长7.5%。", "文中未找到这个增减幅的基期数"),
        ("危房改造开工率78.3%。", "文中未找到这个比率的分子和分母"),
        ("门诊报销比例提高5个百分点。", "文中未找到变动前后的比率"),
        ("信贷规模扩大到10倍。", "文中未找到倍数所比的基数"),
        ("户均增收3200元。", "单位数（户均、人均等），文中未找到相应的总数和个数"),
        ("总投资300万元以上。", "“以上”只限定一头，范围太宽，无法核对"),
        ("实施新一轮三年行动。", "是一段时间，文中未找到可与之核对的起止"),
        ("总投资300万元。", "文中未找到它的明细、合计或比率"),
    ],
)
def test_why_a_figure_is_unlinked(text: str, reason: str) -> None:
    found = only(text)
    assert found.status is Status.UNLINKED
    assert found.reason == reason
    assert found.reason_en
    assert found.reason_en.isascii() or "以上" in found.reason_en


def test_listed_figures_lack_a_total() -> None:
    found = ended(Text("建成学校12所、医院3所、养老院4所。"))
    assert {o.reason for o in found} == {"与同类数字并列，文中未找到合计"}


def test_figures_of_weight_come_with_a_question() -> None:
    text = Text("危房改造开工率78.3%。总投资23亿元，补贴9000万元，其他支出200元，有学校12所。")
    found = {o.claim.text: o.question for o in ended(text)}
    assert found["78.3%"] == "“危房改造开工率78.3%”：请提供计算这个比率的分子、分母及其口径。"
    assert found["23亿元"] is not None
    assert found["9000万元"] is not None
    assert found["200元"] is None
    assert found["12所"] is None


def test_a_question_quotes_the_words_before_the_figure() -> None:
    long = "这一年各地继续推进各项重点工作并且取得了明显成效，主营业务成本增加了3945.69万元，增幅为30.28%。"
    asked = [o.question or "" for o in ended(Text(long))]
    assert asked[1].startswith("“…主营业务成本增加了3945.69万元，增幅为30.28%”：请提供本期数和上期数")
    asked = [o.question or "" for o in ended(Text("前一句。\n城镇\n调查失业率5.1%。"))]
    assert asked[0].startswith("“调查失业率5.1%”：")


def test_a_table_is_asked_about_once() -> None:
    text = Text("| 项目 | 比例 |\n|---|---|\n| 甲 | 35.5% |\n| 乙 | 41.2% |\n")
    found = ended(text)
    assert {o.reason for o in found} == {"表中未找到与之勾稽的合计、分项或比率"}
    (asked,) = Audit(text.document, found, (), (), ()).questions
    assert asked.question == "第1行起的表（项目、比例）：请提供本表的合计、明细或编制依据。"
    assert asked.question_en == "the table from line 1 on (项目, 比例): what are the totals or details behind it?"


def test_questions_begin_with_the_largest_amounts() -> None:
    text = Text("危房改造开工率78.3%。补贴9000万元，总投资23亿元。")
    audit = Audit(text.document, ended(text), (), (), ())
    assert [o.claim.text for o in audit.questions] == ["23亿元", "9000万元", "78.3%"]


def test_coverage_counts_every_figure_once() -> None:
    text = Text(FUNDS + "建设三个中心。")
    whole = text.check(SUM, total="15.7亿元", parts=["8200万元", "10.85亿元", "3.5亿元"])
    detail = text.check(SUM, total="8200万元", parts=["5000万元", "3200万元"])
    listed = text.check("stated == count(items)", items=3, stated="三个")
    found = ended(text, whole, detail, listed)
    assert Coverage.of(found) == Coverage(claims=7, strong=3, weak=1, contradicted=3, undecided=0, unlinked=0)
    assert Coverage.of(found).confirmed == 4


def test_sections_divide_the_figures() -> None:
    text = Text("全县共有5户。\n\n一、资金\n\n投资3万元、7万元。\n\n二、人员\n\n没有数字。\n\n三、学校\n\n学校12所。\n")
    outline = build_outline(text.document, text.extraction)
    found = ended(text)
    divided = sections(outline, found)
    assert [(s.title, s.coverage.claims) for s in divided] == [("", 1), ("一、资金", 2), ("三、学校", 1)]
    assert sum(s.coverage.claims for s in divided) == len(found)
    assert all(s.span.start < s.span.end for s in divided)
    assert text.text[divided[1].span.start :].startswith("一、资金")


def test_a_document_without_headings_has_no_sections() -> None:
    text = Text("全县共有5户。")
    assert sections(build_outline(text.document, text.extraction), ended(text)) == ()


def test_every_reason_of_the_data_file_is_used() -> None:
    source = Path(audit.coverage.__file__).read_text(encoding="utf-8")
    for gap in audit.coverage._gaps():
        assert re.search(f'"{gap}"', source), gap
