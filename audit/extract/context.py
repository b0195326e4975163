"""What stands around a figure: hedges before it, what a rate is per, what the figure is about."""

from __future__ import annotations

import re

from audit.extract.token import Token
from audit.quantity.hedge import hedges

_HEDGE_ENDS: dict[str, list[str]] = {}
_ROUND = set("百千万亿")
_PER = re.compile(
    r".*(?:平?(?P<mean>[人户亩村店场次日月年周单篇股家均])均|每一?(?:个|名|位|家|座|栋|台|头|只|条|所|间)?(?P<each>[^，。；：:;、,\s\d（）()]{1,6}?)(?=[^，。；：:;、,]*$))",
    re.S,
)
_CLAUSE = re.compile(r"[^，。；！？\n|]*$")
_STOP = "，。；：！？,;:!?、\n|（）()“”\"《》[]【】·…"


def hedge_before(text: str, token: Token) -> None:
    """Adds the hedges directly before the numeral to the token and moves its left end over them."""
    known = hedges()
    if not _HEDGE_ENDS:
        for word in [*known.before, *known.before_round]:
            _HEDGE_ENDS.setdefault(word[-1], []).append(word)
        for ends in _HEDGE_ENDS.values():
            ends.sort(key=len, reverse=True)
    at = token.left
    for _ in range(2):
        if at == 0 or text[at - 1] not in _HEDGE_ENDS:
            break
        for word in _HEDGE_ENDS[text[at - 1]]:
            if not text.startswith(word, at - len(word)) or at < len(word):
                continue
            mode = known.before.get(word)
            if mode is None:
                if text[token.start] not in _ROUND:
                    continue
                mode = known.before_round[word]
            before = text[at - len(word) - 1 : at - len(word)]
            if before and before in known.not_after[mode]:
                continue
            token.hedges.insert(0, (word, mode))
            at -= len(word)
            break
        else:
            break
    token.left = at


def clause_before(text: str, at: int, reach: int = 40) -> str:
    """The text from the last clause boundary before `at`, at most `reach` characters."""
    window = text[max(0, at - reach) : at]
    cut = max((window.rfind(c) for c in "，。；！？,;!?\n|：:"), default=-1)
    return window[cut + 1 :]


def per_before(clause: str) -> tuple[str, bool]:
    """What a rate in this clause is per ("" for none), and whether it is an average."""
    at = clause.rfind("均")
    if at > 0 and clause[at - 1] in "人户亩村店场次日月年周单篇股家":
        return clause[at - 1], True
    at = clause.rfind("每")
    if at >= 0:
        rest = clause[at + 1 :]
        match = re.match(r"一?(?:个|名|位|家|座|栋|台|头|只|条|所|间)?([一-鿿]{1,8})", rest)
        if match:
            noun = match[1]
            short = re.match(r"户|人|年|月|日|天|次|亩|公顷|吨|公斤|斤|股|村|周期|阶段|嘎查村|小时|只|头|台|套|平方米|立方米|度", noun)
            return (short[0] if short else noun[:2]), False
    return "", False


_VERB_TAIL = re.compile(
    r"(?:分别|共计|合计|总计|累计|达到了?|达|为|约|共|的|是|至|到|了|有|占|增长|完成|实现|增加|减少|下降|上涨|提高|仅|已|就|各|只|可|能|将|在|由|从|等|以|及|和|与|超过|降低|新增|投入)+$"
)


def label_before(text: str, at: int) -> str:
    """The noun phrase that ends where the figure begins."""
    window = text[max(0, at - 24) : at].rstrip()
    cut = max((window.rfind(c) for c in _STOP), default=-1)
    phrase = _VERB_TAIL.sub("", window[cut + 1 :]).strip()
    return phrase[-12:]
