"""What a rule file may say: every key with the shape of its value and, for authors, what it is for."""

from __future__ import annotations

from audit.claim import Kind
from audit.outline.kinds import NODE_KINDS
from audit.outline.tree import Aspect
from audit.rule.shape import Choice, Fields, Flag, Formula, Key, Many, Named, Text, Whole

SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")
VERDICTS = ("exact", "rounding", "undecided", "inconsistent")
PICKS = ("only", "first", "last", "nearest", "all", "each")

_WORDS = Many(Text())
_PROSE = Text(prose=True)
_QUOTE = Text(r"(?s)[^{}]*\{\}[^{}]*", "一段恰含一个 {} 的原文", "a quotation with exactly one {}")
_ID = Text(
    r"[a-z0-9]+(-[a-z0-9]+)*", "小写字母、数字加连字符（如 parts-after-qizhong）", "lower-case words with hyphens"
)

WHERE = Fields(
    {
        "node": Key(Choice(tuple(kind.name for kind in NODE_KINDS)), "看哪一种结构", required=True),
        "form": Key(_WORDS, "只看这种结构中的哪几种写法"),
        "cue": Key(_WORDS, "结构里必须出现其中一个词"),
        "unless": Key(_WORDS, "结构里出现其中一个词就不看"),
    }
)

SELECTOR = Fields(
    {
        "quote": Key(_QUOTE, "原文，{} 代表数字；必须恰好对应文中一个数字（只用于单篇规则）"),
        "in": Key(Text(), "取结构的哪个位置上的数字"),
        "pick": Key(Choice(PICKS), "有几个候选时取哪个：only 只能有一个，all 全部，each 每个各成一条关系"),
        "kind": Key(Many(Choice(tuple(kind.value for kind in Kind))), "数字的种类"),
        "aspect": Key(Many(Choice(tuple(aspect.value for aspect in Aspect))), "数字说的是水平、增量还是占比等"),
        "unit": Key(_WORDS, "单位（元、户、亩……）"),
        "same_unit": Key(Text(), "与前面哪个角色单位相同"),
        "same_label": Key(Text(), "与前面哪个角色名称相同"),
        "before": Key(Text(), "在线索词（cue）或前面某个角色之前"),
        "after": Key(Text(), "在线索词（cue）或前面某个角色之后"),
        "lead": Key(_WORDS, "数字前紧挨着的词"),
        "lead_without": Key(_WORDS, "数字前面不能有的词"),
        "tail": Key(_WORDS, "数字后紧挨着的词"),
        "tail_without": Key(_WORDS, "数字后面不能紧跟的词"),
        "at_least": Key(Whole(1), "至少几个"),
        "at_most": Key(Whole(1), "至多几个"),
        "optional": Key(Flag(), "没有也可以"),
    },
    short="in",
)

EXPECTATION = Fields(
    {
        "that": Key(Formula(), "必须成立的比较", required=True),
        "when": Key(Formula(condition=True), "在什么条件下才要求"),
        "severity": Key(Choice(SEVERITIES), "这一条不成立时有多严重（不写则同整条规则）"),
    },
    short="that",
)

DOUBT = Fields(
    {
        "because": Key(_PROSE, "为什么不能确定，会写给审计人员看", required=True),
        "because_en": Key(_PROSE, "同一句话的英文（不写则用中文）"),
        "when": Key(Formula(condition=True), "在什么条件下不能确定；不写就是一直不能确定"),
    },
    short="because",
)

EXAMPLE = Fields(
    {
        "text": Key(Text(), "例文", required=True),
        "binds": Key(Named(Many(Text())), "各角色应取到哪些数字（照原文写）"),
        "verdict": Key(Choice(VERDICTS), "应得的结论"),
    },
    short="text",
)

RULE = Fields(
    {
        "id": Key(_ID, "规则的唯一名称", required=True),
        "relation": Key(Text(), "关系的类型（sum、share、change……）"),
        "title": Key(_PROSE, "一句话说明什么应当成立", required=True),
        "title_en": Key(_PROSE, "同一句话的英文（不写则用中文）"),
        "why": Key(_PROSE, "为什么应当成立", required=True),
        "why_en": Key(_PROSE, "同一段话的英文（不写则用中文）"),
        "severity": Key(Choice(SEVERITIES), "不成立时有多严重", required=True),
        "confidence": Key(Choice(CONFIDENCES), "报出来的有多可信", required=True),
        "false_positives": Key(Many(_PROSE), "已知会误报的情形"),
        "false_positives_en": Key(Many(_PROSE), "同样各条的英文，条数和次序相同（不写则用中文）"),
        "applies_to": Key(
            Fields({"document": Key(_WORDS, "文件名，可用 * 和 ?", required=True)}), "只用于哪些文件（单篇规则）"
        ),
        "where": Key(WHERE, "在文中哪里找"),
        "bind": Key(Named(SELECTOR), "哪些数字担任哪个角色", required=True),
        "expect": Key(Many(EXPECTATION), "什么必须成立", required=True),
        "doubt": Key(Many(DOUBT), "什么情况下只能提问，不能断定"),
        "examples": Key(
            Fields(
                {
                    "pass": Key(Many(EXAMPLE), "应当通过的例文", required=True),
                    "fail": Key(Many(EXAMPLE), "应当报出的例文", required=True),
                    "ignore": Key(Many(EXAMPLE), "根本不该触发的例文"),
                }
            ),
            "例文，测试时逐条运行",
            required=True,
        ),
    }
)
