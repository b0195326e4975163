"""How far the evidence about a broken check goes, in one sentence for the auditor."""

from __future__ import annotations

from collections.abc import Sequence

from audit.claim import Claim
from audit.span import squeeze

_REMARKS = {
    "cleared": ("{figures}另有勾稽关系印证", "{figures}: confirmed by other figures"),
    "open": (
        "仅凭文中数字不能断定是哪一个有误，按可能性大小列出",
        "the figures alone do not tell which one is wrong; likeliest first",
    ),
    "nothing": ("改动任何一个数字都不能使关系成立", "no change of a single figure makes it hold"),
    "apart": (
        "相互牵连的不符之处过多，本条单独判断",
        "too many discrepancies hang together; this one was weighed alone",
    ),
    "skipped": (
        "本文件不符之处过多，未再分析本条的疑点",
        "too many discrepancies in this document; the suspects of this one were not weighed",
    ),
}


def remark_of(kind: str, figures: Sequence[Claim] = ()) -> tuple[str, str]:
    """The remark of that kind in Chinese and in English, with the figures it speaks of."""
    names = list(dict.fromkeys(squeeze(claim.text) for claim in figures))
    zh, en = _REMARKS[kind]
    return zh.format(figures="、".join(names)), en.format(figures=", ".join(names))
