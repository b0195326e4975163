"""A check in words: which figure it is held against, what does not add up, and the fingerprint of its evidence."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from fractions import Fraction
from functools import lru_cache

from audit.claim import Claim, Kind
from audit.document import Document
from audit.rule.expression import Call, Expression, Name, Operation
from audit.span import Span
from audit.verdict import Check, Quantity, Verdict


def stated_claim(check: Check) -> Claim | None:
    """The figure that stands alone on the stated side of the check's comparison; None where there is no such one."""
    expectation = check.relation.expectation
    alone = [side.name for side in (expectation.left, expectation.right) if isinstance(side, Name)]
    for role, claims in check.relation.roles:
        if role in alone and len(claims) == 1 and claims[0].value * claims[0].ratio == check.stated.value:
            return claims[0]
    return None


def printed_scale(check: Check) -> Fraction:
    """What turns the check's quantities into printed numbers: 100 where percents or points are compared, else 1."""
    claim = stated_claim(check)
    return 1 / claim.ratio if claim else Fraction(1)


def printed(check: Check) -> tuple[Quantity, Quantity, Fraction]:
    """(stated, computed, difference) in base units, percents and points as printed percent."""
    scale = printed_scale(check)
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
        return _digits(value)
    if like.kind in (Kind.PERCENT, Kind.POINTS):
        points = gap or like.kind is Kind.POINTS
        return _digits(value) + (("个百分点" if lang == "zh" else " percentage points") if points else "%")
    if like.kind is Kind.MULTIPLE:
        return _digits(value) + "倍"
    if like.kind in (Kind.RATIO, Kind.FRACTION):
        return _digits(value)
    scale, word = _scale(value, like)
    return _digits(value / scale) + word + like.unit


def explain(check: Check, lang: str = "zh") -> str:
    """One plain sentence that says what does not add up, with the figures and the gap; `lang` is zh or en."""
    claim = stated_claim(check)
    stated, computed, difference = printed(check)
    words = {role: claims[0].text for role, claims in check.relation.roles if claims}
    listed = len(check.relation.items) or sum(len(claims) for role, claims in check.relation.roles if role == "items")
    more = difference > 0
    words |= {
        "stated": claim.text if claim else figure(stated.value, claim),
        "computed": figure(computed.value, claim),
        "gap": figure(abs(difference), claim, gap=True, lang=lang),
        "listed": str(listed),
        "beyond": {"zh": "超过" if more else "低于", "en": "above" if more else "below"}[lang],
        "more": {"zh": "多" if more else "少", "en": "more" if more else "less"}[lang],
    }
    sentence = _SENTENCES[_form(check)][lang].format_map(words)
    if check.verdict is not Verdict.UNDECIDED:
        return sentence
    doubt = check.reason or "；".join(check.relation.doubts)
    if lang == "en":
        return f"{sentence}; to be clarified" + (f": {doubt}" if doubt else "")
    return f"{sentence}，请核实" + (f"：{doubt}" if doubt else "")


