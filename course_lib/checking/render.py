"""Show a check's result: a card in a notebook, plain lines in a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from course_lib import desk
from course_lib.checking.cases import Case
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult

_CARD = (
    "font-family:system-ui,sans-serif;font-size:13px;line-height:1.45;max-width:52em;"
    "border:1px solid {edge};border-left:5px solid {edge};border-radius:6px;padding:.6em .9em;"
    "background:{fill};color:#1f2328;margin:.3em 0"
)
_GREEN, _GREEN_FILL = "#1a7f37", "#f0fbf3"
_RED, _RED_FILL = "#b3261e", "#fef4f3"
_CODE = re.compile(r"`([^`\n]+)`")


def show(name: str, points: float, cases: Sequence[Case], results: Sequence[CaseResult]) -> None:
    """Display the result where the student is looking."""
    if desk.notebook_shell() is not None:
        from IPython.display import HTML, display

        display(HTML(card(name, points, cases, results)))
    else:
        print(text(name, points, cases, results))


def earned(points: float, cases: Sequence[Case], results: Sequence[CaseResult]) -> float:
    """Points in proportion to the shares of the passed cases."""
    total = sum(case.share for case in cases)
    won = sum(c.share for c, r in zip(cases, results, strict=True) if r.outcome == "passed")
    return points * won / total if total else 0.0


def text(name: str, points: float, cases: Sequence[Case], results: Sequence[CaseResult]) -> str:
    """The result as plain lines."""
    passed = sum(result.outcome == "passed" for result in results)
    mark = "PASSED" if passed == len(results) else "NOT YET"
    lines = [f"{mark}  {name}: {passed} of {len(results)} cases right"]
    for case, result in zip(cases, results, strict=True):
        lines.append(f"  {'ok ' if result.outcome == 'passed' else '-> '} {case.label}")
        if result.finding:
            lines += [f"       {line}" for line in finding_lines(result.finding)]
    return "\n".join(lines)


def finding_lines(finding: Finding) -> list[str]:
    """A finding as labelled lines."""
    breaks = {"where": " | ", "details": "\n" + " " * 16}
    lines = [
        f"{row.label}: " + breaks.get(row.field, "\n").join(row.text.split("\n"))
        for row in finding.rows()
    ]
    return [finding.message, *lines]


def card(name: str, points: float, cases: Sequence[Case], results: Sequence[CaseResult]) -> str:
    """The result as a self-contained HTML card."""
    passed = sum(result.outcome == "passed" for result in results)
    right = passed == len(results)
    edge, fill = (_GREEN, _GREEN_FILL) if right else (_RED, _RED_FILL)
    won = earned(points, cases, results)
    head = (
        f"<div><b style='color:{edge}'>{'Passed' if right else 'Not yet'}</b> &nbsp;"
        f"<code style='background:none;color:inherit'>{html.escape(name)}</code> &nbsp;"
        f"<span style='color:#59636e'>{passed} of {len(results)} public cases right, "
        f"{round(won, 2):g} of {points:g} points here</span></div>"
    )
    rows = "".join(_row(case, result) for case, result in zip(cases, results, strict=True))
    return f"<div style='{_CARD.format(edge=edge, fill=fill)}'>{head}{rows}</div>"


def _row(case: Case, result: CaseResult) -> str:
    right = result.outcome == "passed"
    colour, sign = (_GREEN, "&#10003;") if right else (_RED, "&#10007;")
    mark = f"<span style='color:{colour}'>{sign}</span>"
    label = f"<div style='margin-top:.25em'>{mark} {inline_code(case.label)}</div>"
    if result.finding is None:
        return label
    return label + finding_html(result.finding)


def finding_html(finding: Finding) -> str:
    """A finding as an indented HTML block; every text is escaped, the drawing is our own."""
    rows = "".join(
        f"<tr style='background:none'><td style='color:#59636e;padding:0 .8em 0 0;text-align:left;"
        f"vertical-align:top;white-space:nowrap'>{row.label}</td>"
        f"<td style='padding:0;text-align:left;white-space:pre-wrap"
        f"{';font-family:ui-monospace,monospace' if row.is_code else ''}'>"
        f"{html.escape(row.text) if row.is_code else inline_code(row.text)}</td></tr>"
        for row in finding.rows()
    )
    return (
        f"<div style='margin:.1em 0 .4em 1.3em'><b>{inline_code(finding.message)}</b>"
        f"<table style='border:none;margin:0;font-size:12.5px'>{rows}</table>"
        f"{finding.drawing}</div>"
    )


def inline_code(prose: str) -> str:
    """Escaped HTML in which text between backticks is set as code."""
    parts = _CODE.split(prose)
    return "".join(
        f"<code>{html.escape(part)}</code>" if index % 2 else html.escape(part)
        for index, part in enumerate(parts)
    )
