"""`figure-audit annotate`: writes the findings about a document into a copy of it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from audit.annotate import Signature, annotate
from audit.cli.auditing import Setup, audit_tasks, refusing
from audit.cli.files import write
from audit.cli.speech import Speech
from audit.read import ReadError, Source


@refusing
def execute(args: argparse.Namespace) -> int:
    """0; 2 where the document or a rule could not be read, or the copy not be written."""
    say = Speech(args.lang)
    if os.path.exists(args.copy) and os.path.samefile(args.path, args.copy):
        say.complain(args.copy, "副本不能覆盖原文件，请换一个 -o 路径", "the copy must not replace the original")
        return 2
    setup = Setup(args, say)
    report = audit_tasks(setup.tasks([Source(args.path)]))
    for skipped in report.skipped:
        say.complain(skipped.path, skipped.reason, skipped.reason_en or skipped.reason)
    if not report.audits:
        return 2
    signature = Signature(args.author, args.initials)
    try:
        made = annotate(
            report.audits[0], Path(args.path).read_bytes(), signature=signature, most=args.most, lang=args.lang
        )
        write(args.copy, made.content)
    except ReadError as error:
        say.complain(error.path, error.reason, error.reason_en)
        return 2
    except OSError as error:
        detail = error.strerror or str(error)
        say.complain(
            args.copy, f"无法写入（{detail}），请检查路径和权限", f"cannot be written ({detail}); check the path"
        )
        return 2
    more = say(f"，另有 {made.left_out} 处未写入", f", {made.left_out} more left out") if made.left_out else ""
    print(say(f"{args.copy}：已写入 {made.notes} 处批注{more}", f"{args.copy}: {made.notes} notes{more}"))
    return 2 if report.skipped or not setup.complete else 0
