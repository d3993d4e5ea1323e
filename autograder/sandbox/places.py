"""What of the machine's files the sandbox shows, and where: what Python needs and nothing else.

A folder is bound by its parts: of `/usr` and of an environment only what holds programs, libraries
and their data. So a course in `/usr/src/app`, or one whose environment lies in it, is not shown.
What is known to be private and lies in a part all the same is covered by an empty folder.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder._exceptions import SandboxUnavailable

_TOP = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_PARTS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "share", "include")
_OF_ENVIRONMENTS = ("bin", "lib", "lib64", "share", "include", "etc", "ssl", "pyvenv.cfg")
_ENVIRONMENT = Path("/environment")


@dataclass(frozen=True)
class Bound:
    """A folder or file that is shown, read-only.

    Attributes:
        source: where it lies.
        place: where it is shown; elsewhere only if that place is the submission's own.
    """

    source: Path
    place: Path

    def place_of(self, path: Path) -> Path | None:
        """Where something in it is shown; `None` if it is not in it."""
        for known in (path, path.resolve()):
            for folder in (self.source, self.source.resolve()):
                if known.is_relative_to(folder):
                    return self.place / known.relative_to(folder)
        return None


def system_arguments(accelerator: bool = False) -> list[str]:
    """The system's programs and libraries, as bubblewrap's arguments.

    Args:
        accelerator: whether with what the drivers of one bring along.
    """
    arguments = []
    for path in (*map(Path, _TOP), *_of_usr(accelerator)):
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            arguments += ["--ro-bind", str(path), str(path)]
    return arguments


def system_folders() -> list[Bound]:
    """What `system_arguments` shows."""
    found = (path for path in (*map(Path, _TOP), *_of_usr()) if path.is_dir())
    return [Bound(path, path) for path in found if not path.is_symlink()]


def interpreter() -> list[Bound]:
    """The interpreter and its packages, as far as they are not the system's."""
    parts = [
        Path(prefix, part) for prefix in {sys.base_prefix, sys.prefix} for part in _OF_ENVIRONMENTS
    ]
    wanted = [part for part in parts if not part.is_symlink()]  # `lib64` may be `lib` once more.
    wanted += [Path(path) for name, path in sysconfig.get_paths().items() if name != "data"]
    # An environment may build on the packages of another one, by a .pth file.
    wanted += [Path(p) for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    found: list[Bound] = []
    for path in sorted({Path(os.path.abspath(path)) for path in wanted if path.exists()}):
        known = [*system_folders(), *found]
        if not any(path.is_relative_to(bound.source) for bound in known):
            found.append(Bound(path, _shown(path)))
    return found


def executable() -> Path:
    """The interpreter's path in the sandbox.

    It may have been called by a path with `..` in it, which leads nowhere where only the last
    folder is shown.
    """
    path, own = Path(sys.executable), Path(sys.prefix, "bin", Path(sys.executable).name)
    if own.exists() and own.samefile(path):
        return _shown(Path(os.path.abspath(own)))
    return _shown(path.parent.resolve() / path.name)


def visible() -> list[Bound]:
    """All of the machine's files that are shown."""
    return [*interpreter(), *system_folders()]


def covers(private: Iterable[Path]) -> list[tuple[Path, list[Bound]]]:
    """Which places must be covered, each with what is needed that lies in it.

    Args:
        private: folders that no submission may read.

    Raises:
        SandboxUnavailable: if one of them is itself what Python needs.
    """
    shown = visible()
    found = []
    for folder in sorted({path.resolve() for path in private}):
        for bound in shown:
            if folder == bound.source.resolve():
                raise SandboxUnavailable(
                    f"{folder} cannot be hidden from submissions, because Python needs what is in "
                    "it. Keep the course, the submissions and --out in folders of their own."
                )
            if (place := bound.place_of(folder)) is not None:
                inside = [one for one in shown if one.source.resolve().is_relative_to(folder)]
                found.append((place, inside))
    return found


def _of_usr(accelerator: bool = False) -> list[Path]:
    parts = [Path(root, part) for root in ("/usr", "/usr/local") for part in _PARTS]
    if accelerator:
        parts += [*Path("/usr/local").glob("cuda*"), Path("/usr/local/nvidia")]
    return parts


def _shown(path: Path) -> Path:
    """Where a file of the interpreter is shown: below /tmp there is only the submission's own."""
    if path.is_relative_to("/tmp") and path.is_relative_to(sys.prefix):
        return _ENVIRONMENT / path.relative_to(sys.prefix)
    return path
