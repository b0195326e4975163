"""What the repository promises in several places says the same in each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import audit
from audit.cli.arguments import parse

ROOT = Path(__file__).resolve().parents[2]
TRY = "python -m pip install -e '.[dev]' && figure-audit check seeds/ --html reports/findings.html"
TEST = "python -m pip install -e '.[dev]' && python -m pytest"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "rules").glob("*.md")])


def commands(page: str) -> list[str]:
    """The lines of a page's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_gives_the_two_commands(page: str) -> None:
    assert TRY in commands(page)
    assert TEST in commands(page)


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert TEST in lines


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_the_readme_can_be_parsed(page: str) -> None:
    lines = [line.partition("  #")[0].split() for line in commands(page) if line.startswith("figure-audit ")]
    assert len(lines) >= 5
    for line in lines:
        assert parse(line[1:]).command == line[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", audit.__version__)


def test_the_names_of_the_api_page_exist() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    names = set(re.findall(r"`audit\.(\w+)\(", page))
    assert names == {"extract_text", "check_text", "check_file"}
    assert names <= set(audit.__all__)


def test_modules_stay_short() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "audit").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
