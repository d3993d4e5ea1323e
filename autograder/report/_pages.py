"""Write the pages: the class's report and each student's feedback."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.records.files import write_atomically
from autograder.records.keys import name_of
from autograder.records.outcomes import OUTCOMES
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.report import _histogram
from autograder.report._statistics import is_complete, name_order, share, summarise
from autograder.report._summary import number, percent
from autograder.report._text import display_name, drawing, safe_filename, sanitise

# What a page shows of one text. The record keeps the rest.
TEXT_LIMIT = 3000
FINDING_LIMIT = 12

_CODE = re.compile(r"`([^`\n]+)`")


def write_report(
    out: Path,
    records: Sequence[SubmissionRecord],
    *,
    course_title: str,
    problems: Sequence[str] = (),
    unused: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write the class overview and a page for each student.

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
    folder = Path(out) / "report"
    assignments = summarise(records)
    by_student: dict[str, list[SubmissionRecord]] = {}
    for assignment in assignments:
        for record in assignment.records:
            by_student.setdefault(record.student, []).append(record)
    students = sorted(by_student, key=name_order)

    written = set()
    page = _environment().get_template("student.html.j2")
    for index, student in enumerate(students):
        path = folder / "students" / f"{safe_filename(student)}.html"
        text = page.render(
            course_title=course_title,
            student=student,
            records=by_student[student],
            previous=students[index - 1] if index else None,
            following=students[index + 1] if index + 1 < len(students) else None,
        )
        write_atomically(path, text)
        written.add(path.name)
    for stale in (folder / "students").glob("*.html"):
        if stale.name not in written:
            stale.unlink()

    overview = folder / "index.html"
    template = _environment().get_template("overview.html.j2")
    write_atomically(
        overview,
        template.render(
            course_title=course_title,
            assignments=assignments,
            students=students,
            problems=problems,
            unused=unused,
        ),
    )
    return overview


def write_feedback(path: Path, record: SubmissionRecord, notebook: str) -> None:
    """Write a student's feedback page for one notebook.

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
    write_atomically(Path(path), template.render(record=record, notebook=found[0]))


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
    parts = _CODE.split(sanitise(text, limit))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


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
