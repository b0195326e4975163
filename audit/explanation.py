"""A check in words: which figure it is held against, and what does not add up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from audit.claim import Claim, Kind
from audit.rule.expression import Call, Expression, Name, Negative, Operation
from audit.style import style_of
from audit.verdict import Check, Quantity, Verdict


def stated_claim(check: Check) -> Claim | None:
    """The figure that stands alone on the stated side of the check's comparison; None where there is no such one."""
    expectation = check.relation.expectation
    alone = [side.name for side in (expectation.left, expectation.right) if isinstance(side, Name)]
    for role, claims in check.relation.roles:
        if role in alone and len(claims) == 1 and claims[0].value * claims[0].ratio == check.stated.value:
            return claims[0]
    return None


def measured_like(check: Check) -> Claim | None:
    """A figure that is measured as the check's two sides are: the stated one, or one that the calculation keeps."""
    expectation, roles = check.relation.expectation, dict(check.relation.roles)
    return stated_claim(check) or _measured(expectation.left, roles) or _measured(expectation.right, roles)


def _measured(expression: Expression, roles: Mapping[str, Sequence[Claim]]) -> Claim | None:
    """A claim of the unit that an expression comes out in; None where that is a bare number."""
    match expression:
        case Name(name):
            return next(iter(roles.get(name, ())), None)
        case Negative(operand):
            return _measured(operand, roles)
        case Call(function, arguments):
            return None if function == "count" else _measured(arguments[0], roles)
        case Operation(sign, left, right):
            first, second = _measured(left, roles), _measured(right, roles)
            if sign in "+-" or first is None or second is None:
                return first or second
            if sign == "*":
                return second if first.ratio != 1 else first
            return first if second.ratio != 1 and first.ratio == 1 else None
        case _:
            return None


def printed(check: Check) -> tuple[Quantity, Quantity, Fraction]:
    """(stated, computed, difference) in base units, percents and points as printed percent."""
    like = measured_like(check)
    scale = 1 / like.ratio if like else Fraction(1)
    stated, computed = (
        Quantity(side.value * scale, side.interval.scaled(scale)) for side in (check.stated, check.computed)
    )
    return stated, computed, check.difference * scale


def figure(value: Fraction, like: Claim | None, *, gap: bool = False, lang: str = "zh") -> str:
    """`value` written as a figure of the kind of `like` (base units; percents as printed percent).

    Money and counts take 亿 or 万 as a writer would; what does not end within the scale's decimals is marked 约.
    `gap` writes the difference of two percents in 个百分点.
    """
    if like is None:
        return _digits(value, lang)
    if like.kind in (Kind.PERCENT, Kind.POINTS):
        points = gap or like.kind is Kind.POINTS
        return _digits(value, lang) + (("个百分点" if lang == "zh" else " percentage points") if points else "%")
    if like.kind is Kind.MULTIPLE:
        return _digits(value, lang) + ("倍" if lang == "zh" else " times")
    if like.kind in (Kind.RATIO, Kind.FRACTION):
        return _digits(value, lang)
    scale, word = _scale(value, like)
    return _digits(value / scale, lang, grouped="," in like.text) + word + like.unit


def explain(check: Check, lang: str = "zh") -> str:
    """One plain sentence that says what does not add up, with the figures and the gap; `lang` is zh or en."""
    claim, like = stated_claim(check), measured_like(check)
    stated, computed, difference = printed(check)
    roles = dict(check.relation.roles)
    more = difference > 0
    words = {role: _together(claims, lang) for role, claims in roles.items() if claims}
    words |= {f"n_{role}": str(len(claims)) for role, claims in roles.items()}
    words |= {
        "stated": _named(claim) if claim else figure(stated.value, like, lang=lang),
        "computed": figure(computed.value, like, lang=lang),
        "gap": figure(abs(difference), like, gap=True, lang=lang),
        "n_items": str(len(check.relation.items) or len(roles.get("items", ()))),
        "beyond": {"zh": "超过" if more else "低于", "en": "above" if more else "below"}[lang],
        "more": {"zh": "多" if more else "少", "en": "more" if more else "less"}[lang],
    }
    sentence = _SENTENCES[_form(check)][lang].format_map(words).replace("为约", "约为")
    if check.verdict is not Verdict.UNDECIDED:
        return sentence
    if lang == "en":
        return f"{sentence}; to be clarified" + (f": {check.reason_en}" if check.reason_en else "")
    return f"{sentence}，请核实" + (f"：{check.reason}" if check.reason else "")


