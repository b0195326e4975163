"""What runs elsewhere: the pre-commit hook, the action's steps and the GitLab template, on a repository made here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.read.format import formats

ROOT = Path(__file__).resolve().parents[2]
RIGHT = "筹集资金15.17亿元：一是财政资金8200万元；二是信贷资金10.85亿元；三是专项资金3.5亿元。\n"
SLIP = RIGHT.replace("15.17", "15.7")
OTHER = "全县有危房15224户，其中建档立卡贫困户8888户。\n"


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of clean reports, the first commit tagged `clean`, in which one report then gets one slip."""
    folder = tmp_path / "示范 仓库"
    (folder / "报告").mkdir(parents=True)
    for name, text in (("资金.md", RIGHT), ("危房.txt", OTHER), ("说明.txt", "没有数字。\n")):
        (folder / "报告" / name).write_text(f"# 报告\n\n{text}", "utf-8")
    (folder / "script.py").write_text("total = 1\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "clean")
    git(folder, "tag", "clean")
    return folder


def slip(folder: Path) -> None:
    """One report changed with a slip, another one without."""
    for name, text in (("资金.md", SLIP), ("危房.txt", OTHER.replace("8888", "8889"))):
        (folder / "报告" / name).write_text(f"# 报告\n\n{text}", "utf-8")


# ---------------------------------------------------------------- pre-commit


def test_the_hook_takes_every_format_that_is_read() -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    pattern = re.compile(hook["files"])
    for suffix in formats():
        assert pattern.search(f"报告/一 份{suffix}"), suffix
        assert pattern.search(f"A{suffix.upper()}"), suffix
    assert not pattern.search("a.py")
    assert not pattern.search("txt")


def test_pre_commit_accepts_the_manifest() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    assert clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))


def test_the_hook_fails_on_the_slip_and_only_on_it(repository: Path) -> None:
    pytest.importorskip("pre_commit")
    (hook,) = loaded(".pre-commit-hooks.yaml")
    # What the manifest says, with the environment of this test instead of one that pre-commit would install.
    local = {**hook, "language": "system", "entry": f"'{sys.executable}' -m audit {hook['entry'].partition(' ')[2]}"}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(repository, "add", "-A")
    assert run_hook(repository, "--all-files") == (0, [])
    slip(repository)
    git(repository, "add", "-A")
    code, findings = run_hook(repository)
    assert code == 1
    (finding,) = findings
    assert finding.startswith("报告/资金.md:3:5 error ")


def test_pre_commit_installs_the_hook_itself(repository: Path) -> None:
    pytest.importorskip("pre_commit")
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, which pre-commit could clone")
    # A dependency without dependencies stands for what the hook's environment is installed from.
    reach = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(repository.parent), "shtab"]
    if subprocess.run(reach, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("pip reaches no package index, from which pre-commit would install the hook")
    slip(repository)
    git(repository, "add", "-A")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "figure-audit", "--all-files", "--color=never"],
        cwd=repository,
        env={**os.environ, "PRE_COMMIT_HOME": str(repository.parent / "cache")},
        capture_output=True,
        check=False,
        timeout=600,
    )
    found = [line for line in done.stdout.decode().splitlines() if re.match(r"\S+:\d+:\d+ ", line)]
    assert done.returncode == 1, done.stdout.decode()
    assert [line.partition(" ")[0] for line in found] == ["报告/资金.md:3:5"]


