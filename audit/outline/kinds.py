"""The node kinds that rules can look at, with their slots, forms and features: what rule files may say of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node, explained in one line for people who write rules.

    `slots`, `forms`, `features` and `givens` (numbers that expressions may use) are pairs of a name and its
    explanation. `cue` says that its nodes mark the word that made them (其中, 分别为), so that selectors may say
    `before: cue` without naming one.
    """

    name: str
    about: str
    slots: tuple[tuple[str, str], ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    features: tuple[tuple[str, str], ...] = ()
    givens: tuple[tuple[str, str], ...] = ()
    cue: bool = False


_OF_PARTS = (
    ("closed", "各部分已列全"),
    ("open", "列举以“等”结尾，没有列全"),
    ("partition", "各部分的名称合起来就是整体（城镇、农村）"),
    ("remainder", "末项是“其余”“其他”"),
    ("overlapping", "各部分可能重叠（女性、党员、35岁以下）"),
)
_OF_SPLIT = (
    *_OF_PARTS,
    ("disjoint", "各部分不会重叠"),
    ("separate", "看不出各部分会重叠"),
    ("netting", "有的部分是减项"),
    ("changes", "总数是增减额或净额，部分可以比它大"),
    ("slip", "只差一处笔误就能相符，或许就是笔误"),
    ("firm", "各部分之和大于总数，各部分又显然都是它的部分"),
    ("clear_slip", "只差一处笔误就能相符，且难以是巧合"),
)

NODE_KINDS: tuple[NodeKind, ...] = (
    NodeKind(
        "alignment",
        "“分别”前后一一对应的两列",
        slots=(("left", "前面的各数"), ("right", "后面的各数")),
        forms=(("names", "前面列的是名称"), ("figures", "前面列的是数字")),
        features=(("firm", "前面所列只有一种读法"),),
        cue=True,
    ),
    NodeKind(
        "average",
        "平均数（户均、人均、亩均）和它的总数、个数",
        slots=(("total", "总数"), ("count", "个数"), ("unit_value", "平均数")),
        forms=(("sentence", "三个数在同一句里"), ("named", "平均数写明了是什么的平均：平均每个家庭户的人口")),
        features=(("alone", "句中只有一个总数、一个个数"),),
    ),
    NodeKind(
        "bounded",
        "达到或超过100%的占比和比率",
        slots=(("percent", "百分比"),),
        forms=(("rate", "覆盖率、入学率等"), ("share", "占……的百分之几")),
        features=(("rate", "覆盖率、入学率等"), ("share", "占……的百分之几")),
    ),
    NodeKind(
        "breakdown",
        "总数及文中列出的各组成部分",
        slots=(("total", "总数"), ("parts", "各组成部分")),
        forms=(
            ("qizhong", "其中……"),
            ("bracket", "总数后面的括号"),
            ("including", "包括……、含……"),
            ("among", "在2300人中……"),
            ("subset", "仅……就……"),
            ("colon", "冒号后列出"),
            ("grouping", "分产业看……、按地区分……"),
            ("list", "一是……二是……"),
            ("lines", "冒号后每段一项"),
        ),
        features=(
            *_OF_SPLIT,
            ("full", "“分别为”“即”等字样说明已列全"),
            ("apart", "总数在另一句里"),
            ("beyond", "总数在上一段里"),
            ("bracketed", "各部分在括号里"),
            ("pairs", "括号里只有“名称加数字”"),
            ("colon", "列表前有冒号"),
            ("every", "列表每一项都有同类数字"),
            ("far", "总数与列表之间隔着别的话"),
            ("shared", "文中说明有的重复、兼有"),
            ("restated", "总数在前文，这里又说了它的名称"),
        ),
        cue=True,
    ),
    NodeKind(
        "change",
        "由A变到B，或比上期增减多少、增减百分之几",
        slots=(
            ("before", "原来的数"),
            ("after", "现在的数"),
            ("change", "增减额"),
            ("growth", "增减幅"),
            ("average", "年均增减幅"),
            ("next_change", "后一年的增减额"),
            ("next_growth", "后一年的增减幅"),
        ),
        forms=(
            ("from-to", "由A增加到B"),
            ("stated", "上年A，今年B，增长g%：两个时期的数写在一起"),
            ("multiplied", "由A增加到B，增长n倍、翻n番、减少一半"),
            ("change-growth", "增加d，增长g%"),
            ("change-of-base", "与A相比，增加d，增长g%"),
            ("difference", "B，比A多d"),
            ("periods", "前文分年给出的数，后文说其增减幅"),
            ("years", "别处写出了所比年份的数，名称相同"),
            ("average", "若干年共增长g%，年均增长r%"),
            ("average-ends", "从A增加到B，年均增长r%"),
            ("chained", "相邻两年的增减额和增减幅"),
        ),
        givens=(("years", "所跨的年数（只有 average、average-ends 有）"),),
        features=(
            ("fell", "文中说的是减少、下降"),
            ("neutral", "文中没有说是增是减（调整为、变为）"),
            ("near", "现在的数在同一句里"),
            ("named", "现在的数在前文，名称相同"),
            ("distant", "前后两个数都在前文"),
            ("with_before", "写出了原来的数"),
            ("with_after", "写出了现在的数"),
            ("with_change", "写出了增减额"),
            ("with_growth", "写出了增减幅"),
            ("comparable", "增减幅按可比口径、不变价计算"),
            ("times", "倍数说的是现在的数为原来的几倍"),
            ("added", "倍数说的是增加了几倍"),
            ("part", "增减幅是成数、分数"),
            ("then_fell", "后一年是减少、下降"),
            ("near", "现在的数在同一句里"),
            ("named", "现在的数在前文，名称相同"),
        ),
    ),
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
        "comparison",
        "一个数超过、低于另一个数，两数都写出",
        slots=(("value", "所说的数"), ("bound", "所比的数")),
        forms=(("round", "突破500亿元，达到512亿元"), ("compared", "1115亿元，超过上年的1110亿元")),
        features=(
            ("above", "所说的数应较大"),
            ("below", "所说的数应较小"),
            ("round", "紧挨着的是一个整数关口"),
            ("compared", "比的是另一个数"),
        ),
    ),
    NodeKind(
        "composition",
        "一组合起来构成整体的百分比",
        slots=(("parts", "各百分比"),),
        forms=(
            ("sentence", "在一句里"),
            ("sentences", "在相连的几句里"),
            ("lines", "每段一项"),
            ("ratio", "三项以上的比（9.7:47.3:43）"),
        ),
        features=(
            *_OF_PARTS,
            ("hundred", "各项合起来是一百"),
            ("structure", "文中说的是结构、构成"),
            ("slip", "只差一处笔误就是一百"),
        ),
    ),
    NodeKind(
        "enumeration",
        "数词和它所概括的各项列举",
        slots=(("stated", "所称的项数"),),
        forms=(
            ("before", "a、b和c三项"),
            ("quoted", "“a、b、c”三项"),
            ("levels", "省市县三级"),
            ("previous", "a、b、c，是三大特色"),
            ("above", "以上三项"),
            ("after", "三个环节：a、b、c"),
            ("bracket", "三个县（甲、乙、丙）"),
            ("marked", "五大基地：一是……二是……"),
            ("labels", "数词之后各段以“名称：”开头"),
            ("openings", "数词之后各段或各句开头相同，并带有所数之物的名称"),
            ("bearing", "列表中名称带有所数之物的各项"),
        ),
        features=(
            ("open", "列举以“等”结尾，没有列全"),
            ("named", "数词写在引号里（“四有”）"),
            ("quoted", "各项写在引号里，或列举自成一句"),
            ("linked", "列举与数词之间有“共”“以上”等字"),
            ("pointed", "列举与数词之间有“这”字"),
            ("ragged", "列举从哪里开始不能确定"),
            ("likely", "数词多半就是概括所列各项"),
            ("certain", "数词显然概括所列各项"),
        ),
    ),
    NodeKind(
        "grouping",
        "一批人或物分成若干组：80例分为两组，各40例",
        slots=(("total", "总数"), ("each", "每组的数"), ("sizes", "各组的数")),
        forms=(("each", "各组人数相同"), ("sizes", "逐组写出人数")),
        givens=(("groups", "组数"),),
        features=(("sole", "前面只有一个数可以是总数"),),
        cue=True,
    ),
    NodeKind(
        "households",
        "并列的户数和人数：1579户3182人",
        slots=(("households", "户数"), ("others", "紧接着的另一个数")),
        forms=(("people", "后一个数是人数"), ("households", "后一个数也是户数")),
        features=(("joined", "两数之间没有别的字"), ("twice", "同一批户有两个户数")),
    ),
    NodeKind(
        "multiple",
        "一个数是另一个数的几倍，两数都写出",
        slots=(("base", "基数"), ("value", "倍数所说的数"), ("multiple", "倍数")),
        forms=(("of-base", "B，是A的n倍"),),
        features=(("integral", "倍数是整数，多半只取了整"),),
    ),
    NodeKind(
        "repeat",
        "同一事项的前后两次提及",
        slots=(("first", "前一处的数"), ("second", "后一处的数")),
        forms=(
            ("same", "数字相同，名称相同"),
            ("anchored", "前后两处，旁边的数字相同而这个数字不同"),
            ("caption", "图片说明复述正文而数字不同"),
            ("name", "引号里的名称相同，只是其中的数词不同"),
            ("slip", "名称相同，数字只差一处笔误"),
        ),
        features=(("certain", "前后文说的显然是同一件事"), ("likely", "前后文说的多半是同一件事")),
    ),
    NodeKind(
        "pairing",
        "结对的双方：103个单位定点帮扶103个村",
        slots=(("first", "一方的数目"), ("second", "另一方的数目")),
        forms=(("verb", "两个数目之间或之后是结对、帮扶等字样"),),
        features=(("explicit", "文中写明一对一"),),
    ),
    NodeKind(
        "planned",
        "项目的总投资和其中已完成、已落实的数",
        slots=(("budget", "总投资或全部规模"), ("part", "已完成、已落实的数，或其中一期的规模")),
        forms=(
            ("sentence", "两个数在同一句里"),
            ("stage", "全部规模和其中一期的规模：全长128公里，已建成86公里"),
        ),
    ),
    NodeKind(
        "rates",
        "两个数和以它们命名的两个率（开工、完工与开工率、完工率），基数相同而未写出",
        slots=(
            ("first_count", "前一个数"),
            ("first_rate", "前一个率"),
            ("second_count", "后一个数"),
            ("second_rate", "后一个率"),
        ),
        forms=(
            ("parallel", "先并列两个数，再并列两个率"),
            ("places", "并列的户数、人数和它们分别占一地户数、人数的百分比"),
            ("shares", "并列的各部分和它们各占的百分比"),
        ),
        features=(
            ("hundred", "各百分比合起来是一百"),
            ("agreed", "并列的另一项合于其中一项推出的基数"),
            ("named", "写明了基数的名称"),
            ("apart", "两项在不同的句里"),
        ),
    ),
    NodeKind(
        "rollforward",
        "两个时点的存量和其间的增减：年初数、本年退出数、下年初数",
        slots=(("opening", "期初数"), ("exits", "其间减少的数"), ("entries", "其间增加的数"), ("closing", "期末数")),
        forms=(("years", "相邻两年的年初数或年末数"), ("sentence", "一句里写出期初数、增减数和期末数")),
        features=(("close", "差额不到期末数的百分之一"), ("counted", "各数都是没有舍入的整数")),
    ),
    NodeKind(
        "share",
        "部分、基数和所占百分比",
        slots=(("part", "部分"), ("base", "基数"), ("share", "百分比")),
        forms=(
            ("named", "写明了基数"),
            ("breakdown", "基数是分项的总数"),
            ("plan", "完成计划的百分比"),
            ("united", "基数由两半合成"),
            ("unstated", "写明了基数的名称，文中没有它的数"),
            ("structure", "依次列出的结构比：三次产业结构为8.4:42.1:49.5"),
            ("rate", "以部分命名的率，基数没有写明"),
            ("periods", "分年给出的部分和基数"),
        ),
        features=(
            ("near", "基数就在近处"),
            ("distant", "基数在前文较远处"),
            ("exact", "基数的名称与文中所写完全相同"),
            ("confirmed", "另有至少两个占比合于这个基数"),
            ("twin", "紧挨着的同类占比合于这个基数"),
            ("shared", "近处别的占比也合于这个基数"),
            ("unsure", "基数的名称后面有括号限定口径，或者只是离得近"),
            ("called", "率以部分命名（处理474件，处理率）"),
            ("both", "率以部分和基数命名（资产负债率）"),
            ("sole", "句中只有一个数可以是基数"),
        ),
    ),
    NodeKind(
        "signed",
        "有增有减、有盈有亏的分项：增加A，其中甲增加B，乙减少C",
        slots=(("total", "总的增减额、盈亏额"), ("parts", "与总数同向的各项"), ("less", "与总数反向的各项")),
        forms=(("changes", "增减额"), ("results", "盈亏额")),
    ),
    NodeKind(
        "units",
        "同一数量的两种单位：590.99万公顷（8865万亩）",
        slots=(("first", "前一个数"), ("second", "换成另一种单位的数")),
        forms=(("bracket", "后一个数在括号里"), ("saying", "后一个数前有“合”“折合”“相当于”")),
        givens=(("times", "多少个后一种单位"), ("per", "合多少个前一种单位")),
    ),
    NodeKind(
        "years",
        "年数和它所指的起止年份：三年行动方案（2018—2020年）",
        slots=(("stated", "年数"),),
        forms=(
            ("beside", "起止年份就在年数旁边"),
            ("since", "起始年份在前文，截止年份是文件的日期：于2016年初开始……三年来"),
        ),
        features=(("beside", "起止年份就在年数旁边"),),
        givens=(("first", "起始年份"), ("last", "截止年份")),
    ),
    NodeKind(
        "summing",
        "先列各组成部分、后说合计，或收支相抵后的结余",
        slots=(("total", "合计"), ("parts", "各组成部分")),
        forms=(
            ("plus", "A，加上B，总数C"),
            ("after", "A……，B……，合计C"),
            ("before", "总额C，A……，B……"),
            ("parallel", "三句同样的话，末句是合计"),
            ("balance", "收入A，支出B，收支相抵，结余C"),
            ("difference", "三个数的名称说明一个是另两个之差：送审A，审定B，核减C"),
        ),
        features=_OF_SPLIT,
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
        ),
        forms=(
            ("sum", "合计等于各项之和，竖着或横着"),
            ("net", "结果等于各项相加减（减：、加：）"),
            ("balance", "期初加本期增加减本期减少等于期末"),
            ("share", "占比列、占比行"),
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
"""Every node kind with a finder; a finder and its entry here belong together (a test holds them equal)."""

ALWAYS = (
    ("holds", "按区间计算能够成立"),
    ("marginal", "不能成立，但各数末位相差不超过一个单位就能成立（尾差）"),
    ("mendable", "不能成立，但只差一处笔误就能成立，多半不是巧合"),
    ("clearly_mendable", "不能成立，但只差一处笔误就能成立，难以是巧合"),
)
"""Features that a node of any kind can have, told by the binding and not by the text."""

LISTED = "listed"
"""The slot that stands for the listed things of a node, which are no figures."""
