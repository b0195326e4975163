"""`figure-audit rules`: list, show, test, new and explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.cli import main
from audit.rule.load import shipped_rules


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rules(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["rules", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_list_has_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = rules(capsys, "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in shipped_rules()]
    _, english, _ = rules(capsys, "list", "--lang", "en")
    assert english != out


@pytest.mark.parametrize("rule", [rule.id for rule in shipped_rules()])
def test_show_prints_the_file_of_a_rule(capsys: pytest.CaptureFixture[str], rule: str) -> None:
    code, out, _ = rules(capsys, "show", rule)
    assert code == 0
    assert f"\nid: {rule}\n" in out


def test_show_names_the_near_miss(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = rules(capsys, "show", "parts-after-qizong")
    assert (code, out) == (2, "")
    assert "parts-after-qizhong" in errors


def test_a_new_rule_can_be_read_and_its_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    code, template, _ = rules(capsys, "new", "my-total")
    assert code == 0
    Path("my-total.yaml").write_text(template, "utf-8")
    code, out, _ = rules(capsys, "test", "my-total.yaml")
    assert code == 0
    assert "total=10亿元" in out
    assert out.splitlines()[-1].startswith("1 条规则，")
    assert out.splitlines()[-1].endswith("，0 个不符")
    code, out, _ = rules(capsys, "show", "my-total", "--rules", "my-total.yaml", "--no-shipped-rules")
    assert (code, out.startswith("# my-total.yaml\n")) == (0, True)


def test_a_wrong_example_is_named_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    _, template, _ = rules(capsys, "new", "my-total")
    Path("my-total.yaml").write_text(template.replace("筹集资金10亿元", "筹集资金15亿元"), "utf-8")
    line = template[: template.index("筹集资金10亿元")].count("\n") + 1
    code, out, _ = rules(capsys, "test", "my-total.yaml")
    assert code == 1
    assert out.startswith(f"my-total.yaml:{line} my-total pass: ")
    assert out.splitlines()[-1].endswith("，1 个不符")


@pytest.mark.parametrize("name", ["My Rule", "a: b", "规则", ""])
def test_a_new_rule_needs_a_plain_id(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, errors = rules(capsys, "new", name)
    assert (code, out) == (2, "")
    assert "my-total" in errors


def test_rules_that_cannot_be_read_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, errors = rules(capsys, "test", "missing.yaml")
    assert code == 2
    assert errors.startswith("错误: missing.yaml: ")


def test_explain_tells_what_bound_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("第一行。\n全县有危房15224户，其中建档立卡贫困户8888户，投资3亿元。\n", "utf-8")
    code, out, _ = rules(capsys, "explain", "a.txt:2")
    assert code == 0
    assert "parts-after-qizhong  exact" in out
    assert "total=15224户 parts=8888户" in out
    assert any(line.startswith("2:") and " 3亿元 " in line for line in out.splitlines())
    _, out, _ = rules(capsys, "explain", "a.txt:1")
    assert out == "第1行没有数字\n"
    code, _, errors = rules(capsys, "explain", "missing.txt:1")
    assert (code, errors.startswith("错误: missing.txt: ")) == (2, True)
