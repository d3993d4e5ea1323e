"""Build what students get: notebooks without solutions, and public cases without code."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import math
import random
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.calibration import read_calibration
from autograder.checks import Check, checks_of
from autograder.course import Course
from autograder.plan import mistake_from
from autograder.results import write_atomically
from autograder.source import (
    Reference,
    Variant,
    checked_expression,
    is_graded,
    is_solution,
    marks,
    read_source,
    read_variant,
    splice,
)
from course_lib.checking import Case, Equal, Mistake, Structure, judge_case, run_probe
from course_lib.checking.store import PublicCheck, freeze
from course_lib.checking.wire import decode_arrays

PUBLIC_KEY = b"public"
_CASES = Path("course_lib/cases")
_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"


def build_release(course: Course, assignment: str) -> dict[str, bytes]:
    """Everything that a release of this assignment consists of, by path relative to the course.

    The bytes are the same every time on the same machine. Nothing is written.

    Raises:
        CourseError: if a source, a check or a variant is wrong; it names the file and the cell.
    """
    sources = {
        name: read_source(course.source(assignment, name)) for name in course.notebooks(assignment)
    }
    checks = {name: checks_of(f"{assignment}/{name}") for name in sources}
    for name, notebook in sources.items():
        _validate(course, assignment, name, notebook, checks[name])
    _require_unique_names(course, assignment, sources)

    for name, notebook in sources.items():
        _state_bounds(notebook, checks[name])

    files: dict[str, bytes] = {}
    for name, student_version in _student_versions(course, assignment, sources).items():
        files[f"assignments/{assignment}/{name}.ipynb"] = student_version
    for name, notebook in sources.items():
        for public in _public_checks(course, assignment, name, notebook, checks[name]):
            for suffix, content in freeze(public).items():
                files[str(_CASES / assignment / name / f"{public.name}{suffix}")] = content
    return files


def write_release(
    course: Course, assignments: Sequence[str] | None = None, *, db: Path | None = None
) -> list[str]:
    """Build and write releases, and register their cells in the nbgrader gradebook.

    Every assignment is built before the first file is written. Files that differ from what is
    there only by the rounding of another processor are left as they are.

    Args:
        course: the course.
        assignments: names of assignments; by default all of them.
        db: the gradebook; by default `gradebook.db` in the course's folder.

    Returns:
        The paths, relative to the course, that were written or removed.
    """
    from autograder.gradebook import GradebookWriter

    built = _build(course, assignments)
    files = {path: content for release in built.values() for path, content in release.items()}
    out_of_date = _out_of_date(course, files)
    stale = _stale(course, built if assignments is not None else None, files)
    for path in out_of_date:
        write_atomically(course.root / path, files[path])
    for path in stale:
        _remove(course, course.root / path)
    with GradebookWriter(db or course.root / "gradebook.db", course) as gradebook:
        for assignment in built:
            gradebook.register(assignment, released_notebooks(course, assignment))
    return sorted([*out_of_date, *stale])


def check_release(course: Course, assignments: Sequence[str] | None = None) -> list[str]:
    """What is out of date: one line for each file that is missing, changed or stale."""
    built = _build(course, assignments)
    files = {path: content for release in built.values() for path, content in release.items()}
    problems = [
        f"{path} is {'changed' if (course.root / path).exists() else 'missing'}"
        for path in _out_of_date(course, files)
    ]
    problems += [
        f"{path} is stale"
        for path in _stale(course, built if assignments is not None else None, files)
    ]
    return sorted(problems)


def released_notebooks(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """The notebooks of a release as they lie on disk, by name.

    Raises:
        CourseError: if one has not been released.
    """
    found: dict[str, NotebookNode] = {}
    for name in course.notebooks(assignment):
        path = course.released(assignment, name)
        if not path.is_file():
            raise CourseError(
                f"{_shown(course, path)} is missing. Run `autograder release {assignment}`."
            )
        found[name] = nbformat.read(path, as_version=4)
    return found


def solution_lines(notebook: NotebookNode) -> set[str]:
    """The telling lines of a notebook's solutions: long, and nowhere outside a solution."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in notebook.cells:
        within = False
        for line in cell.source.splitlines():
            if _BEGIN in line:
                within = True
            elif _END in line:
                within = False
            else:
                (inside if within else outside).add(line.strip())
    return {line for line in inside - outside if len(line) > 12}


