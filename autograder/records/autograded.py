"""A submission's notebook as nbgrader's pages show it: with its findings, and harmless."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from autograder.records.for_students import check_for_student
from autograder.records.harmless import harmless_markdown, harmless_output
from autograder.records.results import CheckRecord, SubmissionRecord
from autograder.source.notebook import is_graded, marks
from course_lib.checking.render import finding_html, finding_lines

_CARD = "autograder_card"


def autograded_notebook(
    notebook: NotebookNode, record: SubmissionRecord, release: NotebookNode | None = None
) -> NotebookNode:
    """A submission's notebook as nbgrader's generate_feedback and formgrader expect it.

    Every check of the record keeps one graded cell, with the findings as its output. nbgrader
    stops at a mark that names no cell of the gradebook, so a student's own marks are taken off.
    Since its pages show a notebook's HTML as it is, what is a student's is made harmless.

    Args:
        notebook: the notebook with its outputs, as it was run.
        record: what was found.
        release: the released notebook; without it only graded cells keep their marks, and the
            pages do not tell the student's answers from the rest.
    """
    checks = {check.name: check for check in record.checks}
    known = (
        {str(marks(cell)["grade_id"]): marks(cell) for cell in release.cells if marks(cell)}
        if release
        else {}
    )
    released = {cell.source for cell in release.cells} if release else set()
    marked: NotebookNode = nbformat.from_dict(notebook)
    marked.metadata = nbformat.from_dict(_machinery((release or notebook).metadata))
    seen: set[str] = set()
    for cell in marked.cells:
        if cell.cell_type == "code":
            # Cards of an earlier grade are taken off.
            shown = [o for o in cell.get("outputs", []) if not o.get("metadata", {}).get(_CARD)]
            cell.outputs = [harmless_output(output) for output in shown]
        else:
            if cell.cell_type != "markdown" or cell.source not in released:
                cell.source = harmless_markdown(cell.source)
            cell.pop("attachments", None)
        found = marks(cell)
        name = str(found.get("grade_id", ""))
        graded = is_graded(cell) and name in checks
        right = known.get(name, found if graded and release is None else {})
        cell.metadata = nbformat.from_dict(_tags(cell.metadata))
        if not right or name in seen or right.get("cell_type", cell.cell_type) != cell.cell_type:
            continue
        seen.add(name)
        cell.metadata["nbgrader"] = nbformat.from_dict(right)
        if is_graded(cell):
            cell.outputs = [*cell.outputs, _card(check_for_student(checks[name]))]
    return marked


def _machinery(metadata: NotebookNode) -> dict[str, object]:
    """Of a notebook's metadata what says by which kernel it runs; a page would show more."""
    return {key: metadata[key] for key in ("kernelspec", "language_info") if key in metadata}


def _tags(metadata: NotebookNode) -> dict[str, object]:
    """Of a cell's metadata its tags, if they are some."""
    tags = metadata.get("tags")
    is_list = isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)
    return {"tags": tags} if is_list else {}


def _card(check: CheckRecord) -> NotebookNode:
    score = "not graded" if check.score is None else f"{check.score:g} of {check.points:g} points"
    verdict = check.verdict.value.replace("_", " ")
    head = f"{verdict}: {score}, {check.cases_passed} of {check.cases} cases right"
    lines = [f"  {line}" for finding in check.findings for line in finding_lines(finding)]
    html = f"<div><b>{head}</b>{''.join(map(finding_html, check.findings))}</div>"
    card: NotebookNode = nbformat.v4.new_output(
        "display_data",
        {"text/plain": "\n".join([head, *lines]), "text/html": html},
        metadata={_CARD: True},
    )
    return card