def fingerprint(check: Check, document: Document) -> str:
    """32 hexadecimal digits that name the check by its rule and the wording of its evidence, not by its place.

    The evidence is the sentence of every bound figure and listed item, without white space and with full-width
    characters folded to half width (Unicode NFKC). A sentence that stands more than once in the document is told
    apart by its ordinal.
    """
    sentences = _sentences(document.text)
    parts = [check.relation.rule.id]
    places = [(role, claim.span) for role, claims in check.relation.roles for claim in claims]
    places += [("items", span) for span in check.relation.items]
    for role, span in places:
        ordinal, start, wording = sentences.around(span)
        offset = len(_folded(document.text[start : span.start])) if start <= span.start else 0
        parts += [role, _folded(span.of(document.text)), str(offset), wording, str(ordinal)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


# ---------------------------------------------------------------- sentences of a check
_FORMS: tuple[tuple[str, frozenset[str]], ...] = (
    ("sum", frozenset({"total", "parts"})),
    ("share", frozenset({"part", "base", "share"})),
    ("change", frozenset({"before", "after"})),
    ("product", frozenset({"unit_value", "count", "total"})),
    ("list", frozenset({"stated", "items"})),
    ("repeat", frozenset({"first", "second"})),
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
    "share": {
        "zh": "{part}占{base}应为{computed}，与文中的{stated}相差{gap}",
        "en": "{part} of {base} is {computed}, {gap} from the stated {stated}",
    },
    "change": {
        "zh": "由{before}到{after}，按变动关系应为{computed}，与文中的{stated}相差{gap}",
        "en": "from {before} to {after}: computed {computed}, stated {stated}, {gap} apart",
    },
    "product": {
        "zh": "按{unit_value}和{count}计算应为{computed}，与文中的{stated}相差{gap}",
        "en": "{unit_value} times {count} gives {computed}, {gap} from the stated {stated}",
    },
    "list": {
        "zh": "文中称“{stated}”，实际列举{listed}项",
        "en": "the text announces {stated} but lists {listed}",
    },
    "repeat": {
        "zh": "同一事项前后不一致：一处为{first}，另一处为{second}，相差{gap}",
        "en": "the same fact is given as {first} and as {second}, {gap} apart",
    },
    "": {
        "zh": "按文中数字计算为{computed}，与所称{stated}相差{gap}",
        "en": "the text's own figures give {computed}, {gap} {more} than the stated {stated}",
    },
}


def _form(check: Check) -> str:
    """Which sentence explains a check, by the roles that it fills."""
    roles = {role for role, claims in check.relation.roles if claims}
    if check.relation.items:
        roles.add("items")
    expectation = check.relation.expectation
    form = next((form for form, needed in _FORMS if needed <= roles), "")
    if not form and "total" in roles and all(_adds(side) for side in (expectation.left, expectation.right)):
        form = "sum"
    # Parts that must merely stay below their whole are not told that they miss it.
    return "bound" if form == "sum" and expectation.operator != "==" else form


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


def _digits(value: Fraction) -> str:
    rounded = round(value, _PLACES)
    digits = f"{abs(rounded.numerator) * 10**_PLACES // rounded.denominator:0{_PLACES + 1}d}"
    whole, part = digits[:-_PLACES], digits[-_PLACES:].rstrip("0")
    about = "" if rounded == value else "约"
    return about + ("-" if rounded < 0 else "") + whole + (f".{part}" if part else "")


def _scale(value: Fraction, like: Claim) -> tuple[int, str]:
    """The scale word a writer would use: that of the printed figure where the value stays readable in it."""
    if "亿" in like.text and abs(value) >= 10**6:
        return 10**8, "亿"
    if abs(value) >= 10**8:
        return 10**8, "亿"
    if ("万" in like.text or "亿" in like.text or abs(value) >= 10**6) and abs(value) >= 10**3:
        return 10**4, "万"
    return 1, ""


# ---------------------------------------------------------------- evidence
_SENTENCE = re.compile(r"[^。！？!?；;\r\n]+")


class _Sentences:
    """The sentences of a text: wording without place, and which of several equal ones each is."""

    def __init__(self, text: str) -> None:
        spans = [Span(m.start(), m.end()) for m in _SENTENCE.finditer(text)]
        seen: Counter[str] = Counter()
        self._at: list[tuple[Span, str, int]] = []
        for span in spans:
            wording = _folded(span.of(text))
            self._at.append((span, wording, seen[wording]))
            seen[wording] += 1

    def around(self, span: Span) -> tuple[int, int, str]:
        """(ordinal, start, wording) of the sentence that `span` starts in."""
        low, high = 0, len(self._at)
        while low < high:
            middle = (low + high) // 2
            if self._at[middle][0].end <= span.start:
                low = middle + 1
            else:
                high = middle
        if low == len(self._at):
            return 0, span.start, ""
        sentence, wording, ordinal = self._at[low]
        return ordinal, sentence.start, wording


@lru_cache(maxsize=4)
def _sentences(text: str) -> _Sentences:
    return _Sentences(text)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