def _build(course: Course, assignments: Sequence[str] | None) -> dict[str, dict[str, bytes]]:
    names = course.assignments() if assignments is None else list(dict.fromkeys(assignments))
    return {name: build_release(course, name) for name in names}


# Rules for a source


def _validate(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> None:
    path = _shown(course, course.source(assignment, name))
    seen: set[str] = set()
    for index, cell in enumerate(notebook.cells):
        grade_id = str(marks(cell).get("grade_id", ""))
        where = f"{path}, cell {grade_id!r}" if grade_id else f"{path}, cell {index + 1}"
        if marks(cell) and not grade_id:
            raise CourseError(f"{where} has nbgrader marks but no grade_id. Give it one.")
        if grade_id in seen:
            raise CourseError(f"{where}: this grade_id stands twice. Every cell needs its own.")
        if grade_id:
            seen.add(grade_id)
        if marks(cell).get("task"):
            raise CourseError(
                f"{where} is a task cell, which this course does not use. For an answer that a "
                'person grades, set "grade" and "solution" instead.'
            )
        if marks(cell).get("grade") and not _is_points(marks(cell).get("points")):
            raise CourseError(
                f"{where} is graded, but its points are missing or negative. "
                f"Received: points={marks(cell).get('points')!r}."
            )
        if is_graded(cell):
            _validate_graded_cell(where, grade_id, cell, checks)
        elif cell.cell_type == "code":
            _validate_solution_regions(where, cell)
    graded = {marks(cell)["grade_id"] for cell in notebook.cells if is_graded(cell)}
    for check in sorted(set(checks) - graded):
        raise CourseError(
            f"Check {check!r} has no graded cell in {path}. Add the cell, or remove the check."
        )


def _is_points(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0


def _validate_graded_cell(
    where: str, grade_id: str, cell: NotebookNode, checks: dict[str, Check]
) -> None:
    try:
        checked_expression(cell.source)
    except (CourseError, SyntaxError) as error:
        raise CourseError(f"{where}: {error}") from error
    if not cell.source.strip().startswith((f'check("{grade_id}"', f"check('{grade_id}'")):
        raise CourseError(
            f"{where}: the cell must check what its grade_id names, "
            f'check("{grade_id}", ...). Received: {cell.source.strip()[:80]!r}.'
        )
    if grade_id not in checks:
        known = f" Known here: {', '.join(sorted(checks))}." if checks else ""
        raise CourseError(f"{where} is graded, but there is no check of this name.{known}")


def _validate_solution_regions(where: str, cell: NotebookNode) -> None:
    depth = regions = 0
    for line in cell.source.splitlines():
        if _BEGIN in line:
            depth, regions = depth + 1, regions + 1
        elif _END in line:
            depth -= 1
        if depth not in (0, 1):
            raise CourseError(f"{where}: {_BEGIN} and {_END} must alternate.")
    if depth:
        raise CourseError(f"{where}: {_END} is missing.")
    if is_solution(cell) and not regions:
        raise CourseError(
            f"{where} is a solution cell without {_BEGIN} and {_END}. "
            "Put them around what the student writes."
        )
    if regions and not is_solution(cell):
        raise CourseError(
            f'{where} holds a solution, but is not marked as a solution cell. Set "solution": true.'
        )


def _require_unique_names(
    course: Course, assignment: str, sources: dict[str, NotebookNode]
) -> None:
    """In the whole course: `check(name, ...)` has nothing else to go by."""
    owners: dict[str, str] = {}
    for other in [assignment, *(name for name in course.assignments() if name != assignment)]:
        for name in course.notebooks(other):
            path = course.source(other, name)
            notebook = sources[name] if other == assignment else read_source(path)
            for cell in filter(is_graded, notebook.cells):
                check = marks(cell).get("grade_id", "")
                if check in owners:
                    raise CourseError(
                        f"{_shown(course, path)}, cell {check!r}: a check of this name stands in "
                        f"{owners[check]} too. Rename one of them."
                    )
                owners[check] = _shown(course, path)


# The student's notebooks

_BOUND = re.compile(r"\{calibration (\w+)\}")


def _state_bounds(notebook: NotebookNode, checks: dict[str, Check]) -> None:
    """Write what was measured where the prose says `{calibration check}`."""

    def measured(found: re.Match[str]) -> str:
        return read_calibration(checks[found[1]].calibration_file, found[1]).in_prose()

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _BOUND.sub(measured, cell.source)


def _student_versions(
    course: Course, assignment: str, sources: dict[str, NotebookNode]
) -> dict[str, bytes]:
    """The notebooks as nbgrader's own GenerateAssignment makes them."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    messages = io.StringIO()
    log = logging.Logger("generate_assignment", logging.ERROR)
    log.addHandler(logging.StreamHandler(messages))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name, notebook in sources.items():
            write_atomically(
                root / "source" / assignment / f"{name}.ipynb", nbformat.writes(notebook)
            )
        directory = CourseDirectory(root=str(root), assignment_id=assignment, log=log)
        converter = GenerateAssignment(coursedir=directory, log=log, no_database=True)
        # The cells are registered in the gradebook when the release is written.
        converter.preprocessors = [
            step for step in converter.preprocessors if step is not SaveCells
        ]
        try:
            converter.start()
        except Exception as error:
            causes = re.findall(
                r"^[\w.]*(?:Error|Exception): .*$", messages.getvalue(), re.MULTILINE
            )
            raise CourseError(
                f"nbgrader cannot make a student version of {assignment}: "
                f"{causes[-1] if causes else error}"
            ) from error
        released = {
            name: (root / "release" / assignment / f"{name}.ipynb").read_bytes() for name in sources
        }
    for name, notebook in sources.items():
        _require_no_solution(
            _shown(course, course.source(assignment, name)), notebook, released[name]
        )
    return released


def _require_no_solution(path: str, notebook: NotebookNode, released: bytes) -> None:
    telling = solution_lines(notebook)
    for cell in nbformat.reads(released.decode(), as_version=4).cells:
        for line in cell.source.splitlines():
            if line.strip() in telling or _BEGIN in line or _END in line:
                raise CourseError(
                    f"{path}, cell {cell.id!r}: a line of a solution would be released: "
                    f"{line.strip()[:80]!r}."
                )


# The public cases


def _public_checks(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> Iterable[PublicCheck]:
    if not checks:
        return
    path = _shown(course, course.source(assignment, name))
    reference = Reference(notebook, f"{assignment}/{name}")
    with _naming(path), contextlib.redirect_stdout(io.StringIO()):
        namespace = reference.namespace
    mistakes = _mistakes(course, assignment, name, notebook, checks)
    for cell in filter(is_graded, notebook.cells):
        check = checks[marks(cell)["grade_id"]]
        with _naming(f"{path}, check {check.name!r}"), contextlib.redirect_stdout(io.StringIO()):
            _seed()
            cases = check.public_cases(PUBLIC_KEY, namespace)
        known = [
            (sentence, subject) for about, sentence, subject in mistakes if about == check.name
        ]
        cases = tuple(_with_mistakes(check.name, case, known) for case in cases)
        yield PublicCheck(check.name, float(marks(cell)["points"]), cases)


def _mistakes(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> list[tuple[str, str, Any]]:
    """Known mistakes that can be recognised by value: check, sentence, the wrong object."""
    found: list[tuple[str, str, Any]] = []
    for path in course.variants(assignment, name):
        variant = read_variant(path)
        _require_known_checks(_shown(course, path), variant, checks)
        if not (variant.is_bad and variant.hint):
            continue
        with _naming(_shown(course, path)), contextlib.redirect_stdout(io.StringIO()):
            wrong = Reference(splice(notebook, variant), f"{assignment}/{name}/{variant.name}")
            for check in variant.fails:
                found.append((check, variant.hint, wrong.subject(check)))
    return found


def _require_known_checks(path: str, variant: Variant, checks: dict[str, Check]) -> None:
    for check in variant.fails:
        if check not in checks:
            raise CourseError(
                f"{path}: FAILS names {check!r}, which is no check of this notebook. "
                f"Known: {', '.join(sorted(checks))}."
            )


def _with_mistakes(check: str, case: Case, known: Sequence[tuple[str, Any]]) -> Case:
    if not isinstance(case.expects, (Equal, Structure)):
        return case
    mistakes: list[Mistake] = []
    for sentence, subject in known:
        _seed()
        with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
            observation = run_probe(case.probe, subject)
        mistake = mistake_from(sentence, observation, case.expects)
        if mistake is not None and judge_case(case, observation, check).outcome != "passed":
            mistakes.append(mistake)
    return replace(case, mistakes=tuple(mistakes))


def _seed() -> None:
    """Give code that draws random numbers the same ones in every build."""
    random.seed(0)
    np.random.seed(0)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(0)


@contextlib.contextmanager
def _naming(what: str) -> Any:
    """Turn whatever the course's own code raises into one line that says whose it is."""
    try:
        yield
    except CourseError as error:
        raise error if what in str(error) else CourseError(f"{what}: {error}") from error
    except Exception as error:
        raise CourseError(f"{what} stopped with {type(error).__name__}: {error}") from error


# What lies on disk


def _out_of_date(course: Course, files: dict[str, bytes]) -> list[str]:
    return [path for path, content in files.items() if not _same(course.root / path, content)]


def _stale(course: Course, assignments: Iterable[str] | None, files: dict[str, bytes]) -> list[str]:
    """Files of these assignments (`None`: of any) that no source makes any more."""
    found: list[str] = []
    for base in (course.assignments_dir, course.root / _CASES):
        folders = [base] if assignments is None else [base / name for name in assignments]
        for folder in folders:
            for path in folder.rglob("*"):
                relative = path.relative_to(course.root)
                hidden = any(part.startswith(".") for part in relative.parts)
                generated = base == course.root / _CASES or path.suffix == ".ipynb"
                if path.is_file() and generated and not hidden and relative.as_posix() not in files:
                    found.append(relative.as_posix())
    return sorted(found)


def _remove(course: Course, path: Path) -> None:
    path.unlink()
    for folder in path.parents:
        if folder in (course.root, course.assignments_dir) or any(folder.iterdir()):
            return
        folder.rmdir()


def _same(path: Path, content: bytes) -> bool:
    """Whether a file holds this content, but for the rounding of another processor."""
    if not path.is_file():
        return False
    present = path.read_bytes()
    if present == content:
        return True
    try:
        if path.suffix == ".json":
            return _close(json.loads(present), json.loads(content))
        if path.suffix == ".safetensors":
            return _close(decode_arrays(present), decode_arrays(content))
    except Exception:
        return False
    return False


def _close(old: Any, new: Any) -> bool:
    if type(old) is not type(new):
        return False
    if isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-5, abs_tol=1e-9) or (old != old and new != new)
    if isinstance(new, dict):
        return old.keys() == new.keys() and all(_close(old[key], new[key]) for key in new)
    if isinstance(new, list):
        return len(old) == len(new) and all(map(_close, old, new))
    if isinstance(new, np.ndarray):
        if old.shape != new.shape or old.dtype != new.dtype:
            return False
        if new.dtype.kind != "f":
            return bool(np.array_equal(old, new))
        return bool(np.allclose(old, new, rtol=1e-5, atol=1e-6, equal_nan=True))
    return bool(old == new)


def _shown(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix()