def run_hook(folder: Path, *options: str) -> tuple[int, list[str]]:
    """The exit code of the hook on what is staged, and the findings it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color=never", *options],
        cwd=folder,
        env={**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "cache"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    lines = done.stdout.decode().splitlines()
    assert "Skipped" not in done.stdout.decode()
    return done.returncode, [line for line in lines if re.match(r"\S+:\d+:\d+ ", line)]


# ---------------------------------------------------------------- GitHub


def schema(name: str) -> Any:
    vendor = pytest.importorskip("check_jsonschema.builtin_schemas")
    return json.loads((Path(vendor.__file__).parent / "vendor" / f"{name}.json").read_text("utf-8"))


def validate(instance: Any, name: str) -> None:
    import jsonschema

    jsonschema.validators.validator_for(schema(name))(schema(name)).validate(instance)


def test_the_action_and_the_template_follow_their_schemas() -> None:
    validate(loaded("action.yml"), "github-actions")
    validate(loaded("templates/figure-audit.gitlab-ci.yml"), "gitlab-ci")
    with pytest.raises(Exception, match="runs"):
        validate({"name": "x", "description": "y"}, "github-actions")


def test_inputs_of_the_action_reach_its_scripts_as_variables_only() -> None:
    action = loaded("action.yml")
    used = set()
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        for name, value in step["env"].items():
            assert f"${name}" in step["run"], name
            used |= set(re.findall(r"inputs\.([\w-]+)", value))
    assert used == set(action["inputs"])


def test_the_action_installs_what_it_runs(tmp_path: Path) -> None:
    (step,) = [step for step in loaded("action.yml")["runs"]["steps"] if step["id"] == "install"]
    # A wheel without its dependencies stands for the checkout of the action, so that no index is needed.
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    given = {"FIGURE_AUDIT_PYTHON": sys.executable, "FIGURE_AUDIT_SOURCE": str(wheel), "RUNNER_TEMP": str(tmp_path)}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**os.environ, **given, "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    command = [str(tmp_path / "figure-audit/bin/figure-audit"), "--version"]
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(b"figure-audit ")


def run_action(folder: Path, temporary: Path, **inputs: str) -> tuple[int, str, str]:
    """The steps of the action as a runner carries them out, but for the installation: (code, output, summary)."""
    action = loaded("action.yml")
    given = {name: entry["default"] for name, entry in action["inputs"].items()} | inputs
    (step,) = [step for step in action["runs"]["steps"] if step["id"] == "check"]
    binaries = temporary / "figure-audit" / "bin"
    binaries.mkdir(parents=True, exist_ok=True)
    (binaries / "figure-audit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n')
    (binaries / "figure-audit").chmod(0o755)
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    files = {name: str(temporary / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        Path(file).write_text("")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **variables, **files, "RUNNER_TEMP": str(temporary), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert Path(files["GITHUB_OUTPUT"]).read_text() == f"exit-code={done.returncode}\n"
    return done.returncode, done.stdout.decode(), Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8")


def test_the_action_fails_on_the_slip_and_only_on_it(repository: Path, tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    assert run_action(repository, tmp_path / "a")[0] == 0
    slip(repository)
    git(repository, "commit", "-qam", "changed")
    inputs = {"changed-since": "clean", "sarif": "out/figures.sarif", "paths": "报告\n"}
    code, out, summary = run_action(repository, tmp_path / "b", **inputs)
    assert code == 1
    (annotation,) = [line for line in out.splitlines() if line.startswith("::")]
    assert annotation.startswith("::error file=报告/资金.md,line=3,endLine=3,col=5,")
    assert len(re.findall(r"^\| 错误 \|", summary, re.MULTILINE)) == 1
    (result,) = json.loads((repository / "out/figures.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["level"] == "error"


def test_nothing_in_an_input_of_the_action_is_code(repository: Path, tmp_path: Path) -> None:
    hostile = "$(touch pwned); `touch pwned` --html=pwned"
    inputs = {"paths": f"{hostile}\n--format=json", "fail-level": "error"}
    code, out, _ = run_action(repository, tmp_path / "c", **inputs)
    assert code == 2
    assert out.count("::error ") == 2
    assert not list(repository.rglob("pwned*"))


# ---------------------------------------------------------------- GitLab


def test_the_script_of_the_template_writes_its_reports(repository: Path) -> None:
    job = loaded("templates/figure-audit.gitlab-ci.yml")["figure-audit"]
    slip(repository)
    (script,) = job["script"]
    command = script.replace("figure-audit check", f"'{sys.executable}' -m audit check", 1)
    variables = {**job["variables"], "FIGURE_AUDIT_PATHS": "报告", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-ec", command], cwd=repository, env={**os.environ, **variables}, check=False, capture_output=True
    )
    assert done.returncode == 1
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((repository / reports["codequality"]).read_text("utf-8"))
    assert issue["location"]["path"] == "报告/资金.md"
    assert "<failure " in (repository / reports["junit"]).read_text("utf-8")


# ---------------------------------------------------------------- the pages


def blocks(kind: str) -> list[str]:
    pages = ("ci", "pre-commit", "github-actions", "gitlab")
    text = "\n".join((ROOT / f"docs/{page}.md").read_text("utf-8") for page in pages)
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def test_the_examples_of_the_pages_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.config import load

    (toml,) = blocks("toml")
    (tmp_path / "figure-audit.toml").write_text(toml, "utf-8")
    configuration = load(str(tmp_path / "figure-audit.toml"))
    assert configuration is not None
    assert configuration.sections
    pages = [yaml.safe_load(block) for block in blocks("yaml")]
    named = [page for page in pages if isinstance(page, dict)]
    hooks = [hook["id"] for page in named for source in page.get("repos", ()) for hook in source["hooks"]]
    assert hooks == [hook["id"] for hook in loaded(".pre-commit-hooks.yaml")]
    (jobs,) = [page["jobs"] for page in named if "jobs" in page]
    validate({"on": "pull_request", "jobs": jobs}, "github-workflows")
    given = jobs["figures"]["steps"][1]["with"]
    assert set(given) <= set(loaded("action.yml")["inputs"])
    (include,) = [page for page in pages if isinstance(page, dict) and "include" in page]
    assert (ROOT / include["include"][0]["local"]).is_file()
    assert set(include["figure-audit"]["variables"]) <= set(
        loaded(include["include"][0]["local"])["figure-audit"]["variables"]
    )
