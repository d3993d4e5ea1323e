"""The beginning of a course and of a notebook: complete, working, and written from templates.

The templates lie in `templates/`. What they write is released, audited and graded as it is; the
author changes it, instead of beginning with nothing.
"""

from __future__ import annotations

import json
import keyword
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from autograder._exceptions import CourseError
from autograder.source.course import Course

FIRST = ("a01_beginning", "smoothing")
"""The assignment and the notebook that a new course begins with."""

_TEMPLATES = Path(__file__).parent / "templates"
_ASSIGNMENT = re.compile(r"a\d\d_[a-z][a-z0-9_]*")
_NOTEBOOK = re.compile(r"[a-z][a-z0-9_]*")
_GRADE_ID = re.compile(r'"grade_id": "([^"]+)"')


def write_course(folder: Path, title: str = "", *, framework: bool = True) -> list[Path]:
    """Write a new course with one notebook.

    Args:
        folder: where; it must not exist yet.
        title: the course's name for people; by default made of the folder's.
        framework: whether the notebook has a Keras model.

    Returns:
        The files that were written.

    Raises:
        CourseError: if the folder exists, or its parent does not.
    """
    folder = folder.resolve()
    if folder.exists():
        raise CourseError(f"{folder} exists already. Name a folder that does not: it is made.")
    if not folder.parent.is_dir():
        raise CourseError(f"There is no folder {folder.parent} to make the course in.")
    title = title or _spoken(folder.name) or "A course"
    assignment, name = FIRST
    given = {
        "id": json.dumps(re.sub(r"[^\w.-]+", "-", folder.name), ensure_ascii=False),
        "title": json.dumps(title, ensure_ascii=False),
        "heading": title,
        "assignment": assignment,
        "name": name,
        "check": f"{name}_average",
    }
    with _whole(folder) as made:
        for file, target in (
            ("course.toml", "course.toml"),
            ("README.md", "README.md"),
            ("gitignore", ".gitignore"),
        ):
            (made / target).write_text(_rendered(f"course/{file}.j2", given), encoding="utf-8")
        _write_notebook(made / "solutions" / assignment / name, assignment, name, name, framework)
    return _files(folder)


def write_notebook(course: Course, place: str, *, framework: bool = True) -> list[Path]:
    """Write a new notebook of a course: all that an author edits, in a folder of its own.

    Args:
        course: the course.
        place: `"aNN_topic/name"`.
        framework: whether it has a Keras model.

    Returns:
        The files that were written.

    Raises:
        CourseError: if the place is no such name, or exists.
    """
    assignment, _, name = place.partition("/")
    if not _ASSIGNMENT.fullmatch(assignment) or not _is_name(name):
        raise CourseError(
            "A notebook's place is aNN_topic/name, in small letters, digits and underscores "
            f"(a02_filters/edges). Received: {place!r}."
        )
    folder = course.folder(assignment, name)
    if folder.exists():
        raise CourseError(f"{course.shown(folder)} exists already. Choose another name.")
    prefix = name if not _taken(course, name) else f"{assignment}_{name}"
    if _taken(course, prefix):
        raise CourseError(f"The course has checks {prefix}_... already. Choose another name.")
    for parent in (course.solutions, folder.parent):
        parent.mkdir(exist_ok=True)
    with _whole(folder) as made:
        _write_notebook(made, assignment, name, prefix, framework)
    return _files(folder)


def rendered(assignment: str, name: str, check: str, *, framework: bool = True) -> dict[str, str]:
    """The files of a notebook's beginning by path, as they are written.

    Args:
        assignment: `"a01_beginning"`.
        name: the notebook's.
        check: what the names of its checks begin with, which are unique in the course.
        framework: whether it has a Keras model.
    """
    given = {
        "assignment": assignment,
        "name": name,
        "check": check,
        "heading": _spoken(name),
        "framework": framework,
    }
    files = {}
    for template in sorted((_TEMPLATES / "notebook").rglob("*.j2")):
        path = template.relative_to(_TEMPLATES).as_posix()
        text = _rendered(path, given)
        if text.strip():
            files[path[len("notebook/") : -len(".j2")].replace("CHECK", check)] = text
    return files


def _write_notebook(folder: Path, assignment: str, name: str, check: str, framework: bool) -> None:
    for path, text in rendered(assignment, name, check, framework=framework).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _rendered(template: str, given: Mapping[str, object]) -> str:
    # Here, so that the command line starts at once.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python and Markdown, from names that were looked at.
    )
    return environment.get_template(template).render(given).lstrip("\n")


def _is_name(name: str) -> bool:
    return bool(_NOTEBOOK.fullmatch(name)) and not keyword.iskeyword(name)


def _taken(course: Course, prefix: str) -> bool:
    """Whether a check of the course has a name that the beginning would use."""
    mine = {f"{prefix}_{check}" for check in ("average", "classifier")}
    sources = course.solutions.glob("*/*/notebook.py")
    return any(mine.intersection(_GRADE_ID.findall(s.read_text("utf-8"))) for s in sources)


def _spoken(name: str) -> str:
    """A name as a heading: `"two_filters"` is "Two filters"."""
    words = re.sub(r"[^\w.]+|_+", " ", name).strip()
    return words[:1].upper() + words[1:]


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder that is there whole or not at all."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    made.chmod(0o755)
    try:
        yield made
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
