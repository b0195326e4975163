"""The formats of CI services before programs and types that others publish; npm installs these where it can."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.output import gitlab, rdjson
from tests.output import samples

REPORT = samples.report()


def installed(folder: Path, *packages: str) -> Path:
    """The folder of the commands of some npm packages; the test is skipped where they cannot be installed."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    if subprocess.run([npm, "install", *options, *packages], check=False, capture_output=True, timeout=120).returncode:
        pytest.skip(f"{', '.join(packages)} cannot be installed here")
    return folder / "node_modules" / ".bin"


def test_gitlab_issues_are_issues_of_code_climate(tmp_path: Path) -> None:
    """Held to the types that are published of the format which GitLab took over."""
    compiler = installed(tmp_path, "typescript@5.6.3", "codeclimate-types@0.3.1") / "tsc"
    issues = json.loads(gitlab.render(REPORT))
    for name, entries, good in (("good", issues, True), ("bad", [{**issues[0], "severity": "error"}], False)):
        file = tmp_path / f"{name}.ts"
        written = json.dumps(entries, ensure_ascii=False)
        file.write_text(
            f"import {{ Issue }} from 'codeclimate-types'\nexport const all: Issue[] = {written}\n", "utf-8"
        )
        command = [str(compiler), "--noEmit", "--strict", str(file)]
        done = subprocess.run(command, check=False, capture_output=True, timeout=120)
        assert (done.returncode == 0) is good, done.stdout.decode()


def test_rdjson_passes_the_validator_of_the_format(tmp_path: Path) -> None:
    validator = installed(tmp_path, "@umbrelladocs/rdformat-validator@1.0.1") / "rdformat-validator"
    for name, entry, code in (("good", json.loads(rdjson.render(REPORT)), 0), ("bad", {"diagnostics": [{}]}, 1)):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(entry), "utf-8")
        done = subprocess.run([str(validator), str(file)], check=False, capture_output=True, timeout=60)
        assert bool(done.returncode) == bool(code), done.stdout + done.stderr
