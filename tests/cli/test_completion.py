"""Completion scripts and the manual come from the parser that reads the arguments."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.cli import main, manual
from audit.cli.arguments import FORMATS, parse
from audit.output import formats


def test_bash_completes_commands_options_and_values(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "completion.bash"
    script.write_text(capsys.readouterr().out, "utf-8")
    assert {"check", "claims", "rules", "config", "baseline"} <= completed(script, "figure-audit", "")
    assert "--changed-since" in completed(script, "figure-audit", "check", "--ch")
    assert completed(script, "figure-audit", "check", "--fail-level", "w") == {"warning"}


def completed(script: Path, *words: str) -> set[str]:
    """What bash offers for the last word."""
    line = " ".join(words)
    program = f"""
        source {script}
        COMP_WORDS=({" ".join(repr(word) for word in words)}) COMP_CWORD={len(words) - 1}
        COMP_LINE={line!r} COMP_POINT={len(line)}
        function=$(complete -p figure-audit | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function figure-audit {words[-1]!r} {words[-2]!r}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"})
    return set(done.stdout.decode().split())


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert "figure-audit" in out
    assert "baseline" in out


def test_the_manual_names_every_option_of_every_command() -> None:
    pages = manual.pages()
    for text in pages.values():
        for option in (
            "--output FORMAT=FILE",
            "--files-from FILE",
            "--changed-since REV",
            "--expires DATE",
            "--jobs N",
        ):
            assert option in text
    english = pages["docs/command-line.md"]
    assert not re.search("[\u4e00-\u9fff]", english)


def test_the_help_names_every_format() -> None:
    assert set(FORMATS) == {*formats(), "xlsx"}


def test_a_command_without_documents_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["check"], ["claims"], ["baseline", "prune"]):
        with pytest.raises(SystemExit) as caught:
            parse([*command, "--lang=en"])
        assert caught.value.code == 2
        assert "--files-from" in capsys.readouterr().err
