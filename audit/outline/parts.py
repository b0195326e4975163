"""What the names and values of parts say of a breakdown: whether it is complete, whether its parts can overlap, and
whether a slip of the pen explains a gap."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby
from math import gcd, lcm

from audit.claim import Kind
from audit.outline.cues import one_of, table
from audit.outline.naming import core, name_of
from audit.outline.tree import Aspect, Figure
from audit.quantity.exact import total as together
from audit.quantity.interval import Interval
from audit.slip import Changes, changes, weight_of_slips

MAX_PARTS = 40
"""A breakdown of more parts than this is a listing, not a sentence; it also bounds hostile text."""
LEVELS = frozenset({Aspect.LEVEL, Aspect.END})
SUMMABLE = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.MEASURE})
SPANS_OF_TIME = frozenset({"time", "months", "age"})
MAX_SLIP_PARTS = 12
"""Breakdowns of more parts are not searched for slips; with so many figures chance explains most gaps."""
SLIP = 30
"""Odds from which a gap is worth a question: a slip is about as likely as an incomplete breakdown."""
SURE_SLIP = 1500
"""Odds from which a gap is taken for a slip. One relation in a hundred has one, four breakdowns in ten are incomplete:
these odds leave one alarm in twenty wrong."""
EXCESS = 20
"""How much less likely parts that exceed their total are than parts that do not reach it, where the last of them may
speak of something else."""
FIRM_EXCESS = 200
"""The same where none of them can: where all are coordinated, or those before the last exceed the total already."""
SUMMED = 8
"""How much seldomer a list is incomplete that 共 or 合计 sums up at its end: one in twenty, not four in ten."""
_SMALL = tuple(Fraction(1, n) for n in (100, 100, 100, 50, 20))
"""How often what a breakdown of 0, 1, 2 … parts leaves out is of any order of magnitude alike: a text that names most
kinds leaves out small ones (装机29196万千瓦，其中火电…，水电…，核电…，风电…，太阳能…, all but 5万千瓦)."""
_LN_2 = Fraction(7, 10)
_CHOSEN_FROM = 12
"""A total or parts that are chosen among others are chosen among no more than this."""
_EXCEEDING = ("超", "突破", "逾")
_COORDINATED = ("、", "和", "与", "及", "以及")
_STATEMENT = 6
"""What is said of a part is at least this long; a shorter text behind it is its name (3个乡镇、5个街道)."""
_SAID_WITHIN = 400
"""What is said of parts stands within so many characters."""
_LOOSE = 100
_NEAR = 10
"""Figures of which one bound is stated add up where they miss the total by no more than a tenth, as 约 allows."""
_MAY_OVERLAP = frozenset({"person", "household"})


@dataclass(frozen=True, slots=True)
class _Cues:
    remainder: re.Pattern[str]
    overlapping: re.Pattern[str]
    netting: re.Pattern[str]
    net: re.Pattern[str]
    shared: re.Pattern[str]
    denied: re.Pattern[str]
    whole: re.Pattern[str]
    another: re.Pattern[str]
    states: frozenset[str]
    partitions: Mapping[int, Sequence[Sequence[str]]]


@cache
def _cues() -> _Cues:
    data = table("breakdowns")
    return _Cues(
        remainder=re.compile(one_of(data["remainder"]["words"])),
        overlapping=re.compile(one_of(data["overlapping"]["words"])),
        netting=re.compile(one_of(data["netting"]["words"])),
        states=frozenset(data["average"]["states"]),
        net=re.compile(one_of(data["net"]["words"])),
        shared=re.compile(one_of(data["shared"]["words"])),
        denied=re.compile(f"{one_of(data['remainder']['denied'])}(?P<what>[^，、]{{2,8}})$"),
        whole=re.compile(one_of(data["whole"]["words"])),
        another=re.compile(data["whole"]["another"]),
        partitions={size: [*rows] for size, rows in groupby(sorted(data["partitions"]["rows"], key=len), key=len)},
    )


def may_sum(figure: Figure) -> bool:
    """Whether figures of this kind are ever added up: amounts, counts and measures, but not temperatures and the like,
    nor spans of time; days are counted as well (优112天、良200天)."""
    claim = figure.claim
    if claim.kind not in SUMMABLE or claim.unit in _cues().states:
        return False
    return claim.dimension.partition(":")[0] not in SPANS_OF_TIME or claim.unit == "天"


def summed_as(figure: Figure) -> str:
    """What is counted: medals of any metal are medals (21金18银15铜共54枚)."""
    medals = table("breakdowns")["medals"]
    return str(medals["unit"]) if figure.claim.unit in medals["metals"] else figure.claim.dimension


def fits_with(figure: Figure, aspects: frozenset[Aspect]) -> Callable[[Figure], bool]:
    """Whether a figure can stand in one sum with the given one: same dimension and aspect, no rise among falls."""
    dimension, sign, changes = figure.claim.dimension, figure.sign, Aspect.CHANGE in aspects

    def fits(other: Figure) -> bool:
        return (
            not (_is_threshold(other) and _is_threshold(figure) and other is not figure)
            and other.claim.dimension == dimension
            and other.aspect in aspects
            and may_sum(other)
            and (not changes or other.sign == sign)
        )

    return fits


def _is_threshold(figure: Figure) -> bool:
    """Whether the figure says what others exceed (11个省份投资超过500亿元), which has no parts that exceed another."""
    return (figure.claim.hedge or "").startswith(_EXCEEDING)


def features_of_parts(parts: Sequence[Figure]) -> frozenset[str]:
    """What the names of parts say of them: `open` (等), `remainder` (其余), `partition` (a known one), `overlapping`,
    and `closed` where they make up a whole."""
    cues = _cues()
    names = [f.lead + f.claim.label + f.claim.unit for f in parts]
    features = set()
    if any(f.tail.startswith("等") for f in parts):
        features.add("open")
    if any(cues.remainder.match(n.lstrip("、和及，")) for n in names[1:]):
        features.add("remainder")
    if any(_is_partition(names, row) for row in cues.partitions.get(len(names), ())) or _are_opposite(parts):
        features.add("partition")
    if any(cues.overlapping.search(n) for n in names):
        features.add("overlapping")
    if features & {"partition", "remainder"} and "open" not in features:
        features.add("closed")
    return frozenset(features)


def features_of_split(total: Figure, parts: Sequence[Figure], facts: frozenset[str]) -> frozenset[str]:
    """The features of a total and its parts: those of the parts, and `disjoint` or `separate` where the parts cannot
    or hardly overlap, `netting` where a part is taken off, `vague` where bounds alone let them add up, `slip` or
    `clear_slip` where one slip likely explains the gap, `firm` where that slip makes parts exceed their total that are
    parts beyond doubt; `facts` are what the construction itself says, `summed` where it sums up a list."""
    cues = _cues()
    features = set(facts) | features_of_parts(parts)
    if "partition" in features and _narrower(total, parts):
        features -= {"partition", "closed"}
    told_behind = "shared" in facts or (_told_behind(parts) and "closed" not in features)
    if told_behind:
        features.add("overlapping")
    elif total.claim.dimension not in _MAY_OVERLAP or "partition" in features:
        features.add("disjoint")
    elif "overlapping" not in features:
        features.add("separate")
    paired = "pairs" in features and len(parts) > 1 and "disjoint" in features and _are_coordinated(parts)
    # 2716例（出院1984例，死亡25例） leaves out who is still in care; only a gap that a slip explains says more.
    complete = "full" in features or (paired and (is_even(total, parts) or slip_odds(total, parts)[0] > 0))
    if complete and "open" not in features:
        features.add("closed")
    if has_deduction(parts) and not cues.netting.search(total.lead):
        features.add("netting")
    if is_vague(total, parts):
        features.add("vague")
    if len(parts) > 1 and not is_even(total, parts):
        features |= _of_gap(total, parts, features, told_behind)
    return frozenset(features)


def _of_gap(total: Figure, parts: Sequence[Figure], features: AbstractSet[str], told_behind: bool) -> AbstractSet[str]:
    """What a slip says of a gap: `clear_slip`, `slip`, and with the latter `firm`, where it likely explains it."""
    odds, excess = slip_odds(total, parts)
    if "summed" in features:
        odds *= SUMMED
    if excess and told_behind:
        return frozenset()
    if odds >= SURE_SLIP:
        return {"clear_slip"}
    joined = _are_coordinated(parts) or "bracketed" in features
    apart = "disjoint" in features or (joined and "separate" in features)
    if odds >= SLIP:
        return {"slip", "firm"} if excess and apart and _is_firm(total, parts) else {"slip"}
    # Parts of one list that exceed their total are no chance even where the slip might be.
    return {"slip"} if odds and excess and apart and joined and "netting" not in features else frozenset()


def remainders() -> re.Pattern[str]:
    """How a text begins that speaks of what the parts before leave (其余, 其他)."""
    return _cues().remainder


def is_called_whole(figure: Figure) -> bool:
    """Whether the words before a figure call it all of something (总, 共), as 中共党员 and 公共岗位 do not."""
    return _cues().whole.search(_cues().another.sub("", figure.lead)) is not None


def make_up_another(parts: Sequence[Figure], before: Sequence[Figure], total: Figure) -> bool:
    """Whether the figure right before the parts is their sum, so that another one behind them is not
    (职工620人，其中男455人，女165人；高级工共计274人)."""
    if not before or before[-1].claim.value == total.claim.value:
        return False
    return before[-1].claim.value == sum((part.claim.value for part in parts), Fraction(0))


def is_net(figure: Figure) -> bool:
    """Whether the figure is what is left of rises and falls (净增)."""
    return _cues().net.search(figure.lead) is not None


def is_rise_of_net(part: Figure, total: Figure) -> bool:
    """Whether a part is one of the rises that a net change is left of: it is no part of a level before it
    (年末有企业226家，比年初净增126家，其中新增186家，退出60家)."""
    is_new = part.lead.removeprefix("其中").startswith("新")
    return is_new and total.aspect is Aspect.CHANGE and part.claim.dimension == total.claim.dimension and is_net(total)


def are_said_to_overlap(text: str, start: int, end: int) -> bool:
    """Whether the text says of parts named from `start` on that some are counted twice (部分兼营两种以上)."""
    return _cues().shared.search(text, start, min(end, start + _SAID_WITHIN)) is not None


def has_deduction(parts: Sequence[Figure]) -> bool:
    """Whether one of the parts is taken off rather than added (负债占2.0%)."""
    return any(_cues().netting.search(part.lead) for part in parts)


def _narrower(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts are men and women of a narrower group than the people counted (合唱团560人，包括女高音部214人、
    男高音部97人)."""
    if total.claim.dimension != "person":
        return False
    named = total.lead + total.claim.label
    groups = [re.sub("^.*[男女][性生]?", "", core(name_of(part))) for part in parts]
    return all(len(group) > 1 and group[-1] not in named for group in groups)


