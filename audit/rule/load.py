"""Reads rule files: every error of every file at once, each with its file and line and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from os import PathLike
from pathlib import Path

import yaml

from audit.rule.check import check_rule
from audit.rule.keys import RULE
from audit.rule.schema import Doubt, Example, Expectation, Rule, Selector, Source, Where
from audit.rule.shape import Entry, Problem, ShapeReader

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SUFFIXES = (".yaml", ".yml")


class RuleError(ValueError):
    """Everything that is wrong with some rule files; `problems` are in the order of the files and their lines."""

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.told())

    def told(self, lang: str = "zh") -> str:
        """One line a problem: `file:line: what; how to mend it`, without the line where it is about the whole file."""
        lines = []
        for path, problem in self.problems:
            place = f"{path}:{problem.line}" if problem.line else path
            lines.append(f"{place}: {problem.message if lang == 'zh' else problem.message_en}")
        return "\n".join(lines)


def load_rules(paths: Iterable[str | PathLike[str]]) -> tuple[Rule, ...]:
    """The rules of files and folders (searched for .yaml and .yml), in the order of the paths, then of file names.

    Raises RuleError with all errors of all files.
    """
    problems: list[tuple[str, Problem]] = []
    files: list[tuple[str, Path]] = []
    for given in map(Path, paths):
        if given.is_dir():
            inside = _rule_files(given)
            files += [(str(file), file) for file in inside]
            if not inside:
                problems.append((str(given), _no_rules()))
        else:
            files.append((str(given), given))
    return _load(files, problems)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that ship with the program; their sources are given as `rules/…`."""
    root = shipped_folder()
    return _load([(f"rules/{file.relative_to(root).as_posix()}", file) for file in _rule_files(root)], [])


def shipped_folder() -> Path:
    """The folder of the shipped rules: inside an installed package, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def _rule_files(folder: Path) -> list[Path]:
    return sorted(file for suffix in _SUFFIXES for file in folder.rglob(f"*{suffix}"))


def _load(files: Iterable[tuple[str, Path]], problems: list[tuple[str, Problem]]) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for name, file in files:
        try:
            text = file.read_text("utf-8-sig")
        except FileNotFoundError:
            problems.append((name, Problem(0, "没有这个规则文件；请检查路径", "no such rule file; check the path")))
            continue
        except UnicodeDecodeError:
            problems.append((name, Problem(0, "不是 UTF-8 编码；请另存为 UTF-8", "not in UTF-8; save it as UTF-8")))
            continue
        except OSError as error:
            problems.append(
                (name, Problem(0, f"读不出来：{error.strerror}；请检查权限", f"cannot be read: {error.strerror}"))
            )
            continue
        rule, found = read_rule(text, name)
        if rule is not None and (first := rules.get(rule.id)) is not None:
            found = [*found, _duplicate(rule, first)]
        problems += ((name, problem) for problem in sorted(found, key=lambda p: p.line))
        if rule is not None:
            rules.setdefault(rule.id, rule)
    if problems:
        raise RuleError(problems)
    return tuple(rules.values())


def _duplicate(rule: Rule, first: Rule) -> Problem:
    return Problem(
        rule.source.line,
        f"规则名称 {rule.id} 已在 {first.source} 用过；请换一个 id",
        f"the id {rule.id} is already used at {first.source}; choose another",
    )


def _no_rules() -> Problem:
    return Problem(0, "文件夹里没有 .yaml 规则文件；请检查路径", "no .yaml rule files in this folder; check the path")


def read_rule(text: str, path: str) -> tuple[Rule | None, list[Problem]]:
    """The rule that a file's text states, and everything that is wrong with it (then the rule is None)."""
    reader = ShapeReader()
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error)]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [Problem(line, "有不可见的控制字符；请删去", "there is a control character; delete it")]
    if node is None:
        return None, [
            Problem(
                1,
                "文件是空的；可用 figure-audit rules new 生成模板",
                "the file is empty; figure-audit rules new writes a template",
            )
        ]
    entry = reader.read(node, RULE, "")
    if entry is not None:
        check_rule(entry, reader)
    if entry is None or reader.problems:
        return None, reader.problems
    return _rule(entry, path), []


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    said = error.problem or error.context or "?"
    if "single document" in str(error):
        return Problem(line, "一个文件只能写一条规则；请拆成几个文件", "one file holds one rule; split the file")
    return Problem(
        line,
        f"YAML 格式错误（{said}）；请检查缩进、冒号后的空格和引号，含冒号或以符号开头的文字要加引号",
        f"YAML error ({said}); check indents, the space after colons, and quote text that contains a colon",
    )


def _rule(entry: Entry, path: str) -> Rule:
    examples = entry.at("examples")
    return Rule(
        id=entry.get("id"),
        title=entry.get("title"),
        title_en=entry.get("title_en") or entry.get("title"),
        why=entry.get("why"),
        why_en=entry.get("why_en") or entry.get("why"),
        severity=entry.get("severity"),
        confidence=entry.get("confidence"),
        source=Source(path, entry.at("id").line),
        where=_where(entry.at("where")),
        bind=tuple((role, _selector(selector, path)) for role, selector in entry.at("bind").fields.items()),
        expect=tuple(
            Expectation(e.get("that"), e.get("when"), e.get("severity") or "") for e in entry.at("expect").entries
        ),
        doubts=tuple(_doubt(d) for d in entry.at("doubt").entries),
        applies_to=entry.at("applies_to").get("document") or (),
        relation=entry.get("relation") or "",
        false_positives=entry.get("false_positives") or (),
        false_positives_en=entry.get("false_positives_en") or entry.get("false_positives") or (),
        passes=tuple(_example(e, path) for e in examples.at("pass").entries),
        fails=tuple(_example(e, path) for e in examples.at("fail").entries),
        ignores=tuple(_example(e, path) for e in examples.at("ignore").entries),
    )


def _doubt(entry: Entry) -> Doubt:
    because = entry.get("because")
    return Doubt(entry.get("when"), because, entry.get("because_en") or because)


def _where(entry: Entry) -> Where | None:
    if not entry.fields:
        return None
    return Where(entry.get("node"), entry.get("form") or (), entry.get("cue") or (), entry.get("unless") or ())


def _selector(entry: Entry, path: str) -> Selector:
    default = Selector(Source(path, entry.line))
    return Selector(
        source=default.source,
        quote=entry.get("quote"),
        slot=entry.get("in") or "",
        before=entry.get("before"),
        after=entry.get("after"),
        pick=entry.get("pick") or default.pick,
        kinds=entry.get("kind") or (),
        aspects=entry.get("aspect") or (),
        units=entry.get("unit") or (),
        same_unit=entry.get("same_unit"),
        same_label=entry.get("same_label"),
        lead=entry.get("lead") or (),
        lead_without=entry.get("lead_without") or (),
        tail=entry.get("tail") or (),
        tail_without=entry.get("tail_without") or (),
        at_least=entry.get("at_least") or default.at_least,
        at_most=entry.get("at_most"),
        optional=bool(entry.get("optional")),
    )


def _example(entry: Entry, path: str) -> Example:
    binds = entry.get("binds") or {}
    return Example(Source(path, entry.line), entry.get("text"), tuple(binds.items()), entry.get("verdict"))
