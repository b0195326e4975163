"""The node kinds of tables, and of prose that cites them."""

from __future__ import annotations

from audit.outline.node_kind import NodeKind

TABLE_KINDS: tuple[NodeKind, ...] = (
    NodeKind(
        "citation",
        "正文引用近处表内的数，或几张表写了同一个数",
        slots=(
            ("first", "前一处的数"),
            ("second", "后一处的数"),
            ("before", "表内前一期的数"),
            ("after", "表内后一期的数"),
            ("change", "正文所写的增减额"),
            ("growth", "正文所写的增减幅"),
            ("part", "正文所写的部分"),
            ("base", "表内的基数"),
            ("share", "正文所写的占比"),
        ),
        forms=(
            ("repeat", "正文写出表内的数"),
            ("tables", "几张表同一期的同一行"),
            ("change", "正文写出表内两期相差多少"),
            ("growth", "正文写出表内两期增减百分之几"),
            ("rate", "正文所写增减额与增减幅，基数在表内"),
            ("share", "正文所写的部分与占比，基数在表内"),
        ),
        features=(
            ("fell", "文中说的是减少、下降"),
            ("certain", "同一句的其他数字与表内相符"),
        ),
    ),
    NodeKind(
        "table",
        "表内的勾稽：合计行、合计列，减、加之后的结果，期初期末，占比、增减",
        slots=(
            ("total", "合计、结果或期末数"),
            ("parts", "相加的各项"),
            ("less", "减去的各项"),
            ("part", "部分"),
            ("base", "基数"),
            ("share", "占比"),
            ("before", "前一期的数"),
            ("after", "后一期的数"),
            ("growth", "增减幅"),
            ("change", "增减额"),
            ("quantity", "数量"),
            ("unit_value", "单价"),
            ("revenue", "收入"),
            ("cost", "成本"),
            ("margin", "毛利率"),
            ("first_count", "前一行的部分"),
            ("first_rate", "前一行的占比"),
            ("second_count", "后一行的部分"),
            ("second_rate", "后一行的占比"),
        ),
        forms=(
            ("sum", "合计等于各项之和，竖着或横着"),
            ("net", "结果等于各项相加减（减：、加：）"),
            ("balance", "期初加本期增加减本期减少等于期末"),
            ("share", "占比列、占比行"),
            ("base", "占比列，表内没有基数：两行各自推出的基数"),
            ("growth", "增减幅列"),
            ("change", "增减额列"),
            ("rate", "增减额和增减幅列，没有前一期的列"),
            ("margin", "毛利率列：收入减成本后除以收入"),
            ("product", "数量、单价和总价列"),
        ),
        features=(
            ("confirmed", "同样的结构在别的列或行里相符"),
            ("explicit", "有合计、编号等字样标明"),
            ("alone", "有字样标明，但没有别的列或行可以印证"),
            ("unmarked", "没有字样标明，只是别的行、列都相符"),
        ),
    ),
)
"""The node kinds whose finders look at tables."""
