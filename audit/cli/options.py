"""Options that several commands share."""

from __future__ import annotations

import argparse

from audit.cli.speech import Speech

ROUNDING = ("standard", "strict", "lenient")


def add_documents(parser: argparse.ArgumentParser, say: Speech) -> None:
    """What chooses the documents."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say(
            "文件、文件夹、通配符（可用 **），或 - 表示标准输入",
            "files, folders, patterns (also **), or - for standard input",
        ),
    )
    parser.add_argument(
        "--files-from",
        metavar="FILE",
        help=say(
            "从文件（- 为标准输入）读取文档路径，每行一个，或以 NUL 分隔",
            "read paths from a file (- for standard input), one a line or separated by NUL",
        ),
    )
    parser.add_argument(
        "--changed-since",
        metavar="REV",
        help=say(
            "只看 git 中自 REV 以来改动和新增的文档；不写 PATH 时为当前文件夹",
            "only documents that git has as changed or new since REV; of the working folder unless paths are given",
        ),
    )


def add_settings(parser: argparse.ArgumentParser, say: Speech) -> None:
    """What chooses the configuration and the rules."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=say(
            "使用这个配置文件（默认从文档所在文件夹向上找 figure-audit.toml 或 pyproject.toml）",
            "the configuration (default: figure-audit.toml or pyproject.toml, upward from each document)",
        ),
    )
    parser.add_argument("--no-config", action="store_true", help=say("不用配置文件", "use no configuration file"))
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
    parser.add_argument(
        "--disable",
        action="append",
        default=[],
        metavar="ID",
        help=say("不用这条规则，可用 *，可多次使用", "leave out a rule, also with *; may be repeated"),
    )
    parser.add_argument(
        "--rounding",
        choices=ROUNDING,
        help=say(
            "舍入口径：standard（默认）、strict（报告尾差）、lenient（容许各数末位差一）",
            "standard (default), strict (report what rounding explains), lenient (forgive one unit of last digits)",
        ),
    )


def add_lang(parser: argparse.ArgumentParser, say: Speech) -> None:
    """The language of messages."""
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help=say("语言（默认 zh）", "language (default: zh)")
    )


def add_jobs(parser: argparse.ArgumentParser, say: Speech) -> None:
    """How many processes."""
    parser.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help=say(
            "同时使用的进程数，0 表示全部处理器（默认 1）", "processes to use, 0 for one a processor (default: 1)"
        ),
    )


def _jobs(argument: str) -> int:
    if not argument.isascii() or not argument.isdigit():
        raise argparse.ArgumentTypeError(f"{argument!r}: 0, 1, 2, …")
    return int(argument)
