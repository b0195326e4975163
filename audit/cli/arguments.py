"""The command's arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from audit.cli.speech import Speech
from audit.version import __version__

FAIL_LEVELS = ("error", "warning", "note", "never")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as given; `command` names the module of `audit.cli` that carries them out. Raises SystemExit."""
    return _parser(Speech.of(argv)).parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and where to read on, without the usage text in front of it."""

    say = Speech("zh")

    def __init__(self, **options: Any) -> None:
        # An abbreviated option would change its meaning when another option with the same beginning is added.
        super().__init__(**{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        hint = self.say(f"用法见 {self.prog} --help", f"see {self.prog} --help")
        self.exit(2, f"{self.say('错误', 'error')}: {message}\n{hint}\n")


class _EnglishParser(_Parser):
    """The same in English; subcommands are parsed by the class of their parser."""

    say = Speech("en")


def _parser(say: Speech) -> argparse.ArgumentParser:
    parser = (_EnglishParser if say.lang == "en" else _Parser)(
        prog="figure-audit",
        description=say(
            "核对中文报告里的数字：找出每个数字，判断哪些数字应当勾稽，对不上的给出计算过程。",
            "Checks whether the figures in Chinese reports add up, and shows the working where they do not.",
        ),
        epilog=say(
            "退出码：0 没有问题；1 有达到 --fail-level 的问题；2 用法或规则有误，或有文档没能读取。",
            "Exit codes: 0 clean; 1 findings at or above --fail-level; 2 usage, rules, or something could not be read.",
        ),
    )
    parser.add_argument("--version", action="version", version=f"figure-audit {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands, say)
    _add_claims(commands, say)
    _add_rules(commands, say)
    return parser


if TYPE_CHECKING:
    # argparse has no public name for what add_subparsers returns, and this one is generic for type checkers only.
    _Commands = argparse._SubParsersAction[_Parser]


def _add_check(commands: _Commands, say: Speech) -> None:
    summary = say("检查文档里的数字是否勾稽", "check the figures of documents")
    check = commands.add_parser("check", help=summary, description=summary)
    _add_documents(check, say)
    check.add_argument(
        "--format",
        default="console",
        metavar="FORMAT",
        help=say(
            "写到标准输出的格式：console（默认）、json、html、xlsx",
            "what standard output gets: console (default), json, html, xlsx",
        ),
    )
    check.add_argument(
        "--output",
        action="append",
        default=[],
        type=_output,
        metavar="FORMAT=FILE",
        help=say("另把某种格式写入文件，可多次使用", "also write a format to a file; may be repeated"),
    )
    check.add_argument(
        "--html",
        action="append",
        dest="output",
        type=lambda path: ("html", path),
        metavar="FILE",
        help=say("同 --output html=FILE", "the same as --output html=FILE"),
    )
    check.add_argument(
        "--xlsx",
        action="append",
        dest="output",
        type=lambda path: ("xlsx", path),
        metavar="FILE",
        help=say("把问题写成 Excel 工作底稿，同 --output xlsx=FILE", "an Excel working paper; --output xlsx=FILE"),
    )
    check.add_argument(
        "--decisions",
        action="append",
        default=[],
        metavar="FILE",
        help=say(
            "读入审计人员的处理意见（HTML 报告导出的 JSON，或填好的底稿）；已排除的问题不再影响退出码",
            "decisions of auditors (exported JSON or the working paper); what they dismissed no longer fails",
        ),
    )
    _add_rule_choice(check, say)
    check.add_argument(
        "--fail-level",
        choices=FAIL_LEVELS,
        default="error",
        help=say(
            "从哪一级问题起退出码为 1（默认 error）", "the least severity that makes the exit code 1 (default: error)"
        ),
    )
    check.add_argument(
        "-q", "--quiet", action="store_true", help=say("只写问题和未能审计的文档", "findings and failures only")
    )
    check.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=say(
            "是否着色（默认只在终端上；NO_COLOR 关闭）",
            "colours (default: on a terminal only; NO_COLOR turns them off)",
        ),
    )
    _add_lang(check, say)
    check.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help=say(
            "同时使用的进程数，0 表示全部处理器（默认 1）", "processes to use, 0 for one a processor (default: 1)"
        ),
    )


def _add_claims(commands: _Commands, say: Speech) -> None:
    summary = say("列出文档里的每个数字及其读法", "list every figure of documents and how it was read")
    claims = commands.add_parser("claims", help=summary, description=summary)
    _add_documents(claims, say)
    claims.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help=say("输出格式（默认 table）", "what to write (default: table)"),
    )
    claims.add_argument(
        "--explain",
        action="store_true",
        help=say(
            "表格中写出每个数字的读法，以及不作为数字的写法和原因",
            "in the table: how each was read, and what was not taken for a figure",
        ),
    )
    _add_rule_choice(claims, say)
    _add_lang(claims, say)


def _add_rules(commands: _Commands, say: Speech) -> None:
    summary = say("查看、测试、新建规则", "show, test and start rules")
    rules = commands.add_parser("rules", help=summary, description=summary)
    actions = rules.add_subparsers(dest="action", required=True, metavar="ACTION")

    listing = actions.add_parser("list", help=say("列出规则", "list the rules"))
    _add_rule_choice(listing, say)
    _add_lang(listing, say)

    show = actions.add_parser("show", help=say("显示一条规则", "show one rule"))
    show.add_argument("id", metavar="ID", help=say("规则编号", "the rule's id"))
    _add_rule_choice(show, say)
    _add_lang(show, say)

    test = actions.add_parser("test", help=say("用规则自带的例子测试规则", "run the examples that rules carry"))
    test.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say("规则文件或文件夹（默认随附的规则）", "rule files or folders (default: the shipped rules)"),
    )
    _add_lang(test, say)

    new = actions.add_parser("new", help=say("写出一个带注释的规则样板", "write a commented rule to start from"))
    new.add_argument("id", metavar="ID", help=say("新规则的编号，如 my-total", "the new rule's id, such as my-total"))
    _add_lang(new, say)

    explain = actions.add_parser(
        "explain", help=say("说明某一行用了哪些规则", "tell which rules took part in one line")
    )
    explain.add_argument("place", type=_place, metavar="FILE:LINE", help=say("文档及行号", "a document and a line"))
    _add_rule_choice(explain, say)
    _add_lang(explain, say)


def _add_documents(parser: argparse.ArgumentParser, say: Speech) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=say("文件、文件夹，或 - 表示标准输入", "files, folders, or - for standard input"),
    )


def _add_rule_choice(parser: argparse.ArgumentParser, say: Speech) -> None:
    parser.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help=say("另外使用的规则文件或文件夹，可多次使用", "more rules, a file or folder; may be repeated"),
    )
    parser.add_argument(
        "--no-shipped-rules",
        action="store_true",
        help=say("不用随附的规则", "leave out the rules that ship with the program"),
    )


def _add_lang(parser: argparse.ArgumentParser, say: Speech) -> None:
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help=say("语言（默认 zh）", "language (default: zh)")
    )


def _output(argument: str) -> tuple[str, str]:
    form, equals, path = argument.partition("=")
    if not (form and equals and path):
        raise argparse.ArgumentTypeError(f"{argument!r}: FORMAT=FILE")
    return form, path


def _jobs(argument: str) -> int:
    if not argument.isascii() or not argument.isdigit():
        raise argparse.ArgumentTypeError(f"{argument!r}: 0, 1, 2, …")
    return int(argument)


def _place(argument: str) -> tuple[str, int]:
    path, _, line = argument.rpartition(":")
    if not path or not line.isascii() or not line.isdigit() or int(line) == 0:
        raise argparse.ArgumentTypeError(f"{argument!r}: FILE:LINE")
    return path, int(line)
