"""misses(Rules, Outline, Checks, place) -> Misses: the rules that hold nothing against each other at a place, and why.

Nothing is asked of the finders: a construction stands at the place, and then the rule is bound to it once more to see
where that ends; or there is none, and the words and figures are named that it would need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from audit.filling import Binding, choices, misfit
from audit.outline import NODE_FINDERS, Node, Outline
from audit.outline.cues import table
from audit.outline.kinds import LISTED
from audit.relation import Relation, asked_of, bind, bind_node, is_for, looks_at
from audit.rule.schema import Rule, Selector, Where
from audit.rule.words import KIND, KINDS, condition_in_words
from audit.span import Span, squeeze
from audit.verdict import Check

_SHOWN = 6
"""So many of the words that would mark a construction are named."""
_KINDS = {
    "household": ("户数", "number of households"),
    "list_count": ("数词", "number word"),
    "per": ("平均数", "average"),
}
"""What some figures that a construction needs are called, by their kind or dimension."""
Said = tuple[str, str]
"""A sentence in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Rules that check nothing at a place, or not these figures, and why.

    `figures` are the roles of the construction there as printed, "" where there is none; then `about` says what the
    rules look for.
    """

    rules: tuple[str, ...]
    why: str
    why_en: str
    figures: str = ""
    about: str = ""
    about_en: str = ""


@dataclass(frozen=True, slots=True)
class _Need:
    """What a kind of construction needs in the text: see audit/data/constructions.toml."""

    about_en: str
    needs: tuple[str, ...] = ()
    table: str = ""
    namesake: bool = False
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def words_of(self, forms: Sequence[str]) -> tuple[str, ...]:
        """The words that mark the forms; none where one of them is marked by no word."""
        by_form = dict(self.words)
        found = [by_form.get(form, ()) for form in forms]
        return tuple(dict.fromkeys(word for words in found for word in words)) if all(found) else ()


@cache
def needs() -> dict[str, _Need]:
    """What each kind of construction needs, by its name."""
    told = {
        entry["node"]: _Need(
            entry["about_en"],
            tuple(entry.get("needs", ())),
            entry.get("table", ""),
            entry.get("namesake", False),
            tuple((form, tuple(_words_at(paths))) for form, paths in entry.get("words", {}).items()),
        )
        for entry in table("constructions")["kind"]
    }
    return {name: told.get(name) or _Need(name) for name in KINDS}


def _words_at(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        file, section, key = path.split(".")
        yield from table(file)[section][key]


def misses(rules: Sequence[Rule], outline: Outline, checks: Sequence[Check], place: Span) -> tuple[Miss, ...]:
    """Why rules check nothing at a place: first those that find a construction there, then those that find none.

    A rule stands in several of them where it finds several constructions, and in none where each is checked.
    """
    at = _Place(outline, checks, place)
    standing: dict[tuple[str, str], Miss] = {}
    absent: dict[tuple[str, Said], list[Rule]] = {}
    for rule in rules:
        if rule.where is None or (rule.applies_to and not is_for(rule, outline.document.path)):
            if said := at.why_unquoted(rule):
                absent.setdefault(("", said), []).append(rule)
            continue
        nodes = [node for node in at.nodes(rule.where.node) if looks_at(rule, node, outline.text)]
        if not nodes and not at.is_checked(rule):
            absent.setdefault((rule.where.node, at.absence(rule, rule.where)), []).append(rule)
        for node in nodes:
            if said := at.why_unchecked(rule, node):
                standing.setdefault((rule.id, said[0]), Miss((rule.id,), *said, figures=_roles_of(node)))
    together = (
        Miss(tuple(rule.id for rule in alike), *why, "", *_looked_for([rule.where for rule in alike if rule.where]))
        for (_, why), alike in absent.items()
    )
    return (*standing.values(), *together)


def _looked_for(wheres: Sequence[Where]) -> Said:
    """The construction that rules look for, with its forms where all look for the same ones; "" for quotations."""
    if not wheres:
        return "", ""
    kind, forms = KINDS[wheres[0].node], wheres[0].forms
    about_en = needs()[kind.name].about_en
    if not forms or any(where.forms != forms for where in wheres):
        return kind.about, about_en
    told = "、".join(dict(kind.forms)[form] for form in forms)
    return f"{kind.about}（{told}）", f"{about_en} ({', '.join(forms)})"


def _roles_of(node: Node) -> str:
    """The figures of a construction by the slots they stand in."""
    told = [f"{slot}={'、'.join(squeeze(f.claim.text) for f in figures)}" for slot, figures in node.slots if figures]
    return " ".join([*told, f"{LISTED}={len(node.listed)}"] if node.listed else told)


class _Place:
    """A place in a document, with the constructions and checks that have a figure there."""

    def __init__(self, outline: Outline, checks: Sequence[Check], place: Span) -> None:
        self._outline = outline
        self._place = place
        self._checks = checks
        self._by_figures = {_figures_of(check.relation): check.relation.rule for check in checks}
        self._groups = {(c.relation.rule.id, c.relation.group) for c in checks if c.relation.group >= 0}
        self._here = {
            check.relation.rule.id
            for check in checks
            if any(self._is_in(claim.span) for claim in check.relation.claims)
            or any(map(self._is_in, check.relation.items))
        }
        blocks = [b for b in outline.document.blocks if b.span.start < place.end and place.start < b.span.end]
        self._said = "\n".join(block.span.of(outline.text) for block in blocks)
        self._in_table = any(block.table for block in blocks)
        claims = [c for c in outline.extraction.claims if any(c.span.overlaps(block.span) for block in blocks)]
        self._figures = {c.kind.value for c in claims} | {c.dimension for c in claims}
        self.nodes: Callable[[str], tuple[Node, ...]] = cache(self._nodes)

    def _is_in(self, span: Span) -> bool:
        return self._place.start <= span.start < self._place.end

    def _nodes(self, kind: str) -> tuple[Node, ...]:
        """The constructions of a kind that have a figure, or a thing listed, at the place."""
        return tuple(
            node
            for node in NODE_FINDERS[kind](self._outline)
            if any(self._is_in(figure.span) for figure in node.slot("")) or any(map(self._is_in, node.listed))
        )

    def is_checked(self, rule: Rule) -> bool:
        """Whether the rule checks figures at the place."""
        return rule.id in self._here

    def absence(self, rule: Rule, where: Where) -> Said:
        """Why a rule finds none of its constructions here."""
        need, kind = needs()[where.node], KINDS[where.node]
        others = dict.fromkeys(node.form for node in self.nodes(where.node))
        if need.table and not (self._in_table if need.table == "line" else self._outline.tables):
            return {
                "line": ("这一行不在表里", "this line is in no table"),
                "document": ("文件里没有表", "there is no table in the document"),
            }[need.table]
        if need.needs and not self._figures & set(need.needs):
            wanted = [_KINDS.get(name) or (KIND[name], name) for name in need.needs]
            return (
                f"这里没有{'或'.join(zh for zh, _ in wanted)}",
                f"there is no {' or '.join(en for _, en in wanted)} here",
            )
        if need.namesake and (said := self._namesake()):
            return said
        if others and where.forms and not set(others) & set(where.forms):
            told = "、".join(dict(kind.forms)[form] for form in others)
            return f"这里的写法是：{told}", f"the form here is {', '.join(others)}"
        if where.cues and not any(cue in self._said for cue in where.cues):
            return f"没有{_quoted(where.cues)}", f"there is no {' or '.join(where.cues)} here"
        if others:
            avoided = [word for word in where.unless if word in self._said]
            return f"有这条规则要避开的{_quoted(avoided)}", f"there is {' '.join(avoided)} here, which the rule avoids"
        return self._unread(rule, need.words_of(where.forms or tuple(form for form, _ in kind.forms)), dict(kind.slots))

    def _namesake(self) -> Said | None:
        """That a figure has a namesake elsewhere which is not taken for the same fact; None where it has none."""
        claims = self._outline.extraction.claims
        here = {claim.label: claim for claim in claims if claim.label and self._is_in(claim.span)}
        for claim in claims:
            if (own := here.get(claim.label)) and not self._is_in(claim.span):
                line, _ = self._outline.document.lines.place(claim.span.start)
                text, other = squeeze(own.text), squeeze(claim.text)
                apart = "differs in unit, scope or period, or need not be the same fact"
                return (
                    f"第{line}行有与{text}同名的{other}（{claim.label}），但单位、范围或时期不同，或者看不出说的是同一件事",
                    f"{other} in line {line} has the name of {text} ({claim.label}), but {apart}",
                )
        return None

    def _unread(self, rule: Rule, words: Sequence[str], slots: Mapping[str, str]) -> Said:
        """Why no construction was made out that is marked by one of some words, if by any."""
        found = next((word for word in sorted(words, key=lambda word: len(word) < 2) if word in self._said), "")
        if words and not found:
            more = len(words) > _SHOWN
            return (
                f"没有{_quoted(words[:_SHOWN])}{'等' if more else ''}字样",
                f"there is no {', '.join(words[:_SHOWN])}{' …' if more else ''} here",
            )
        wanted = [selector.slot for _, selector in rule.bind if selector.slot in slots and not selector.optional]
        told, told_en = "、".join(slots[slot] for slot in wanted), ", ".join(wanted)
        if found:
            return f"有“{found}”，但没有认出与它相配的{told}", f"{found} is here, but no {told_en} that go with it"
        return f"没有认出这样的写法，要有{told}", f"no such wording was made out; it takes {told_en}"

    def why_unquoted(self, rule: Rule) -> Said | None:
        """Why a rule that quotes its figures, or is for other documents, checks nothing here; None where it does."""
        if self.is_checked(rule):
            return None
        if rule.applies_to and not is_for(rule, self._outline.document.path):
            return "只用于别的文件", "for other documents only"
        relations, unbound = bind([rule], self._outline)
        for relation in relations:
            if any(self._is_in(claim.span) for claim in relation.claims):
                return self._carried(rule, relation)
        return (
            unbound
            and (unbound[0].reason, unbound[0].reason_en)
            or (
                "引文不在这一行",
                "what it quotes does not stand in this line",
            )
        )

    def _carried(self, rule: Rule, relation: Relation) -> Said | None:
        carrier = self._by_figures.get(_figures_of(relation))
        if carrier is None or carrier.id == rule.id:
            return None
        return f"同样几个数已由 {carrier.id} 核对", f"{carrier.id} checks the same figures"

    def why_unchecked(self, rule: Rule, node: Node) -> Said | None:
        """Why a rule checks nothing at a construction; None where it does, or takes another reading of it."""
        if node.group >= 0 and (rule.id, node.group) in self._groups:
            return None
        relations = list(bind_node(rule, node, asked_of(rule)))
        if not relations:
            return _unbound(rule, node)
        return next(filter(None, (self._carried(rule, relation) for relation in relations)), None)


def _figures_of(relation: Relation) -> tuple[frozenset[Span], str, bool]:
    """What `settle` tells places apart by."""
    figures = frozenset(claim.span for claim in relation.claims) | frozenset(relation.items)
    return figures, relation.expectation.operator, bool(relation.items)


def _unbound(rule: Rule, node: Node) -> Said:
    """Why a rule does not bind at a construction: a role that is not filled, or no expectation that applies."""
    bindings: list[Binding] = [{}]
    for role, selector in rule.bind:
        if selector.slot == LISTED:
            if len(node.listed) < selector.at_least:
                return (
                    f"只列出{len(node.listed)}项，至少要{selector.at_least}项",
                    f"{len(node.listed)} listed, and at least {selector.at_least} are needed",
                )
            continue
        filled = [{**b, role: figures} for b in bindings for figures in choices(selector, node, b)]
        if not filled:
            return _unfilled(role, selector, node, bindings[0])
        bindings = [*filled]
    conditions = [e.when for e in rule.expect if e.when is not None]
    told = "；".join(dict.fromkeys(condition_in_words(condition, rule.where) for condition in conditions))
    features = dict(KINDS[node.kind].features)
    here = "、".join(f"「{features[name]}」" for name in sorted(node.features) if name in features)
    return (
        f"只在这些情形核对：{told}" + (f"；这里只见{here}" if here else ""),
        f"checked only where {'; '.join(dict.fromkeys(map(str, conditions)))}"
        + (f"; here: {', '.join(sorted(node.features))}" if here else ""),
    )


def _unfilled(role: str, selector: Selector, node: Node, binding: Binding) -> Said:
    """Why no figure takes a role."""
    slots = dict(KINDS[node.kind].slots)
    name, name_en = slots.get(selector.slot, role), selector.slot or role
    figures = node.slot(selector.slot)
    barred = [(f, key) for f in figures if (key := misfit(selector, f, node, binding))]
    left = len(figures) - len(barred)
    if not figures:
        return f"缺少{name}", f"no {name_en} was made out"
    if barred and left < selector.at_least:
        figure, key = barred[0]
        text = squeeze(figure.claim.text)
        return f"{name}不合要求：{text}{_BARS[key][0]}", f"{text} cannot be {name_en}: {_BARS[key][1]}"
    if selector.pick == "only" and left > 1:
        return (
            f"{name}有{left}个，不能确定是哪一个",
            f"there are {left} figures for {name_en}, and which it is cannot be told",
        )
    most = selector.at_most or left
    return (
        f"{name}有{left}个，应为{selector.at_least}至{most}个"
        if left > most
        else f"{name}只有{left}个，至少要{selector.at_least}个",
        f"{left} for {name_en}, where {selector.at_least} to {most} are needed",
    )


_BARS = {
    "kind": ("不是所要的种类", "its kind is another"),
    "aspect": ("说的不是所要的方面（水平、增减额、占比等）", "it says something else (a level, a change, a share)"),
    "unit": ("单位不符", "its unit is another"),
    "same_unit": ("单位与别的数不同", "its unit differs from that of the other figures"),
    "same_label": ("名称与别的数不同", "its name differs from that of the other figures"),
    "after": ("位置不对", "it stands in the wrong place"),
    "before": ("位置不对", "it stands in the wrong place"),
    "lead": ("前面没有所要的词", "the words before it are not those asked for"),
    "lead_without": ("前面有要避开的词", "there are words before it that the rule avoids"),
    "tail": ("后面没有所要的词", "the words after it are not those asked for"),
    "tail_without": ("后面有要避开的词", "there are words after it that the rule avoids"),
}
"""What bars a figure from a role, by the key of the selector that it does not meet."""


def _quoted(words: Sequence[str]) -> str:
    return "".join(f"“{word}”" for word in words)
