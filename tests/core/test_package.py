"""What is shipped: a wheel with everything in it that a start needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source tree without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_packages_and_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    theories = [n for n in names if n.startswith("bot/data/theories/") and n.endswith(".toml")]
    assert len(theories) >= 9
    for needed in (
        "bot/data/vocabulary.toml",
        "cogs/lookup/_commands.py",
        "bot/demo/static/launcher.js",
    ):
        assert needed in names
    assert not [n for n in names if n.startswith(("tests/", "data/"))]


def test_what_is_in_the_wheel_passes_its_own_check(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", "check"],
        cwd=tmp_path, env={"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " theories" in done.stdout


def test_the_locks_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
