"""The class at a glance: a table for the terminal and JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograder.records.outcomes import OUTCOMES
from autograder.records.results import SubmissionRecord, Verdict
from autograder.report._statistics import AssignmentSummary, is_complete, share, summarise
from autograder.report._text import display_name, one_line

if TYPE_CHECKING:
    from rich.table import Table

_NAME_LIMIT = 40


def number(value: float) -> str:
    """A number with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(value: float | None) -> str:
    """A share as a whole percentage; 100 % only if nothing is missing."""
    if value is None:
        return "–"
    shown = round(value * 100)
    if shown == 100 and value < 1:
        shown = 99
    return f"{shown} %"


def summary_table(records: Sequence[SubmissionRecord]) -> Table:
    """A table of students, scores and verdicts for a rich console."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    summaries = summarise(records)
    several = len(summaries) > 1
    table = Table(box=box.SIMPLE_HEAD, caption=_legend(records), caption_justify="left")
    if several:
        table.add_column("assignment")
    table.add_column("student")
    table.add_column("points", justify="right")
    table.add_column("share", justify="right")
    table.add_column("passed", justify="right")
    table.add_column("checks")
    for summary in summaries:
        for record in summary.records:
            checks = record.checks
            strip = Text()
            for check in checks:
                outcome = OUTCOMES[check.verdict]
                strip.append(outcome.look.symbol, style=outcome.look.colour)
            passed = sum(check.verdict is Verdict.PASSED for check in checks)
            ungraded = len(record.ungraded)
            score = "ungraded" if record.score is None else number(record.score)
            cells = [
                Text(display_name(record.student, _NAME_LIMIT)),
                Text(
                    f"{score} / {number(record.max_score)}"
                    + (f"  ({ungraded} ?)" if ungraded else "")
                ),
                Text("–" if ungraded else percent(share(record.score, record.max_score))),
                Text(f"{passed} / {len(checks)}"),
                strip,
            ]
            if several:
                cells.insert(0, Text(display_name(record.assignment, _NAME_LIMIT)))
            table.add_row(*cells, style="bold" if ungraded else "")
    return table


def _legend(records: Sequence[SubmissionRecord]) -> Any:
    """Symbols with their words, of the verdicts that occur."""
    from rich.text import Text

    seen = {check.verdict for record in records for check in record.checks}
    legend = Text()
    for verdict in Verdict:
        if verdict in seen:
            outcome = OUTCOMES[verdict]
            legend.append(
                f"{outcome.look.symbol} {outcome.word.lower()}   ", style=outcome.look.colour
            )
    return legend


def summary_json(records: Sequence[SubmissionRecord]) -> str:
    """The same as JSON text, with the class's numbers; sorted, and without times."""
    summaries = {"assignments": [_summary(summary) for summary in summarise(records)]}
    return json.dumps(summaries, indent=1, ensure_ascii=True, allow_nan=False)


def _summary(summary: AssignmentSummary) -> dict[str, Any]:
    return {
        "assignment": one_line(summary.name),
        "rounds": [int(value) for value in summary.distinct("round")],
        "isolation": [one_line(value) for value in summary.distinct("isolation")],
        "students": len(summary.records),
        "graded": len(summary.complete),
        "ungraded": len(summary.incomplete),
        "mean_share": _rounded(summary.mean),
        "median_share": _rounded(summary.median),
        "checks": [
            {
                "notebook": one_line(check.notebook),
                "name": one_line(check.name),
                "points": check.points,
                "mean_share": _rounded(check.mean_share),
                "verdicts": {str(v): count for v, count in check.counts.items() if count},
            }
            for check in summary.checks
        ],
        "mistakes": [
            {
                "sentence": one_line(mistake.sentence, 2000),
                "students": len(mistake.students),
                "checks": {one_line(check): count for _, check, count in mistake.places},
            }
            for mistake in summary.mistakes
        ],
        "submissions": [
            {
                "student": one_line(record.student),
                # A sum over what was graded would pass for a grade.
                "score": record.score if is_complete(record) else None,
                "max_score": record.max_score,
                "ungraded": [one_line(name) for name in record.ungraded],
                "verdicts": {one_line(check.name): str(check.verdict) for check in record.checks},
            }
            for record in summary.records
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
