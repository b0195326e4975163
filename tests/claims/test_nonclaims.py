"""Numbers that are no quantities: passed over or shown with the reason."""

from __future__ import annotations

import pytest

from audit.extract import nonclaim
from tests.claims.reading import read

DATES = nonclaim.DATE
# text: the numbers shown as no quantities, with the reason where it is one of the program's own
REJECTED = {
    "截至2024年3月5日上午9点30分": [("2024年3月5日", DATES), ("9点30分", DATES)],
    "于9月30日和10月份": [("9月30日", DATES), ("10月份", DATES)],
    "实施方案(2018-2020年)": [("2018-2020年", DATES)],
    "2018—2020": [("2018—2020", DATES)],
    "吉林农业 2017-06-09 刊登": [("2017-06-09", DATES)],
    "19.09.2018  10:02发布": [("19.09.2018  10:02", DATES)],
    "1-11月，3、4月": [("1-11月", DATES), ("3、4月", DATES)],
    "一九五五年三月间，二〇二五年": [("一九五五年三月", DATES), ("二〇二五年", DATES)],
    "一季度，前三季度，2024年上半年": [("一季度", DATES), ("三季度", DATES), ("2024年上半年", DATES)],
    "上世纪八十年代，21世纪": [("八十年代", DATES), ("21世纪", DATES)],
    "梅州市“6·16”特大暴雨": [("6", DATES), ("16", DATES)],
    "居第3位，第三产业，第17、23位，第1-3名": [
        ("第3位", nonclaim.ORDINAL),
        ("第三", nonclaim.ORDINAL),
        ("第17、23位", nonclaim.ORDINAL),
        ("第1-3名", nonclaim.ORDINAL),
    ],
    "党的二十届三中全会，十三届五次全会": [
        ("二十届", nonclaim.ORDINAL),
        ("十三届", nonclaim.ORDINAL),
        ("五次", nonclaim.ORDINAL),
    ],
    "第一百十九条规定": [("第一百十九条", nonclaim.ORDINAL)],
    "（二）推进改革": [("二", nonclaim.MARKER)],
    "一是筹措资金；二是发展产业": [("一", nonclaim.MARKER), ("二", nonclaim.MARKER)],
    "3.推进改革": [("3", nonclaim.MARKER)],
    "内存6+128GB": [("6", nonclaim.NAME), ("128GB", nonclaim.NAME)],
    "影片《749局》上映": [("749局", nonclaim.NAME)],
    "见表3和附件2。": [("3", nonclaim.MARKER), ("2", nonclaim.MARKER)],
    "1号楼，5号线": [("1号", nonclaim.MARKER), ("5号", nonclaim.MARKER)],
    "财会〔2019〕6号": [("2019", nonclaim.CODE), ("6号", nonclaim.MARKER)],
    "证券代码600000": [("600000", None)],
    "联系电话：0431-88888888": [("0431", None), ("88888888", None)],
    "网址www.abc123.com": [("123", nonclaim.CODE)],
    "邮箱a1b2@qq.com": [("1", nonclaim.CODE), ("2", nonclaim.CODE)],
    "PM2.5浓度，5G基站，A4纸，COVID-19": [
        ("2.5", nonclaim.CODE),
        ("5", nonclaim.CODE),
        ("4", nonclaim.CODE),
        ("19", None),
    ],
    "实施“1461”行动计划": [("1461", nonclaim.NAME)],
    "实施“1+14”行动": [("1", nonclaim.NAME), ("14", nonclaim.NAME)],
    "65周岁以上老人，16-59岁人口": [("65周岁以上", nonclaim.AGE), ("16-59岁", nonclaim.AGE)],
    "建成750千伏级变电站，百亿元级企业": [("750千伏", nonclaim.GRADE), ("百亿元", None)],
    "实施“千名干部下基层”": [("千名", nonclaim.INDEFINITE)],
    "锻造一支队伍，作为一项任务": [("一支", nonclaim.INDEFINITE), ("一项", nonclaim.INDEFINITE)],
    "几年来，从几方面做好": [("几年", nonclaim.INDEFINITE), ("几方面", nonclaim.INDEFINITE)],
    "储备一批、论证一批、实施一批": [("一批", nonclaim.INDEFINITE)] * 3,
    "每10户中": [("10户", nonclaim.BASE)],
    "发病率为283.74/10万": [("283.74", nonclaim.CODE), ("10万", nonclaim.BASE)],
    "第一书记": [("第一书记", None)],
    "一事一议，三农工作": [("一事一议", None), ("三农", None)],
    "“十三五”时期，“一五”计划": [("十三五", None), ("“一五”", None)],
    "实现“两不愁、三保障”": [("两不愁、三保障", None)],
    "千方百计增收，一举两得": [("千方百计", None), ("一举两得", None)],
    "作为“一号工程”": [("一号工程", None)],
    "一对一帮扶，一帮一": [("一对一", None), ("一帮一", None)],
}


@pytest.mark.parametrize(("text", "rejected"), REJECTED.items())
def test_rejected(text: str, rejected: list[tuple[str, str | None]]) -> None:
    found = read(text)
    assert [r.text for r in found.rejected] == [printed for printed, _ in rejected]
    assert not [claim.text for claim in found.claims]
    for given, (_, reason) in zip(found.rejected, rejected, strict=True):
        assert given.reason == reason if reason else any("一" <= c <= "鿿" for c in given.reason)


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一思想，一些地方十分重视，老百姓满意，数据显示",
        "老百姓的日子越过越红火",
        "六合村、三合村、万泷牧业",
        "陆地面积与队伍建设",
        "增长两位数，完成百分比法",
        "上半年和下半年",
        "半导体和零售",
    ],
)
def test_words_with_numerals_state_nothing(text: str) -> None:
    assert read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("PM2.5浓度为35微克", "35微克"),
        ("CPI上涨3.2%", "3.2%"),
        ("GDP5000亿元", "5000亿元"),
        ("2024年完成3项", "3项"),
        ("“十四五”期间建设5座", "5座"),
        ("第二批2225个典型村", "2225个"),
        ("第三季度完成12亿元", "12亿元"),
        ("平均年龄35岁", "35岁"),
        ("连续36年居首位", "36年"),
        ("一年级共有120人", "120人"),
        ("3月内完成5000件", "5000件"),
        ("一九五五年完成十二万吨", "十二万吨"),
    ],
)
def test_quantities_beside_them(text: str, printed: str) -> None:
    assert [claim.text for claim in read(text).claims] == [printed]