def header_scale(claim: Claim) -> tuple[int, str] | None:
    """(factor, word) of the unit that a bare number has from its table's header; None for a figure with its unit."""
    if claim.kind not in (Kind.AMOUNT, Kind.COUNT, Kind.MEASURE) or not _BARE.fullmatch(claim.text):
        return None
    factor = style_of(claim).factor
    return next(((scale, word) for scale, word in _HEADER_SCALES if factor == scale), (1, ""))


_BARE = re.compile(r"[-−－+(（]?[0-9０-９,，.．\s]+[)）]?")
_HEADER_SCALES = ((10**3, "千"), (10**4, "万"), (10**6, "百万"), (10**8, "亿"))


def _together(claims: Sequence[Claim], lang: str) -> str:
    """The figures of one role, which count as their sum where there are several: the two halves of a base."""
    named = [_named(claim) for claim in claims]
    if len(named) == 1:
        return named[0]
    return "、".join(named) + "之和" if lang == "zh" else " + ".join(named)


def _named(claim: Claim) -> str:
    """A figure as printed, with its unit where that stands in the header of its table."""
    if claim.kind is Kind.PERCENT and _BARE.fullmatch(claim.text):
        return f"{claim.text}%"
    scale = header_scale(claim)
    return claim.text if scale is None else claim.text + scale[1] + claim.unit


# ---------------------------------------------------------------- sentences of a check
_FORMS: tuple[tuple[str, frozenset[str]], ...] = (
    ("sum", frozenset({"total", "parts"})),
    ("product", frozenset({"unit_value", "count", "total"})),
    ("share", frozenset({"part", "base", "share"})),
    ("implied", frozenset({"part", "share"})),
    ("margin", frozenset({"revenue", "cost", "margin"})),
    ("growth", frozenset({"before", "after", "growth"})),
    ("growth_of_change", frozenset({"after", "change", "growth"})),
    ("change", frozenset({"before", "after", "change"})),
    ("direction", frozenset({"before", "after"})),
    ("rates", frozenset({"first_count", "first_rate", "second_count", "second_rate"})),
    ("list", frozenset({"stated", "items"})),
    ("figures_apart", frozenset({"left", "right"})),
    ("names_apart", frozenset({"items", "right"})),
    ("repeat", frozenset({"first", "second"})),
    ("shares", frozenset({"parts"})),
    ("households", frozenset({"households", "others"})),
    ("percent", frozenset({"percent"})),
)

_SENTENCES: dict[str, dict[str, str]] = {
    "sum": {
        "zh": "分项之和{computed}与合计{stated}相差{gap}",
        "en": "the parts add up to {computed}, {gap} {more} than the stated total {stated}",
    },
    "bound": {
        "zh": "分项之和{computed}{beyond}总数{stated}，{more}{gap}",
        "en": "the parts add up to {computed}, {gap} {beyond} the whole {stated}",
    },
    "largest": {
        "zh": "分项中的{computed}{beyond}总数{stated}，{more}{gap}",
        "en": "one part, {computed}, is {gap} {beyond} the whole {stated}",
    },
    "shares": {
        "zh": "各部分占比之和为{computed}，与{stated}相差{gap}",
        "en": "the shares add up to {computed}, {gap} {more} than {stated}",
    },
    "product": {
        "zh": "按{unit_value}和{count}计算应为{computed}，与文中的{stated}相差{gap}",
        "en": "{unit_value} times {count} gives {computed}, {gap} from the stated {stated}",
    },
    "average": {
        "zh": "按{total}和{count}计算，平均应为{computed}，与文中的{stated}相差{gap}",
        "en": "{total} over {count} is {computed} each, {gap} from the stated {stated}",
    },
    "share": {
        "zh": "{part}占{base}应为{computed}，与文中的{stated}相差{gap}",
        "en": "{part} of {base} is {computed}, {gap} from the stated {stated}",
    },
    "implied": {
        "zh": "按{part}和{share}推算，基数{computed}，不是整数",
        "en": "{part} at {share} implies a base of {computed}, which is no whole number",
    },
    "margin": {
        "zh": "收入{revenue}、成本{cost}，毛利率应为{computed}，与表中的{stated}相差{gap}",
        "en": "revenue {revenue} less cost {cost} is a margin of {computed}, {gap} from the stated {stated}",
    },
    "growth": {
        "zh": "由{before}到{after}，增减幅应为{computed}，与文中的{stated}相差{gap}",
        "en": "from {before} to {after} is a change of {computed}, {gap} from the stated {stated}",
    },
    "growth_of_change": {
        "zh": "按{after}和增减额{change}计算，增减幅应为{computed}，与文中的{stated}相差{gap}",
        "en": "a change of {change} to {after} is {computed}, {gap} from the stated {stated}",
    },
    "change": {
        "zh": "由{before}到{after}，增减额应为{computed}，与文中的{stated}相差{gap}",
        "en": "from {before} to {after} is a change of {computed}, {gap} from the stated {stated}",
    },
    "direction": {
        "zh": "由{before}到{after}，与文中所说的增减方向不符",
        "en": "from {before} to {after} does not go the way the text says",
    },
    "rates": {
        "zh": "由{first_count}、{first_rate}推算的基数与由{second_count}、{second_rate}推算的不一致，相差{gap}",
        "en": "{first_count} at {first_rate} implies a base {gap} from that of {second_count} at {second_rate}",
    },
    "list": {
        "zh": "文中称“{stated}”，实际列举{n_items}项",
        "en": "the text announces {stated} but lists {n_items}",
    },
    "figures_apart": {
        "zh": "前面有{n_left}个数字，后面有{n_right}个，不能一一对应",
        "en": "{n_left} figures stand before and {n_right} after: they do not pair off",
    },
    "names_apart": {
        "zh": "前面列了{n_items}项，后面有{n_right}个数字，不能一一对应",
        "en": "{n_items} things are listed but {n_right} figures follow: they do not pair off",
    },
    "repeat": {
        "zh": "同一事项前后不一致：一处为{first}，另一处为{second}，相差{gap}",
        "en": "the same fact is given as {first} and as {second}, {gap} apart",
    },
    "households": {
        "zh": "{households}与{others}说的是同一批对象，户数却不同，其中一个或许应为人数",
        "en": "{households} and {others} number the same households differently; one of them may be people",
    },
    "households >=": {
        "zh": "{households}只有{others}，每户不足一人",
        "en": "{others} in {households} is less than one to a household",
    },
    "households <=": {
        "zh": "{households}有{others}，户均超过十人",
        "en": "{others} in {households} is more than ten to a household",
    },
    "percent": {
        "zh": "{percent}超过了100%",
        "en": "{percent} is more than 100%",
    },
    "one": {
        "zh": "按文中数字计算为{computed}，与所称{stated}相差{gap}",
        "en": "the text's own figures give {computed}, {gap} {more} than the stated {stated}",
    },
    "two": {
        "zh": "按文中数字，一种算法得{computed}，另一种算法得{stated}，相差{gap}",
        "en": "the text's own figures give {computed} one way and {stated} the other, {gap} apart",
    },
}


