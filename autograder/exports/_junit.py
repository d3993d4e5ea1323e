"""JUnit XML, in the dialect that Jenkins, GitLab and GitHub's report actions read (junit-10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from autograder.exports._text import earned, explanation, headline
from autograder.records.results import CheckRecord, NotebookRecord, SubmissionRecord, Verdict
from autograder.report import sanitise

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(records: Sequence[SubmissionRecord]) -> str:
    """A test suite for each submitted notebook, a test case for each check.

    A check that lost points is a `failure`; a check that could not be graded is an `error`.
    """
    root = ElementTree.Element("testsuites")
    for record in records:
        for notebook in record.notebooks:
            root.append(_suite(record, notebook))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(record: SubmissionRecord, notebook: NotebookRecord) -> ElementTree.Element:
    ungraded = sum(check.score is None for check in notebook.checks)
    passed = sum(check.verdict is Verdict.PASSED for check in notebook.checks)
    suite = ElementTree.Element(
        "testsuite",
        name=_xml(f"{record.student}: {record.assignment}/{notebook.name}"),
        tests=str(len(notebook.checks)),
        failures=str(len(notebook.checks) - passed - ungraded),
        errors=str(ungraded),
        skipped="0",
        time=f"{sum(check.seconds for check in notebook.checks):.3f}",
    )
    properties = ElementTree.SubElement(suite, "properties")
    about = {
        "round": record.round,
        "isolation": record.isolation,
        "grader_digest": record.grader_digest,
        "digest": notebook.digest,
        "problem": notebook.problem,
    }
    for name, value in about.items():
        ElementTree.SubElement(properties, "property", name=name, value=_xml(str(value)))
    for check in notebook.checks:
        suite.append(_case(f"{record.assignment}.{notebook.name}", check))
    return suite


def _case(classname: str, check: CheckRecord) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase", classname=_xml(classname), name=_xml(check.name), time=f"{check.seconds:.3f}"
    )
    if check.verdict is not Verdict.PASSED:
        kind = "error" if check.score is None else "failure"
        found = ElementTree.SubElement(
            case, kind, type=check.verdict.value, message=_xml(headline(check))
        )
        found.text = _xml(explanation(check))
    ElementTree.SubElement(case, "system-out").text = _xml(earned(check))
    return case


def _xml(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", sanitise(text))
