"""An environment of its own, into which the package is installed as a wheel: what a user has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parent.parent
_OTHERS = sysconfig.get_paths()


class Installed:
    """The package's wheel, built and installed; everything else comes from this environment.

    Args:
        folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        wheel = _build(folder)
        self._bin = folder / "environment" / "bin"
        self._home = folder / "home"
        self._home.mkdir()
        _run([sys.executable, "-m", "venv", "--without-pip", folder / "environment"])
        pip = [sys.executable, "-m", "pip", "--python", self._bin / "python"]
        _run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel])
        (packages,) = (folder / "environment" / "lib").glob("python*/site-packages")
        # Behind the wheel, and without what is installed there for editing: path files in a folder
        # that a path file names are not read.
        (packages / "others.pth").write_text(_OTHERS["purelib"] + "\n")
        self.packages = packages

    def python(self, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run its Python."""
        return self._call("python", arguments, cwd)

    def autograder(
        self, *arguments: object, cwd: Path, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run its command line, which must end with this code."""
        done = self._call("autograder", arguments, cwd)
        assert done.returncode == code, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

    def _call(
        self, command: str, arguments: tuple[object, ...], cwd: Path
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "MPLBACKEND": "Agg",
            "PATH": os.pathsep.join([str(self._bin), "/usr/bin", "/bin"]),
        }
        return subprocess.run(
            [str(self._bin / command), *map(str, arguments)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


def _build(folder: Path) -> Path:
    """Build the wheel from a copy, so that nothing is left in the repository."""
    source = folder / "source"
    source.mkdir()
    for name in ("autograder", "course_lib"):
        shutil.copytree(
            _REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(_REPOSITORY / name, source)
    # With the setuptools that is here, if it is new enough; else pip fetches another.
    new = int(metadata.version("setuptools").partition(".")[0]) >= 77
    here = ["--no-build-isolation"] if new else []
    _run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *here,
         "--wheel-dir", folder / "dist", source]
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def _run(command: list[object]) -> None:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