def _form(check: Check) -> str:
    """Which sentence explains a check: by the roles that it fills and how they are compared."""
    roles = {role for role, claims in check.relation.roles if claims} | ({"items"} if check.relation.items else set())
    expectation = check.relation.expectation
    sides = (expectation.left, expectation.right)
    form = next((form for form, needed in _FORMS if needed <= roles), "one" if stated_claim(check) else "two")
    if form == "product" and Name("unit_value") in sides:
        return "average"
    if form == "one" and "total" in roles and all(_adds(side) for side in sides):
        return "sum"
    if form == "households" and expectation.operator != "==":
        return f"{form} {expectation.operator}"
    if form == "sum" and expectation.operator != "==":
        return "largest" if any(isinstance(side, Call) and side.function == "max" for side in sides) else "bound"
    return form


def _adds(expression: Expression) -> bool:
    """Whether an expression is nothing but figures added up."""
    match expression:
        case Operation("+", left, right):
            return _adds(left) and _adds(right)
        case Call(function, _):
            return function == "sum"
        case _:
            return isinstance(expression, Name)


# ---------------------------------------------------------------- numbers as a writer prints them
_PLACES = 4


def _digits(value: Fraction, lang: str, *, grouped: bool = False) -> str:
    """The digits of `value`: up to four decimals, five significant digits and marked 约 where they do not end there.

    `grouped` sets thousands apart with commas.
    """
    places = _PLACES
    if value * 10**_PLACES % 1:
        places = max(0, _PLACES + 1 - len(str(int(abs(value)))))
    rounded = round(value, places)
    digits = f"{abs(rounded.numerator) * 10**_PLACES // rounded.denominator:0{_PLACES + 1}d}"
    whole, part = digits[:-_PLACES], digits[-_PLACES:].rstrip("0")
    about = "" if rounded == value else "约" if lang == "zh" else "about "
    if grouped:
        whole = f"{int(whole):,}"
    return about + ("-" if rounded < 0 else "") + whole + (f".{part}" if part else "")


def _scale(value: Fraction, like: Claim) -> tuple[int, str]:
    """The scale word a writer would use: that of the printed figure where the value stays readable in it."""
    if header := header_scale(like):
        return header
    if "亿" in like.text and abs(value) >= 10**6 or "万" not in like.text and abs(value) >= 10**8:
        return 10**8, "亿"
    if ("万" in like.text or "亿" in like.text or abs(value) >= 10**6) and abs(value) >= 10**3:
        return 10**4, "万"
    return 1, ""
