"""Shapes of YAML values: one description from which both the checking of rule files and their JSON Schema derive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

import yaml

from audit.rule.parse import ExpressionError, parse_comparison, parse_condition

_FOLDED = re.compile(r"(?<=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])\s+(?=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that is not empty; `pattern` limits it, `means` says in words to what.

    In `prose` a line break between two Chinese characters is none; any other text is taken to the letter.
    """

    pattern: str = ""
    means: str = ""
    means_en: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` on."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A comparison, or a condition."""

    condition: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list; a single value may stand for a list of one."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: the shape of its value and what it is for."""

    shape: Shape
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with known keys; `short` is the key that a bare value stands for, "" where none may."""

    keys: Mapping[str, Key]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from names of the author's choice to values of one shape."""

    of: Shape
    pattern: str = r"[^\W\d]\w*"


Shape: TypeAlias = Text | Choice | Whole | Flag | Formula | Many | Fields | Named


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of a file, and how to mend it; lines count from 1, 0 is the whole file."""

    line: int
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as read, and the line it stands on.

    The value is a text, number, flag or formula, a tuple of entries, a dict of entries, or None where what stands there
    is not of the right shape (which was noted as a problem).
    """

    value: Any
    line: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The members of a list; none of anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def fields(self) -> Mapping[str, Entry]:
        """The fields of a mapping; none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def at(self, key: str) -> Entry:
        """What stands under a key, as an entry; one without a value where the key is missing."""
        return self.fields.get(key) or Entry(None, self.line)

    def get(self, key: str) -> Any:
        """What stands under a key, without lines; None where the key is missing."""
        return self.at(key).plain

    @property
    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, tuple):
            return tuple(entry.plain for entry in self.value)
        if isinstance(self.value, dict):
            return {key: entry.plain for key, entry in self.value.items()}
        return self.value


def near_miss(word: str, words: Iterable[str]) -> tuple[str, str]:
    """A hint at the known word that was probably meant, else at all of them, in Chinese and English."""
    known = list(words)
    # One character off in a word of two or three (村及, 村级) is a near miss too.
    if near := get_close_matches(word, known, 1, 0.5 if len(word) <= 3 else 0.6):
        return f"是不是 {near[0]}？", f"did you mean {near[0]}?"
    return f"可用：{'、'.join(known)}", f"known: {', '.join(known)}"


class ShapeReader:
    """Reads YAML nodes by their shapes and keeps every problem it meets."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, line: int, message: str, message_en: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(line, message, message_en))

    def read(self, node: yaml.Node, shape: Shape, key: str) -> Entry | None:
        """The value of a node; None where it is not of the shape, which is then noted. `key` names it in messages."""
        match shape:
            case Many(of):
                nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
                entries = [self.read(member, of, key) for member in nodes]
                return Entry(tuple(entry for entry in entries if entry is not None), _line(node))
            case Fields():
                return self._fields(node, shape, key)
            case Named():
                return self._named(node, shape, key)
            case _:
                return self._scalar(node, shape, key)

    def _scalar(self, node: yaml.Node, shape: Text | Choice | Whole | Flag | Formula, key: str) -> Entry | None:
        line = _line(node)
        if not isinstance(node, yaml.ScalarNode):
            self.problem(
                line, f"{key} 这里要写{_wanted(shape)[0]}，不能写列表或映射", f"{key} takes {_wanted(shape)[1]}"
            )
            return None
        text = str(node.value).strip()
        if not text or node.tag.endswith(":null"):
            self.problem(line, f"{key} 没有内容；请写上，或删去这一行", f"{key} is empty; fill it in or delete it")
            return None
        value: Any = None
        match shape:
            case Formula(condition):
                try:
                    value = parse_condition(text) if condition else parse_comparison(text)
                except ExpressionError as error:
                    at = error.position + 1
                    self.problem(
                        line,
                        f"式子“{text}”第{at}个字符处：{error.message}",
                        f"expression `{text}`, character {at}: {error.message_en}",
                    )
                    return None
            case Choice(words):
                if text in words:
                    value = text
                else:
                    hint, hint_en = near_miss(text, words)
                    self.problem(line, f"{key} 不认识“{text}”；{hint}", f"{key} cannot be `{text}`; {hint_en}")
                    return None
            case Text():
                literal = _FOLDED.sub("", text) if shape.prose else str(node.value)
                value = literal if _fits(literal, shape) else None
            case Whole(least):
                value = int(text) if text.isascii() and text.isdigit() and int(text) >= least else None
            case Flag():
                value = {"true": True, "false": False}.get(text.lower())
        if value is None:
            wanted, wanted_en = _wanted(shape)
            self.problem(line, f"{key} 应是{wanted}，不能是“{text}”", f"{key} must be {wanted_en}, not `{text}`")
            return None
        return Entry(value, line)

    def _fields(self, node: yaml.Node, shape: Fields, key: str) -> Entry | None:
        line = _line(node)
        if shape.short and isinstance(node, yaml.ScalarNode):
            short = self.read(node, shape.keys[shape.short].shape, key)
            return None if short is None else Entry({shape.short: short}, line)
        entries: dict[str, Entry] = {}
        given: set[str] = set()
        for name, name_line, value in self._pairs(node, key, tuple(shape.keys)):
            given.add(name)
            if name not in shape.keys:
                hint, hint_en = near_miss(name, shape.keys)
                self.problem(name_line, f"不认识的键 {name}；{hint}", f"unknown key {name}; {hint_en}")
            else:
                entries[name] = self.read(value, shape.keys[name].shape, name) or Entry(None, name_line)
        if not isinstance(node, yaml.MappingNode):
            return None
        for name, described in shape.keys.items():
            if described.required and name not in given:
                place, place_en = (f"{key} 里", f"{key}: ") if key else ("", "")
                self.problem(
                    line,
                    f"{place}缺少 {name}（{described.about}）；请补上",
                    f"{place_en}{name} is missing; add it",
                )
        return Entry(entries, line)

    def _named(self, node: yaml.Node, shape: Named, key: str) -> Entry | None:
        entries: dict[str, Entry] = {}
        for name, name_line, value in self._pairs(node, key, ()):
            if not _fits(name, Text(shape.pattern)):
                self.problem(
                    name_line,
                    f"{key} 里的名称“{name}”只能用字母、汉字、数字和下划线，且不以数字开头",
                    f"{key}: the name `{name}` may only have letters, digits and _, and not begin with a digit",
                )
            else:
                entry = self.read(value, shape.of, name)
                entries[name] = Entry(None if entry is None else entry.value, name_line)
        return Entry(entries, _line(node)) if isinstance(node, yaml.MappingNode) else None

    def _pairs(self, node: yaml.Node, key: str, known: Sequence[str]) -> Iterable[tuple[str, int, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            example = known[0] if known else "名称"
            what = f"{key} 这里" if key else "规则文件"
            self.problem(
                _line(node),
                f"{what}要写成“键: 值”的形式，例如 {example}: …",
                f"{key or 'a rule file'} must be a mapping, such as {known[0] if known else 'name'}: …",
            )
            return
        first: dict[str, int] = {}
        for key_node, value in node.value:
            line = _line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(line, "键只能是一个词", "a key must be a single word")
                continue
            name = str(key_node.value)
            if name in first:
                self.problem(
                    line,
                    f"键 {name} 重复，第{first[name]}行已经有了；请合并或删去一个",
                    f"duplicate key {name}, first given in line {first[name]}; merge them or delete one",
                )
                continue
            first[name] = line
            yield name, line, value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _fits(text: str, shape: Text) -> bool:
    return not shape.pattern or re.fullmatch(shape.pattern, text) is not None


def _wanted(shape: Shape) -> tuple[str, str]:
    match shape:
        case Text(_, means, means_en, _):
            return (means, means_en) if means else ("一段文字", "text")
        case Choice(words):
            return "、".join(words) + "之一", "one of " + ", ".join(words)
        case Whole(least):
            return f"不小于{least}的整数", f"a whole number from {least} on"
        case Flag():
            return "true 或 false", "true or false"
        case _:
            return "一个式子", "an expression"
