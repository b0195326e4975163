"""Coverage-guided fuzzing of extraction: `python -m tests.fuzz.extraction [libFuzzer options]`, with atheris installed.

The fuzzer's bytes choose pieces of reports and stray characters, so that it works on figures from the start. Ten
minutes: `python -m tests.fuzz.extraction -max_total_time=600`.
"""

from __future__ import annotations

import sys
from itertools import pairwise

if __name__ == "__main__":
    import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

    with atheris.instrument_imports(include=["audit"]):
        from audit.extract import extract
        from audit.read import ReadError, read_text
else:
    from audit.extract import extract
    from audit.read import ReadError, read_text

WORDS = [
    *(
        "万元",
        "亿元",
        "公顷",
        "平方米",
        "千瓦时",
        "个百分点",
        "百分之",
        "分之",
        "以上",
        "以下",
        "左右",
        "不超过",
        "至少",
    ),
    *(
        "人均",
        "户均",
        "每户",
        "增长",
        "增长到",
        "分别",
        "其中",
        "一是",
        "第一书记",
        "一事一议",
        "十三五",
        "统一",
        "km²",
    ),
    *(
        "2024年",
        "3月5日",
        "1,234",
        "12.5",
        "10:30",
        "1:0.5",
        "GDP",
        "PM",
        "http://a.b",
        "kWh",
        "单位：万元",
        "| 合计 |",
    ),
]
PIECES = [
    *"0123456789０１２３４５６７８９一二三四五六七八九十百千万亿两零〇○半几数廿俩壹佰",
    *"，。；：、！？,.;:()（）[]【】〔〕“”‘’《》|/／%％‰+-—–－~～·$¥￥*×=<>≥≤",
    *" \t\n\u3000\x0c\xa0\r\ufeff\x00😀é",
    *"元人户个名家亩年月日号时分点成折倍番级大化有清第每约近超余多来上下左右以内外至到由从的和与及为达占比增减共其中",
    *WORDS,
]


def text_of(data: bytes) -> str:
    """The text that some bytes choose: one piece a byte, bytes beyond the pieces repeat the one before."""
    text, last = "", ""
    for byte in data:
        if byte < len(PIECES):
            last = PIECES[byte]
            text += last
        else:
            text += last * (byte - len(PIECES))
    return text


def check(text: str) -> None:
    """Fails where extraction does not do for a text what it does for any: spans that read back, in order, disjoint."""
    try:
        document = read_text(text)
    except ReadError:
        return
    found = extract(document)
    for entries in (found.claims, found.rejected):
        end = 0
        for entry in entries:
            assert document.text[entry.span.start : entry.span.end] == entry.text
            assert end <= entry.span.start < entry.span.end, (entry, text)
            end = entry.span.end
    taken = sorted([*(c.span for c in found.claims), *(r.span for r in found.rejected)])
    assert not any(a.overlaps(b) for a, b in pairwise(taken)), text
    for claim in found.claims:
        assert claim.span.contains(claim.numeral)
        assert claim.reading
        assert claim.value in claim.interval.hull(claim.loose) or claim.hedge, (claim, text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, lambda data: check(text_of(data)))
    atheris.Fuzz()
