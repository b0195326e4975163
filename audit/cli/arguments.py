"""The command's arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from audit.cli.options import add_documents, add_jobs, add_lang, add_settings
from audit.cli.parser import EnglishParser, Parser
from audit.cli.speech import Speech
from audit.version import __version__

TYPE_CHECKING = False  # of typing itself only type checkers need anything here: importing it is most of --help
if TYPE_CHECKING:
    from datetime import date

FAIL_LEVELS = ("error", "warning", "note", "never")
FORMATS = ("console", "json", "html", "xlsx", "sarif", "github", "gitlab", "junit", "rdjson", "markdown")
SHELLS = ("bash", "zsh", "tcsh")
_AUDITING = ("check", "claims", "baseline")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as given; `command` names the module of `audit.cli` that carries them out. Raises SystemExit."""
    say = Speech.of(argv)
    parser = parser_in(say, next((word for word in argv if word in _COMMANDS), ""))
    args = parser.parse_args(argv)
    if args.command in _AUDITING and not args.paths and args.files_from is None and args.changed_since is None:
        parser.error(
            say("没有指明文档，请写 PATH、--files-from 或 --changed-since", "no PATH, --files-from or --changed-since")
        )
    return args


def parser_in(say: Speech, only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line, its help in one language; `only` is a command that is all that will be used.

    The other commands have no options then: argparse takes longer over them than the whole of --help may.
    """
    parser = (EnglishParser if say.lang == "en" else Parser)(
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
    for name, (summaries, add) in _COMMANDS.items():
        summary = say(*summaries)
        command = commands.add_parser(name, help=summary, description=summary)
        if only in (None, name):
            add(command, say)
    return parser


def _add_check(check: argparse.ArgumentParser, say: Speech) -> None:
    add_documents(check, say)
    check.add_argument(
        "--format",
        default="console",
        metavar="FORMAT",
        help=say(
            f"写到标准输出的格式：{'、'.join(FORMATS)}（默认 console）",
            f"what standard output gets: {', '.join(FORMATS)} (default: console)",
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
        "--date",
        type=_date_or_none,
        default="",
        metavar="DATE",
        help=say(
            "报告和底稿上的日期，如 2027-06-30；默认今天，none 表示不写",
            "the date on the page and the working paper (default: today; none leaves it out)",
        ),
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
    check.add_argument(
        "--baseline",
        metavar="FILE",
        help=say("不报基线文件中已接受的问题", "leave out the findings that this baseline accepts"),
    )
    add_settings(check, say)
    check.add_argument(
        "--fail-level",
        choices=FAIL_LEVELS,
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
    add_lang(check, say)
    add_jobs(check, say)


def _add_claims(claims: argparse.ArgumentParser, say: Speech) -> None:
    add_documents(claims, say)
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
    add_settings(claims, say)
    add_lang(claims, say)


def _add_annotate(annotate: argparse.ArgumentParser, say: Speech) -> None:
    annotate.add_argument("path", metavar="REPORT", help=say("文档：.docx、.pdf、.xlsx", "a .docx, .pdf or .xlsx file"))
    annotate.add_argument(
        "-o", "--copy", required=True, metavar="FILE", help=say("带批注的副本写到哪里", "where the copy is written")
    )
    annotate.add_argument(
        "--author", default="figure-audit", metavar="NAME", help=say("批注的作者", "the author of the notes")
    )
    annotate.add_argument("--initials", default="FA", metavar="LETTERS", help=say("作者缩写", "the author's initials"))
    annotate.add_argument(
        "--most",
        type=int,
        default=500,
        metavar="N",
        help=say("最多写多少处批注（默认 500）", "how many notes at most (default: 500)"),
    )
    add_settings(annotate, say)
    add_lang(annotate, say)


def _add_rules(rules: argparse.ArgumentParser, say: Speech) -> None:
    actions = rules.add_subparsers(dest="action", required=True, metavar="ACTION")

    listing = actions.add_parser("list", help=say("列出规则", "list the rules"))
    add_settings(listing, say)
    add_lang(listing, say)

    show = actions.add_parser("show", help=say("显示一条规则", "show one rule"))
    show.add_argument("id", metavar="ID", help=say("规则编号", "the rule's id"))
    add_settings(show, say)
    add_lang(show, say)

    test = actions.add_parser("test", help=say("用规则自带的例子测试规则", "run the examples that rules carry"))
    test.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say("规则文件或文件夹（默认随附的规则）", "rule files or folders (default: the shipped rules)"),
    )
    add_lang(test, say)

    new = actions.add_parser("new", help=say("写出一个带注释的规则样板", "write a commented rule to start from"))
    new.add_argument("id", metavar="ID", help=say("新规则的编号，如 my-total", "the new rule's id, such as my-total"))
    add_lang(new, say)

    explain = actions.add_parser(
        "explain", help=say("说明某一行用了哪些规则", "tell which rules took part in one line")
    )
    explain.add_argument("place", type=_place, metavar="FILE:LINE", help=say("文档及行号", "a document and a line"))
    add_settings(explain, say)
    add_lang(explain, say)


def _add_config(config: argparse.ArgumentParser, say: Speech) -> None:
    config.add_argument(
        "path",
        nargs="?",
        default="-",
        metavar="PATH",
        help=say("文档（默认当前文件夹中的任一文档）", "a document (default: any in the working folder)"),
    )
    add_settings(config, say)
    add_lang(config, say)


def _add_baseline(baseline: argparse.ArgumentParser, say: Speech) -> None:
    actions = baseline.add_subparsers(dest="action", required=True, metavar="ACTION")
    write = actions.add_parser(
        "write", help=say("接受现有的问题，已有条目不变", "accept what is found now; keep entries")
    )
    prune = actions.add_parser("prune", help=say("删去失效和到期的条目", "remove entries that are stale or expired"))
    for action in (write, prune):
        add_documents(action, say)
        action.add_argument(
            "--baseline",
            metavar="FILE",
            help=say(
                "基线文件（默认取配置，再默认 figure-audit-baseline.toml）",
                "the file (default: what is configured, else figure-audit-baseline.toml)",
            ),
        )
    write.add_argument("--who", default="", metavar="NAME", help=say("接受人", "who accepts them"))
    write.add_argument("--why", default="", metavar="TEXT", help=say("接受的理由", "why"))
    write.add_argument("--expires", type=_date, metavar="DATE", help=say("到期日，如 2027-06-30", "until when"))
    for action in (write, prune):
        add_settings(action, say)
        add_jobs(action, say)
        add_lang(action, say)


def _add_completion(completion: argparse.ArgumentParser, say: Speech) -> None:
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=say("bash、zsh 或 tcsh", ", ".join(SHELLS)))
    add_lang(completion, say)


_COMMANDS: dict[str, tuple[tuple[str, str], Callable[[argparse.ArgumentParser, Speech], None]]] = {
    "check": (("检查文档里的数字是否勾稽", "check the figures of documents"), _add_check),
    "claims": (("列出文档里的每个数字及其读法", "list every figure of documents and how it was read"), _add_claims),
    "annotate": (
        ("把问题作为批注写入文档的副本", "write the findings into a copy of the document"),
        _add_annotate,
    ),
    "rules": (("查看、测试、新建规则", "show, test and start rules"), _add_rules),
    "config": (
        ("显示对某个文档生效的设置及其出处", "show the settings in force for a document and where they come from"),
        _add_config,
    ),
    "baseline": (
        ("把现有问题记入基线，或清理基线", "accept the present findings, or tidy what was accepted"),
        _add_baseline,
    ),
    "completion": (("写出命令补全脚本", "write a script that completes the command in a shell"), _add_completion),
}


def _output(argument: str) -> tuple[str, str]:
    form, equals, path = argument.partition("=")
    if not (form and equals and path):
        raise argparse.ArgumentTypeError(f"{argument!r}: FORMAT=FILE")
    return form, path


def _place(argument: str) -> tuple[str, int]:
    path, _, line = argument.rpartition(":")
    if not path or not line.isascii() or not line.isdigit() or int(line) == 0:
        raise argparse.ArgumentTypeError(f"{argument!r}: FILE:LINE")
    return path, int(line)


def _date_or_none(argument: str) -> date | str:
    return argument if argument in ("", "none") else _date(argument)


def _date(argument: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(argument)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{argument!r}: YYYY-MM-DD") from None
