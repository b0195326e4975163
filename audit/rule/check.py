"""Checks what a rule file says against itself: roles, slots, features and cues that its parts refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.outline.kinds import ALWAYS, LISTED, NODE_KINDS
from audit.outline.node_kind import NodeKind
from audit.rule.expression import (
    WORDS,
    Call,
    Comparison,
    Condition,
    Feature,
    Name,
    features,
    names,
    parts,
    single_names,
)
from audit.rule.shape import Entry, ShapeReader, near_miss

_KINDS = {kind.name: kind for kind in NODE_KINDS}
_QUOTES = NodeKind("", "")
"""Stands for the node of a rule without `where`, which has neither slots nor features."""
_CUE = "cue"
_ITEMS = "items"


def check_rule(rule: Entry, notes: ShapeReader) -> None:
    """Notes every reference of a rule that leads nowhere, and every contradiction in it.

    What has not the right shape was noted before; nothing is said of it again, nor of what depends on it.
    """
    where = rule.fields.get("where")
    if where is None and "applies_to" not in rule.fields:
        notes.problem(
            rule.line,
            "缺少 where（在文中哪里找）；只用于某个文件的规则请写 applies_to 和 quote",
            "`where` is missing; a rule for one document needs `applies_to` and quotes instead",
        )
    kind = _KINDS.get(where.get("node") or "") if where is not None else _QUOTES
    if where is not None and kind is not None:
        for form in where.at("form").entries:
            known = [name for name, _ in kind.forms]
            if form.value not in known:
                _unknown(f" {kind.name} 写法", f"form of {kind.name}", form.value, known, form.line, notes)
    roles = rule.at("bind").fields
    if rule.at("bind").value == {}:
        notes.problem(rule.at("bind").line, "bind 里没有角色；请至少写一个", "`bind` has no role; write at least one")
    earlier: list[str] = []
    for role, selector in roles.items():
        _check_role_name(role, selector.line, notes)
        if where is not None:
            _check_selector(role, selector, kind, where, earlier, notes)
        elif "applies_to" in rule.fields:
            _check_quote(role, selector, notes)
        earlier.append(role)
    if not rule.at("bind").fields:
        return
    for expectation in rule.at("expect").entries:
        _check_expectation(expectation, roles, kind, notes)
    for doubt in rule.at("doubt").entries:
        _check_condition(doubt.at("when"), roles, kind, notes)
    _check_translation(rule.at("false_positives"), rule.at("false_positives_en"), notes)
    _check_examples(rule.at("examples"), roles, notes)


def _check_translation(chinese: Entry, english: Entry, notes: ShapeReader) -> None:
    if english.entries and len(english.entries) != len(chinese.entries):
        notes.problem(
            english.line,
            f"false_positives 有{len(chinese.entries)}条，false_positives_en 有{len(english.entries)}条；请逐条对应",
            f"{len(chinese.entries)} `false_positives` but {len(english.entries)} in English; give one for each",
        )


def _check_role_name(role: str, line: int, notes: ShapeReader) -> None:
    if role in WORDS or role == _CUE:
        notes.problem(
            line,
            f"角色不能叫 {role}，它在规则语言里另有含义；请换个名字",
            f"a role cannot be called {role}, which is a word of the language; choose another name",
        )


def _check_quote(role: str, selector: Entry, notes: ShapeReader) -> None:
    if selector.value is not None and "quote" not in selector.fields:
        notes.problem(
            selector.line,
            f"角色 {role} 缺少 quote；没有 where 的规则要用原文指明每个数字",
            f"role {role} needs a `quote`: a rule without `where` names every figure by quotation",
        )
    for key, entry in selector.fields.items():
        if key != "quote":
            notes.problem(
                entry.line,
                f"quote 已经指明了数字，{key} 不起作用；请删去",
                f"`quote` already names the figure, {key} has no effect; delete it",
            )


def _check_selector(
    role: str, selector: Entry, kind: NodeKind | None, where: Entry, earlier: list[str], notes: ShapeReader
) -> None:
    if "quote" in selector.fields:
        notes.problem(
            selector.at("quote").line,
            "写了 where 的规则不能用 quote；请用 in 指明位置，或删去 where",
            "a rule with `where` cannot use `quote`; use `in`, or delete `where`",
        )
    if kind is not None and (slot := selector.get("in")):
        slots = [name for name, _ in kind.slots]
        if slot not in (*slots, LISTED):
            _unknown(f" {kind.name} 位置", f"slot of {kind.name}", slot, slots, selector.at("in").line, notes)
    for key in ("before", "after", "same_unit", "same_label"):
        anchor = selector.at(key)
        if anchor.value is None or anchor.value in earlier:
            continue
        if key in ("before", "after") and anchor.value == _CUE:
            if kind is not None and not kind.cue and "cue" not in where.fields:
                notes.problem(
                    anchor.line,
                    f"{key}: cue 需要线索词，但 where 里没有写 cue；请补上",
                    f"`{key}: cue` needs a cue word, but `where` has none; add `cue`",
                )
            continue
        notes.problem(
            anchor.line,
            f"角色 {role} 的 {key} 指向“{anchor.value}”，但它之前没有这个角色；请把被指的角色写在前面",
            f"{key} of role {role} refers to `{anchor.value}`, which is not bound before it; write that role first",
        )
    _check_numbers(selector, notes)


def _check_numbers(selector: Entry, notes: ShapeReader) -> None:
    many = selector.get("pick") == "all" or selector.get("in") == LISTED
    for key in ("at_least", "at_most"):
        if key in selector.fields and not many:
            notes.problem(
                selector.at(key).line,
                f"{key} 只能与 pick: all 一起用；请补上 pick: all，或删去 {key}",
                f"{key} needs `pick: all`; add it, or delete {key}",
            )
    at_most = selector.get("at_most")
    if at_most is not None and at_most < (selector.get("at_least") or 1):
        notes.problem(selector.at("at_most").line, "at_most 小于 at_least", "at_most is smaller than at_least")


def _check_expectation(
    expectation: Entry, roles: Mapping[str, Entry], kind: NodeKind | None, notes: ShapeReader
) -> None:
    that, condition = expectation.at("that"), expectation.at("when")
    _check_condition(condition, roles, kind, notes)
    if that.value is None:
        return
    _check_names(that, roles, kind, notes)
    comparison: Comparison = that.value
    guarded = _counted(condition.value) if condition.value is not None else set()
    lone = {name.name for name in single_names(comparison)}
    for role in sorted(lone):
        if role in roles and _several(roles[role]):
            notes.problem(
                that.line,
                f"角色 {role} 可能有好几个数字，不能直接运算；请写成 sum({role})、max({role}) 等",
                f"role {role} can have several figures; write sum({role}), max({role}) or the like",
            )
    chosen = {
        p.arguments[0].name
        for p in parts(comparison)
        if isinstance(p, Call) and p.function in ("min", "max") and isinstance(p.arguments[0], Name) and p.over_role
    }
    for role in sorted((lone | chosen) - guarded):
        if role in roles and roles[role].get("optional"):
            notes.problem(
                that.line,
                f"角色 {role} 可以没有，这时式子算不出来；请写成 sum({role})，或加 when: count({role}) == 1",
                f"role {role} is optional and may be missing; write sum({role}), or add when: count({role}) == 1",
            )


def _check_condition(condition: Entry, roles: Mapping[str, Entry], kind: NodeKind | None, notes: ShapeReader) -> None:
    if condition.value is None:
        return
    _check_names(condition, roles, kind, notes)
    tree: Condition = condition.value
    for role in sorted({name.name for name in single_names(tree)}):
        if role in roles and _several(roles[role]):
            notes.problem(
                condition.line,
                f"角色 {role} 可能有好几个数字，不能直接比较；请写成 sum({role})、count({role}) 等",
                f"role {role} can have several figures; write sum({role}), count({role}) or the like",
            )
    if kind is None:
        return
    known = [name for name, _ in (*kind.features, *ALWAYS)]
    feature: Feature
    for feature in features(tree):
        if kind is _QUOTES:
            notes.problem(
                condition.line,
                f"没有 where 的规则没有结构特征可问，不能写“{feature.name}”；请改成比较",
                f"a rule without `where` has no features to ask for; replace `{feature.name}` by a comparison",
            )
        elif feature.name not in known:
            _unknown(f" {kind.name} 特征", f"feature of {kind.name}", feature.name, known, condition.line, notes)


def _check_names(formula: Entry, roles: Mapping[str, Entry], kind: NodeKind | None, notes: ShapeReader) -> None:
    known = [*roles, _ITEMS, *(name for name, _ in (kind.givens if kind is not None else ()))]
    for name in dict.fromkeys(mention.name for mention in names(formula.value)):
        if name not in known:
            hint, hint_en = near_miss(name, roles)
            notes.problem(
                formula.line,
                f"式子里的“{name}”不是 bind 里的角色；{hint}",
                f"`{name}` is not a role of `bind`; {hint_en}",
            )


def _check_examples(examples: Entry, roles: Mapping[str, Entry], notes: ShapeReader) -> None:
    for key in ("pass", "fail"):
        if examples.at(key).value == ():
            notes.problem(
                examples.at(key).line, f"{key} 里没有例文；请至少写一条", f"`{key}` has no example; write at least one"
            )
    for example in (e for group in examples.fields.values() for e in group.entries):
        for role, figures in example.at("binds").fields.items():
            if role not in roles:
                _unknown("角色", "role", role, roles, figures.line, notes)


def _counted(condition: Condition) -> set[str]:
    """The roles whose number a condition asks for."""
    return {str(part.arguments[0]) for part in parts(condition) if isinstance(part, Call) and part.function == "count"}


def _several(selector: Entry) -> bool:
    return bool(selector.get("pick") == "all" or selector.get("in") == LISTED)


def _unknown(what: str, what_en: str, word: str, known: Iterable[str], line: int, notes: ShapeReader) -> None:
    hint, hint_en = near_miss(word, known)
    notes.problem(line, f"没有名为“{word}”的{what}；{hint}", f"no {what_en} is called `{word}`; {hint_en}")
