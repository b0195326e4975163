"""The wheel holds everything that a check needs, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BAD = "全县有危房8224户，其中建档立卡贫困户8888户。\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel; without isolation, as the build backend is a development dependency."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_its_data_and_the_rules(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"audit/{path.relative_to(ROOT / 'audit').as_posix()}"
        for path in (ROOT / "audit").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    wanted |= {
        f"audit/rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.yaml")
    }
    assert "audit/py.typed" in wanted
    assert wanted <= names
    assert not {name for name in names if not name.startswith(("audit/", "figure_audit-"))}


def test_an_installed_copy_checks_a_document_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, capture_output=True, timeout=300)
    binaries = venv / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        "--disable-pip-version-check",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    # The dependencies of the running environment come last on the path, so that the copy in the new one is used.
    borrowed = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True
    )
    site = Path(borrowed.stdout.decode().strip())
    (site / "zz_borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "report.txt").write_text(BAD, "utf-8")

    def run(*command: str) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, check=False, timeout=300)

    where = run(str(python), "-c", "import audit; print(audit.__file__)")
    assert Path(where.stdout.decode().strip()).is_relative_to(venv)
    checked = run(str(binaries / "figure-audit"), "check", "report.txt", "--html", "report.html")
    assert checked.returncode == 1, checked.stderr.decode()
    assert "parts-after-qizhong" in checked.stdout.decode()
    assert (elsewhere / "report.html").stat().st_size > 1000
    listed = run(str(python), "-m", "audit", "claims", "report.txt", "--format", "csv")
    assert (listed.returncode, listed.stdout.count(b"\n")) == (0, 3), listed.stderr.decode()
