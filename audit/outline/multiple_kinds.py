"""What nodes of multiples, of funds told by a ratio, and of rates of growth side by side have to offer to rules."""

from __future__ import annotations

from audit.outline.node_kind import NodeKind

MULTIPLE_KINDS = (
    NodeKind(
        "leverage",
        "按比例配套的资金，或撬动、放大几倍的资金",
        slots=(("base", "作为基数的资金"), ("value", "配套或撬动的资金"), ("multiple", "比例或倍数")),
        forms=(
            ("matched", "A，按1:n的比例配套B"),
            ("standard", "A，自筹B，超过1:n的配套标准"),
            ("levered", "A，撬动B，放大n倍"),
        ),
        features=(
            ("above", "文中说的是超过标准"),
            ("below", "文中说的是低于标准"),
            ("later", "撬动的资金在倍数之后才说到"),
        ),
    ),
    NodeKind(
        "mixture",
        "总数和它的各部分各自的增减幅",
        slots=(("growth", "总数的增减幅"), ("parts", "与总数同增同减的各部分的增减幅")),
        forms=(("growth", "总数A，增长a%，其中B，增长b%，C，增长c%"),),
        features=(("unmixed", "各部分都与总数同增同减"),),
    ),
    NodeKind(
        "multiple",
        "一个数是另一个数的几倍，两数都写出",
        slots=(("base", "基数"), ("value", "倍数所说的数"), ("multiple", "倍数")),
        forms=(("of-base", "B，是A的n倍"), ("named", "以两数命名的比：城乡收入比、性别比")),
        features=(
            ("integral", "倍数是整数，多半只取了整"),
            ("hundred", "以后一个数为100"),
            ("sole", "两数各只有一个"),
        ),
    ),
)
"""The kinds of `multiples.py`, `leverage.py` and `mixture.py`."""
