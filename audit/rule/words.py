"""What a rule says, in Chinese words, for people who read it without knowing the rule language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.outline.kinds import ALWAYS, LISTED, NODE_KINDS
from audit.outline.node_kind import NodeKind
from audit.rule.expression import Comparison, Condition, Feature, Joined, Not
from audit.rule.schema import Rule, Selector, Where

KINDS: Mapping[str, NodeKind] = {kind.name: kind for kind in NODE_KINDS}
SEVERITY = {"error": "错误", "warning": "警告", "note": "提示"}
CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
KIND = {
    "amount": "金额",
    "count": "个数",
    "measure": "度量",
    "percent": "百分比",
    "points": "百分点",
    "ratio": "比例",
    "multiple": "倍数",
    "fraction": "分数",
    "per": "单位平均值",
    "list_count": "列举个数",
    "range": "区间",
}
ASPECT = {
    "level": "水平",
    "change": "增减额",
    "growth": "增减幅",
    "start": "原来的数",
    "end": "变为的数",
    "share": "占比",
    "completion": "完成率",
    "rate": "比率",
    "contribution": "拉动或贡献",
    "each": "每单位的数",
    "bound": "界限",
    "rank": "倍数、名次",
}
_PICK = {
    "only": "只能有一个",
    "first": "取第一个",
    "last": "取最后一个",
    "nearest": "取最近的一个",
    "all": "全部",
    "each": "每个各成一条关系",
}


def where_in_words(where: Where) -> str:
    """Where a rule looks."""
    kind = KINDS[where.node]
    about = dict(kind.forms)
    told = f"{kind.about}（`{kind.name}`）"
    if where.forms:
        told += "，写法为" + "、".join(f"「{about[form]}」" for form in where.forms)
    if where.cues:
        told += f"，其中出现{_any(where.cues)}"
    if where.unless:
        told += f"，且不出现{_any(where.unless)}"
    return told


def selector_in_words(selector: Selector, where: Where | None) -> str:
    """Which figures take a role."""
    if selector.quote is not None:
        return f"原文“{selector.quote.replace('{}', '▢')}”中▢处的数字"
    slots = dict(KINDS[where.node].slots) if where is not None else {}
    told = []
    if selector.slot == LISTED:
        told.append("文中列出的各项")
    elif selector.slot:
        told.append(slots[selector.slot])
    if selector.kinds:
        told.append(f"种类为{_or(KIND[kind] for kind in selector.kinds)}")
    if selector.aspects:
        told.append(f"说的是{_or(ASPECT[aspect] for aspect in selector.aspects)}")
    if selector.units:
        told.append(f"单位为{_or(selector.units)}")
    if selector.same_unit:
        told.append(f"单位与 {selector.same_unit} 相同")
    if selector.same_label:
        told.append(f"名称与 {selector.same_label} 相同")
    for anchor, side in ((selector.before, "之前"), (selector.after, "之后")):
        if anchor is not None:
            told.append(f"在{'线索词' if anchor == 'cue' else f' {anchor} '}{side}")
    for words, side in ((selector.lead, "前面是"), (selector.tail, "后面是")):
        if words:
            told.append(f"{side}{_any(words)}")
    for words, side in ((selector.lead_without, "前面不是"), (selector.tail_without, "后面不是")):
        if words:
            told.append(f"{side}{_any(words)}")
    if selector.slot != LISTED:
        told.append(_PICK[selector.pick])
    if selector.at_least > 1:
        told.append(f"至少{selector.at_least}个")
    if selector.at_most is not None:
        told.append(f"至多{selector.at_most}个")
    if selector.optional:
        told.append("可以没有")
    return "，".join(told)


def condition_in_words(condition: Condition, where: Where | None) -> str:
    """When an expectation or a doubt applies."""
    features = dict((*KINDS[where.node].features, *ALWAYS)) if where is not None else {}

    def told(part: Condition, around: str = "") -> str:
        match part:
            case Feature(name):
                return f"「{features[name]}」"
            case Not(inner):
                return f"并非{told(inner, 'not')}"
            case Joined(word, left, right):
                line = f"{told(left, word)}{'且' if word == 'and' else '或'}{told(right, word)}"
                return line if around in ("", word) else f"（{line}）"
            case Comparison():
                return f"`{part}`"

    return told(condition)


def expectations_in_words(rule: Rule) -> Iterable[str]:
    """What must hold, one line each; of several with conditions the first that applies counts."""
    for expectation in rule.expect:
        when = expectation.when
        yield f"`{expectation.that}`" + (f"，当{condition_in_words(when, rule.where)}" if when is not None else "")


def doubts_in_words(rule: Rule) -> Iterable[str]:
    """When a failure is only a question, one line each."""
    for doubt in rule.doubts:
        told = f"当{condition_in_words(doubt.when, rule.where)}：" if doubt.when is not None else ""
        yield told + doubt.because + (f"　{doubt.because_en}" if doubt.because_en != doubt.because else "")


def _any(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


def _or(words: Iterable[str]) -> str:
    return "或".join(words)
