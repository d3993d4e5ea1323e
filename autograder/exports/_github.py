"""GitHub Actions: annotations, a job summary, and step outputs.

A job's log is a channel for commands: a line that begins with `::` (or holds `##[`) tells the
runner what to do. And a job's summary is Markdown in which HTML is allowed. So a record's text
enters a log only as the escaped data of our own command, and a summary only as the escaped content
of an HTML element on one line, where Markdown has no meaning.
"""

from __future__ import annotations

import base64
import html
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.exports._text import earned, explanation, headline, points, submission_note
from autograder.records.outcomes import OUTCOMES
from autograder.records.results import NotebookRecord, SubmissionRecord, Verdict
from autograder.report import sanitise

SUMMARY_BYTES = 1 << 20
"""GitHub refuses the summary of a step that is larger."""

_MESSAGE_LIMIT = 2000
_CUT = "<p>The rest is in the records: a summary has at most 1 MiB.</p>\n\n"


def annotation_lines(records: Sequence[SubmissionRecord], folder: str) -> str:
    """One workflow command a line: an error for each check that lost points or was not graded.

    GitHub shows the first ten of a step beside the files, and all of them in the log.

    Args:
        folder: where the notebooks lie in the student's repository.
    """
    lines = []
    for record in records:
        for notebook in record.notebooks:
            path = f"{folder}/{notebook.name}.ipynb"
            for check in notebook.checks:
                if check.verdict is not Verdict.PASSED:
                    title = f"{check.name}: {headline(check)}"
                    lines.append(_command("error", explanation(check), file=path, title=title))
    return "".join(f"{line}\n" for line in lines)


def job_summary(records: Sequence[SubmissionRecord], limit_bytes: int = SUMMARY_BYTES) -> str:
    """The results as GitHub's Markdown, made of HTML blocks of one line each.

    Args:
        limit_bytes: what does not fit into so many bytes of UTF-8 is left out, and that is said.
    """
    blocks: list[str] = []
    left = limit_bytes - len(_CUT)
    for block in _blocks(records):
        left -= len(block.encode())
        if left < 0:
            return "".join([*blocks, _CUT]) if limit_bytes >= len(_CUT) else ""
        blocks.append(block)
    return "".join(blocks)


def step_outputs(records: Sequence[SubmissionRecord]) -> dict[str, str]:
    """`score` and `max_score`, sums, and `result`, which GitHub Classroom's reporter reads.

    `result` is base64 of JSON, version 1. It has a number for every check, so there is no way to
    write that one is not graded. If anything is ungraded, `score` and `result` are empty: the
    reporter then fails and records nothing, where a 0 would be a grade.
    """
    ungraded = any(record.ungraded or record.score is None for record in records)
    maximum = sum(record.max_score for record in records)
    tests = [
        {
            "name": sanitise(f"{notebook.name}: {check.name}"),
            "status": "pass" if check.verdict is Verdict.PASSED else "fail",
            "score": check.score,
            "max_score": check.points,
            "message": f"{headline(check)}\n{explanation(check)}".strip(),
            "test_code": "",
            "filename": f"{notebook.name}.ipynb",
            "line_no": 0,
            "duration": round(check.seconds * 1000),
        }
        for record in records
        for notebook in record.notebooks
        for check in notebook.checks
    ]
    passed = all(test["status"] == "pass" for test in tests)
    status = "pass" if passed else "fail"
    result = {"version": 1, "status": status, "max_score": maximum, "tests": tests}
    written = base64.b64encode(json.dumps(result, allow_nan=False).encode()).decode()
    return {
        "score": "" if ungraded else points(sum(record.score or 0 for record in records)),
        "max_score": points(maximum),
        "result": "" if ungraded else written,
    }


def write_github(
    records: Sequence[SubmissionRecord], folder: str, environment: Mapping[str, str] = os.environ
) -> str:
    """Append the job summary and the outputs where the runner reads them; return the annotations.

    Args:
        environment: names the files, as `GITHUB_STEP_SUMMARY` and `GITHUB_OUTPUT`; what it does
            not name is not written.
    """
    if path := environment.get("GITHUB_STEP_SUMMARY"):
        taken = Path(path).stat().st_size if Path(path).exists() else 0
        _append(path, job_summary(records, SUMMARY_BYTES - taken))
    if path := environment.get("GITHUB_OUTPUT"):
        _append(path, "".join(f"{key}={value}\n" for key, value in step_outputs(records).items()))
    return annotation_lines(records, folder)


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _command(name: str, message: str, **properties: str) -> str:
    """A workflow command, escaped as the runner unescapes it."""
    escaped = ",".join(
        f"{key}={_data(' '.join(sanitise(value).split())).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    return f"::{name} {escaped}::{_data(message)}"


def _data(text: str) -> str:
    # The runner still knows an older form of command, which counts anywhere in a line.
    text = sanitise(text, _MESSAGE_LIMIT).replace("##[", "## [")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _blocks(records: Sequence[SubmissionRecord]) -> Iterable[str]:
    """The summary in pieces; each ends its HTML with an empty line and stands for itself."""
    for record in records:
        score = "ungraded" if record.ungraded or record.score is None else points(record.score)
        yield _block(
            f"<h2>{_html(record.student)}, {_html(record.assignment)}: "
            f"{score} of {points(record.max_score)} points</h2>"
        )
        if note := submission_note(record):
            yield _block(f"<pre>{_html(note)}</pre>")
        for notebook in record.notebooks:
            yield _block(_table(notebook))
            for check in notebook.checks:
                if check.verdict is not Verdict.PASSED:
                    yield _block(
                        f"<details><summary>{_html(f'{notebook.name}: {check.name}')}</summary>"
                        f"<pre>{_html(explanation(check))}</pre></details>"
                    )


def _table(notebook: NotebookRecord) -> str:
    rows = "".join(
        f"<tr><td><code>{_html(check.name)}</code></td>"
        f"<td>{OUTCOMES[check.verdict].look.symbol} {OUTCOMES[check.verdict].word}</td>"
        f"<td>{earned(check)}</td></tr>"
        for check in notebook.checks
    )
    head = f"<tr><th>{_html(notebook.name)}</th><th>verdict</th><th>points</th></tr>"
    return f"<table>{head}{rows}</table>"


def _block(element: str) -> str:
    # Within <div>, whatever follows up to an empty line is HTML and never Markdown.
    return f"<div>{element}</div>\n\n"


def _html(text: str) -> str:
    """Text for an HTML block: escaped, and on one line, since an empty line ends the block."""
    return html.escape(sanitise(text)).replace("@", "&#64;").replace("\n", "&#10;")
