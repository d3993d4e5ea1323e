"""Write the pages: the class's report and each student's feedback."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.records.files import write_derived
from autograder.records.for_students import for_student
from autograder.records.keys import name_of
from autograder.records.outcomes import OUTCOMES
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
    digest_of,
)
from autograder.report import _histogram
from autograder.report._seal import is_of_nbgrader, made_from, seal_of
from autograder.report._statistics import is_complete, latest_round, name_order, share, summarise
from autograder.report._summary import number, percent
from autograder.report._text import display_name, drawing, safe_filename, sanitise
from course_lib.checking.render import inline_code

# What a page shows of one text. The record keeps the rest.
TEXT_LIMIT = 3000
FINDING_LIMIT = 12


def write_report(
    out: Path,
    records: Sequence[SubmissionRecord],
    *,
    course_title: str,
    problems: Sequence[str] = (),
    unused: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write the class overview and a page for each student; only what is not there already.

    Pages of students who are no longer in the records are removed.

    Args:
        out: the grading output; the pages go to `out/report`.
        records: the class's records, of one assignment or several.
        course_title: stands on every page.
        problems: what stopped the grading of single students in the last run, in lines.
        unused: what lay in the folder of submissions and was not used: its path, and the reason.

    Returns:
        The path of the overview, `out/report/index.html`.
    """
    overview = _overview(Path(out))
    by_student = _by_student(records)
    students = list(by_student)
    pages = _student_pages(Path(out), students)
    for index, student in enumerate(students):
        previous = students[index - 1] if index else None
        following = students[index + 1] if index + 1 < len(students) else None
        seal = made_from(digest_of(*by_student[student]), course_title, previous, following)
        if seal_of(pages[student]) != seal:
            page = _environment().get_template("student.html.j2")
            text = page.render(
                course_title=course_title,
                student=student,
                records=by_student[student],
                previous=previous,
                following=following,
            )
            write_derived(pages[student], seal.on(text))
    for stale in set(overview.parent.glob("students/*.html")) - set(pages.values()):
        stale.unlink()

    seal = made_from(_digest_of_all(by_student), course_title, list(problems), list(unused))
    if seal_of(overview) != seal:
        template = _environment().get_template("overview.html.j2")
        text = template.render(
            course_title=course_title,
            assignments=summarise(records),
            students=students,
            problems=problems,
            unused=unused,
        )
        write_derived(overview, seal.on(text))
    return overview


def report_faults(out: Path, records: Sequence[SubmissionRecord]) -> Iterator[tuple[Path, str]]:
    """The pages of a report that are missing, damaged, or of other records."""
    by_student = _by_student(records)
    overview, pages = _overview(out), _student_pages(out, list(by_student))
    if records:
        yield from _fault(overview, _digest_of_all(by_student))
    for student, path in pages.items():
        yield from _fault(path, digest_of(*by_student[student]))
    for path in sorted(set(overview.parent.glob("students/*.html")) - set(pages.values())):
        yield path, "is of nobody who has a grade"


def write_feedback(path: Path, record: SubmissionRecord, notebook: str) -> None:
    """Write a student's feedback page for one notebook: what its checks show to students.

    Args:
        path: the page to write.
        record: the student's result record.
        notebook: the name of one of its notebooks.

    Raises:
        ValueError: if the record has no notebook of that name.
    """
    found = [candidate for candidate in record.notebooks if candidate.name == notebook]
    if not found:
        known = ", ".join(repr(candidate.name) for candidate in record.notebooks)
        raise ValueError(
            f"`notebook` must be one of the record's notebooks: {known or '(none)'}. "
            f"Received: notebook={notebook!r}"
        )
    template = _environment().get_template("feedback.html.j2")
    shown = for_student(record)
    (shown_notebook,) = [one for one in shown.notebooks if one.name == notebook]
    text = template.render(record=shown, notebook=shown_notebook)
    write_derived(Path(path), made_from(digest_of(record)).on(text))


def feedback_faults(path: Path, record: SubmissionRecord) -> Iterator[tuple[Path, str]]:
    """Whether a feedback page is missing, damaged, or of another record.

    A page that `nbgrader generate_feedback` put in its place is right.
    """
    if not is_of_nbgrader(path):
        yield from _fault(path, digest_of(record))


def _fault(path: Path, records: str) -> Iterator[tuple[Path, str]]:
    found = seal_of(path)
    if found is None:
        yield path, "is damaged" if path.exists() else "is missing"
    elif found.records != records:
        yield path, "was made from other grades"


def _overview(out: Path) -> Path:
    return out / "report" / "index.html"


def _student_pages(out: Path, students: Sequence[str]) -> dict[str, Path]:
    folder = out / "report" / "students"
    return {student: folder / f"{safe_filename(student)}.html" for student in students}


def _by_student(records: Sequence[SubmissionRecord]) -> dict[str, list[SubmissionRecord]]:
    """What counts of each student, by assignment; the students in the order of their names."""
    found: dict[str, list[SubmissionRecord]] = {}
    for record in latest_round(records)[0]:
        found.setdefault(record.student, []).append(record)
    return {student: found[student] for student in sorted(found, key=name_order)}


def _digest_of_all(by_student: Mapping[str, Sequence[SubmissionRecord]]) -> str:
    return digest_of(*(record for several in by_student.values() for record in several))


def _name(text: str) -> str:
    """A name as people write it; a student's is kept as a key."""
    return display_name(name_of(text))


@cache
def _environment() -> Environment:
    """The templates. Whatever they print is sanitised, cut and then escaped, without exception."""
    environment = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        code=_code, filename=safe_filename, name=_name, number=number, percent=percent
    )
    environment.globals.update(
        outcomes=OUTCOMES,
        cards=_cards,
        drawing=drawing,
        finding_limit=FINDING_LIMIT,
        histogram=_histogram.histogram,
        is_complete=is_complete,
        points_of=_points_of,
        share=share,
        verdicts=list(Verdict),
        Verdict=Verdict,
    )
    return environment


def _finalize(value: Any) -> Any:
    """What becomes of a printed expression; `Markup` was made here from sanitised parts."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return sanitise(value, TEXT_LIMIT)
    return value


def _code(text: str, limit: int = TEXT_LIMIT) -> Markup:
    """Prose in which text between backticks is set as code."""
    return Markup(inline_code(sanitise(text, limit)))


def _cards(notebook: NotebookRecord) -> list[tuple[CheckRecord, bool]]:
    """The checks and whether to explain the verdict in words.

    What was not reached is explained once, and not at all where the notebook's problem says why.
    """
    cards = []
    explained = bool(notebook.problem)
    for check in notebook.checks:
        if check.verdict is Verdict.NOT_REACHED:
            cards.append((check, not explained))
            explained = True
        else:
            cards.append((check, check.verdict is not Verdict.PASSED))
    return cards


def _points_of(owner: NotebookRecord | SubmissionRecord) -> dict[str, float]:
    """Points earned, points not graded yet, and points in all."""
    checks: Sequence[CheckRecord] = owner.checks
    return {
        "earned": sum(check.score for check in checks if check.score is not None),
        "ungraded": sum(check.points for check in checks if check.score is None),
        "total": sum(check.points for check in checks),
    }
