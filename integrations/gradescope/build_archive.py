"""Make the zip that Gradescope takes as an assignment's autograder.

    python integrations/gradescope/build_archive.py a01_layers --to a01_layers.zip

It holds the course library, the grader, and of this one assignment the sources, mistakes and
release. The same files make the same bytes. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
HERE = Path("integrations/gradescope")
_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")


def archive_files(course: Path, assignment: str) -> dict[str, Path]:
    """The archive's files by their names in it.

    Raises:
        SystemExit: if there is no such assignment, or it is not released.
    """
    sources = (course / "solutions").glob("*/*/notebook.py")
    known = sorted({path.parents[1].name for path in sources})
    if assignment not in known:
        raise SystemExit(f"There is no assignment {assignment!r}. Known: {', '.join(known)}.")
    if not list((course / "assignments" / assignment).glob("*.ipynb")):
        raise SystemExit(f"{assignment} is not released. Run `autograder release {assignment}`.")
    names = ["pyproject.toml", "README.md", "LICENSE", "course.toml"]
    names += [path.relative_to(course).as_posix() for path in (course / "solutions").glob("*.py")]
    folders = ["autograder", "course_lib", f"solutions/{assignment}", f"assignments/{assignment}"]
    files = {name: course / name for name in names}
    for folder in folders:
        files |= {path.relative_to(course).as_posix(): path for path in _files(course / folder)}
    for name in ("setup.sh", "run_autograder"):
        files[name] = course / HERE / name
    return files


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not set(path.parts) & set(_LEFT_OUT):
            yield path


def points(course: Path, assignment: str) -> float:
    """The points of the released notebooks' graded cells."""
    total = 0.0
    for path in (course / "assignments" / assignment).glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            total += cell["metadata"].get("nbgrader", {}).get("points", 0)
    return total


def build(course: Path, assignment: str, target: Path, isolation: str = "namespaces") -> None:
    """Write the archive."""
    contents = {name: path.read_bytes() for name, path in archive_files(course, assignment).items()}
    contents |= {"assignment": f"{assignment}\n".encode(), "isolation": f"{isolation}\n".encode()}
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name)  # Of 1980, so that the bytes do not change.
            executable = name in ("setup.sh", "run_autograder")
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents[name])


def main() -> None:
    parser = argparse.ArgumentParser(description="Make an assignment's autograder for Gradescope.")
    parser.add_argument("assignment")
    parser.add_argument("--to", type=Path, help="the zip (default: ASSIGNMENT.zip)")
    parser.add_argument(
        "--isolation",
        choices=["namespaces", "container"],
        default="namespaces",
        help="container: one container for grader and student; read docs/ci.md first",
    )
    arguments = parser.parse_args()
    target = arguments.to or Path(f"{arguments.assignment}.zip")
    build(COURSE, arguments.assignment, target, arguments.isolation)
    size = target.stat().st_size / 2**20
    total = points(COURSE, arguments.assignment)
    print(f"{target}: {size:.1f} MB. Set the assignment's autograder points to {total:g}.")


if __name__ == "__main__":
    main()