def _told_behind(parts: Sequence[Figure]) -> bool:
    """Whether parts are told apart by what is said of them, which may hold of some twice (其中29家商户的证照齐全，
    7家门店曾经被人投诉)."""
    return len(parts) > 1 and all(
        part.claim.kind is Kind.COUNT and not core(part.lead.removeprefix("其中")) and len(part.tail) >= _STATEMENT
        for part in parts
    )


def is_even(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts can add up to the total within rounding; see also `is_vague`."""
    intervals = [part.claim.interval for part in parts]
    bounds = total.claim.interval
    # Most breakdowns miss by far: plain sums of the ends settle them before any interval is built.
    if bounds.high is not None and None not in (lows := [i.low for i in intervals]):
        if together(low for low in lows if low is not None) > bounds.high:
            return False
    if bounds.low is not None and None not in (highs := [i.high for i in intervals]):
        if together(high for high in highs if high is not None) < bounds.low:
            return False
    return Interval.total(intervals).meets(bounds) and not is_vague(total, parts)


def is_vague(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether figures that are far from adding up can do so all the same, which says nothing, because only one bound
    is stated of some (里程超过38万公里，其中新建2450公里、改建900公里以上)."""
    if all(figure.claim.interval.bounded for figure in (total, *parts)):
        return False
    gap = total.claim.value - together(part.claim.value for part in parts)
    return bool(abs(gap) * _NEAR > abs(total.claim.value))


def is_loosely_even(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts that can add up to the total may as well miss it by a hundredth or more."""
    widths = together(f.claim.interval.width or Fraction(0) for f in (total, *parts))
    exact = together(part.claim.value for part in parts) == total.claim.value
    return not exact and widths * _LOOSE > abs(total.claim.value)


def slip_odds(total: Figure, parts: Sequence[Figure]) -> tuple[Fraction, bool]:
    """How much likelier a complete breakdown with one slip of the pen is than an incomplete one that happens to miss
    the total by just as much, 0 where no single slip explains the gap; and whether the parts exceed the total.

    A slip is one of all those that the figures offer, each as likely as its weight; an incomplete breakdown can miss
    by any multiple of the figures' common grid up to the total, be what it leaves out any size alike or of any order of
    magnitude alike (see _SMALL). A slip that explains the gap only within rounding
    explains as many multiples as the rounding is wide. Parts that exceed their total are hardly incomplete, which
    counts EXCESS-fold or FIRM_EXCESS-fold.
    """
    gap = total.claim.value - together(f.claim.value for f in parts)
    figures = (total, *parts)
    if len(parts) > MAX_SLIP_PARTS or not gap or any(f.claim.hedge for f in figures):
        return Fraction(0), gap < 0
    widths = together(f.claim.interval.width or Fraction(0) for f in figures)
    reaches = [_reach(figure) for figure in figures]
    # All in integers of one unit: a breakdown has hundreds of slips, and a document many breakdowns.
    unit = 2 * lcm(gap.denominator, widths.denominator, *(reach.step.denominator for reach in reaches))
    missing, rounding = int(gap * unit), int(widths * unit) // 2
    mended = [int(part.claim.value * unit) + missing for part in parts]
    cell = common_grid([f.claim.value for f in figures])
    for allowed in (0, rounding):
        # By how much each figure would have to change; a part is more than nothing.
        mending = [(reaches[0], -missing)]
        mending += [(reach, missing) for reach, new in zip(reaches[1:], mended, strict=True) if abs(new) > allowed]
        weight = sum(reach.weight(int(reach.step * unit), wanted, allowed) for reach, wanted in mending)
        if weight:
            break
        cell += widths
    every = sum(weight_of_slips(f.claim) for f in figures)
    if not every:
        return Fraction(0), gap < 0
    most = max(abs(total.claim.value), abs(gap))
    if gap > 0:
        return Fraction(weight, every) / _chance_to_miss(gap, most, cell, len(parts)), False
    odds = most / cell * weight / every
    return odds * (FIRM_EXCESS if _is_firm(total, parts) else EXCESS), True


def _chance_to_miss(gap: Fraction, most: Fraction, cell: Fraction, parts: int) -> Fraction:
    """How likely an incomplete breakdown of so many parts misses its total by just that gap."""
    small = _SMALL[min(parts, len(_SMALL) - 1)]
    magnitudes = max(int(most / cell).bit_length(), 1) * _LN_2
    return cell * ((1 - small) / most + small / (gap * magnitudes))


def is_sure_slip(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a slip explains the gap so well that it does even where total or parts were chosen among many."""
    return slip_odds(total, parts)[0] >= SURE_SLIP * _CHOSEN_FROM


def is_coordinated(part: Figure) -> bool:
    """Whether 、 or 和 joins the figure to the one before it, be it behind its noun (60名工人和66名农民)."""
    lead = part.lead
    return lead.startswith(_COORDINATED) or (len(lead) < _STATEMENT and lead.endswith(_COORDINATED))


def _are_coordinated(parts: Sequence[Figure]) -> bool:
    return all(is_coordinated(f) for f in parts[1:])


def _is_firm(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts that exceed their total do so whatever the last of them speaks of, or are all coordinated."""
    if _are_coordinated(parts):
        return True
    return together(f.claim.value for f in parts[:-1]) > total.claim.value


@dataclass(frozen=True, slots=True)
class _Reach:
    """By how many steps each slip mended would change a figure."""

    step: Fraction
    changes: Changes

    def weight(self, step: int, wanted: int, rounding: int) -> int:
        """The weights of the slips that change the figure by what is wanted within rounding, with integers for it,
        the rounding and a step."""
        return self.changes.weight(-((rounding - wanted) // step), (wanted + rounding) // step)


_NO_REACH = _Reach(Fraction(1), Changes(1, (), (0,)))


@lru_cache(maxsize=1024)
def _reach(figure: Figure) -> _Reach:
    found = changes(figure.claim)
    return _NO_REACH if found is None else _Reach(*found)


def common_grid(values: Sequence[Fraction]) -> Fraction:
    """The largest number that all values are whole multiples of: the fineness to which they are printed."""
    denominator = lcm(*(v.denominator for v in values))
    return Fraction(gcd(*(int(v * denominator) for v in values)) or 1, denominator)


def _are_opposite(parts: Sequence[Figure]) -> bool:
    """Whether one of two parts is called what the other is not (合格25种，不合格19种; 完成486户，未完成14户)."""
    if len(parts) != 2:
        return False
    names = [part.lead.removeprefix("其中").lstrip("、和及已").rstrip("为了有") for part in parts]
    denied = [_cues().denied.match(name) for name in names]
    return any(
        no is not None and denied[1 - n] is None and names[1 - n].endswith(no["what"]) for n, no in enumerate(denied)
    )


def _is_partition(names: Sequence[str], row: Sequence[str]) -> bool:
    if all(sum(word in name for name in names) == 1 for word in row):
        return True
    return all(word in name for word, name in zip(row, names, strict=True))
