"""Which lists a number word counts, and how surely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.outline import Node
from audit.outline.enumeration import find_enumerations
from tests.outline.outlines import listed, nodes_of, printed

COUNTS = "两三四五六七八九"
WORDS = ["产业", "教育", "健康", "金融", "生态", "社会", "文化", "就业", "住房"]


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(form, number, items) of the first reading of each enumeration that fits its number, else of the first one."""
    groups: dict[int, list[Node]] = {}
    for node in nodes_of(find_enumerations, text):
        groups.setdefault(node.group, []).append(node)
    best = [next((n for n in nodes if _fits(n)), nodes[0]) for nodes in groups.values()]
    return [(node.form, printed(node, "stated")[0], listed(node, text)) for node in best]


def _fits(node: Node) -> bool:
    return len(node.listed) == node.slot("stated")[0].claim.value


@pytest.mark.parametrize(
    ("text", "form", "number", "items"),
    [
        ("搭建“培训、创业、服务”3个平台。", "quoted", "3个", ("培训", "创业", "服务")),
        ("实行门诊、住院和慢病三项报销。", "before", "三项", ("实行门诊", "住院", "慢病")),
        (
            "确保户有证、村有册、乡有簿、县有档案“四有”。",
            "before",
            "四有",
            ("确保户有证", "村有册", "乡有簿", "县有档案"),
        ),
        (
            "强化入户核实、公示、村书记和队长签字“三个环节”。",
            "before",
            "三个",
            ("强化入户核实", "公示", "村书记和队长签字"),
        ),
        ("要狠抓增收、时间、责任这3个关键。", "before", "3个", ("要狠抓增收", "时间", "责任")),
        ("采取菜单式、收益式、托管式等3种模式。", "before", "3种", ("采取菜单式", "收益式", "托管式")),
        ("明确了盟旗乡村四级责任。", "levels", "四级", ("盟", "旗", "乡", "村")),
        ("省、市、县三级联动。", "before", "三级", ("省", "市", "县")),
        ("企业下乡、片区攻坚、金融扶贫，是全市的三大特色。", "previous", "三大", ("企业下乡", "片区攻坚", "金融扶贫")),
        ("发展光伏、电商、旅游等产业。以上三个项目建成后见效。", "above", "三个", ("发展光伏", "电商", "旅游")),
        ("抓好三个环节：核实、公示、签字。", "after", "三个", ("核实", "公示", "签字")),
        ("覆盖三个县（甲县、乙县、丙县）。", "bracket", "三个", ("甲县", "乙县", "丙县")),
        ("抓好三项工作：一是稳增长，二是调结构，三是惠民生。", "marked", "三项", ("稳增长", "调结构", "惠民生")),
    ],
)
def test_forms(text: str, form: str, number: str, items: tuple[str, ...]) -> None:
    assert (form, number, items) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "与贫困户签订葵花、花生、大豆订单25万公顷。",
        "坚持和落实“两个毫不动摇”。",
        "新增产业集群、产业园2个。",
        "聚焦矿山、建筑施工、“九小场所”等重点领域。",
        "用电量和发电量连续保持两位数增长。",
        "在教育、医疗等领域推进三项改革。",
        "密切同京津冀、长三角和东三省的合作。",
        "与第二、第三产业相比，增加值高出三成。",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert found(text) == []


def test_items_of_markers_that_bear_the_counted_name() -> None:
    text = "建设了“两大产业基地”。一是建设了果园基地。二是建设了木耳基地。三是发放了鸡雏。"
    forms = {form: items for form, _, items in found(text)}
    assert len(forms["marked"]) == 3
    assert forms["bearing"] == ("建设了果园基地", "建设了木耳基地")


def test_labels_and_openings_of_paragraphs() -> None:
    labels = "——创新“三种模式”，打造亮点。\n\n以奖代投：先干后补。\n\n品牌引领：统一商标。\n\n以强带弱：结对发展。\n"
    assert ("labels", "三种", ("以奖代投", "品牌引领", "以强带弱")) in found(labels)
    openings = "——突出“两个强化”，破解难点。强化“资金保障”，加大投入。\n\n强化“环境改善”，补齐短板。\n"
    assert ("openings", "两个", ("强化“资金保障”", "强化“环境改善”")) in found(openings)


def test_speakers_are_no_items() -> None:
    text = "谈谈“三部作品”。\n\n记者：请谈谈。\n\n作者：好的。\n\n记者：谢谢。\n\n作者：不客气。\n"
    assert all(form != "labels" for form, _, _ in found(text))


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8, unique=True), st.sampled_from(COUNTS))
def test_an_explicit_list_is_certain_whatever_the_number(words: list[str], number: str) -> None:
    nodes = nodes_of(find_enumerations, f"推进“{'、'.join(words)}”{number}大行动。")
    assert [len(n.listed) for n in nodes] == [len(words)]
    assert {"likely", "certain"} <= nodes[0].features


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8, unique=True), st.integers(2, 40))
def test_an_open_list_is_never_short(words: list[str], number: int) -> None:
    for node in nodes_of(find_enumerations, f"发展{'、'.join(words)}等{number}个产业。"):
        assert "open" in node.features
        assert ("likely" in node.features) == (len(words) > number)


@given(st.text("甲乙丙、和等的“”（）：，。三四两个项大级一是二\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for node in nodes_of(find_enumerations, "文" + text):
        assert len(node.listed) > 1
        assert node.span.contains(node.slot("stated")[0].span)
        assert all(node.span.contains(item) for item in (node.listed[0], node.listed[-1]))
