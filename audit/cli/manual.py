"""The manual page of the command, written from the same parser that reads its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from audit.cli.arguments import parser_in
from audit.cli.speech import Speech

_GENERATED = "<!-- python .ci/regenerate.py -->"


def pages() -> dict[str, str]:
    """The text of each manual page by its path in the checkout."""
    return {
        "docs/command-line.md": _page(Speech("en")),
        "docs/command-line.zh-CN.md": _page(Speech("zh")),
    }


def _page(say: Speech) -> str:
    parser = parser_in(say)
    lines = ["# figure-audit(1)", "", _GENERATED, "", _prose(parser.description or ""), ""]
    lines += [f"## {say('用法', 'Synopsis')}", "", "```text"]
    lines += [_synopsis(command) for command in _commands(parser)]
    lines += ["```", "", _prose(parser.epilog or ""), "", f"## {say('选项', 'Options')}", "", *_options(parser, say)]
    for command in _commands(parser):
        lines += ["", f"## {command.prog}", "", _prose(command.description or ""), "", *_options(command, say)]
    lines += ["", f"## {say('环境变量', 'Environment')}", ""]
    lines += [f"- `{name}`: {say(zh, en)}" for name, zh, en in _ENVIRONMENT]
    return "\n".join(lines) + "\n"


_ENVIRONMENT = (
    ("NO_COLOR", "设置后不着色", "turns colours off"),
    ("COLUMNS", "帮助的宽度", "how wide the help is"),
    (
        "GITHUB_STEP_SUMMARY",
        "使用 github 格式时，把 Markdown 报告追加到这个文件",
        "with the format github, the file that the Markdown report is added to",
    ),
    (
        "SOURCE_DATE_EPOCH",
        "代替今天的日期，用于基线的到期和记录",
        "stands for today where baselines expire and are written",
    ),
)


def _commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The commands that do something, in the order of the help; those that only hold others are left out."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield parser
    for action in below:
        about = {choice.dest: choice.help for choice in action._choices_actions}
        for name, command in action.choices.items():
            command.description = command.description or about.get(name)
            yield from _commands(command)


def _synopsis(command: argparse.ArgumentParser) -> str:
    given = [action for action in command._actions if not action.option_strings]
    return " ".join((command.prog, "[OPTION …]", *(_operand(action) for action in given)))


def _operand(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    return {"*": f"[{name} …]", "?": f"[{name}]", "+": f"{name} …"}.get(str(action.nargs), name)


def _options(parser: argparse.ArgumentParser, say: Speech) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        about = action.help or ""
        if isinstance(action, argparse._HelpAction):
            about = say("显示帮助", "show the help")
        elif isinstance(action, argparse._VersionAction):
            about = say("显示版本", "show the version")
        yield f"- {_names(action)}: {_prose(about)}"


def _names(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{_operand(action)}`"
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings)


def _prose(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;")
