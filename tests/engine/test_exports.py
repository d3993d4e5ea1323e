"""Exports of results: hostile text in the records, and each format read by a parser of its own."""

from __future__ import annotations

import base64
import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder.exports import (
    WRITERS,
    annotation_lines,
    code_quality_json,
    job_summary,
    step_outputs,
    write_github,
)
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
    write_record,
)
from autograder.report import sanitise
from course_lib.checking.finding import Finding

ATTACKS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    '"\n"=1+1',
    ";=1+1",
    "\t=1+1",
    "＝1+1",
    "::error::forged",
    "\n::set-output name=score::100",
    "\r::add-mask::x",
    "x ##[error]forged",
    "\u2028::stop-commands::x",
    "%0A::error::forged",
    "a,file=/etc/passwd,title=x::forged",
    "\nscore=100\nresult<<EOF\n",
    "<script>alert(1)</script>",
    "</pre></details></div>\n\n# Full marks\n\n<img src=x onerror=alert(1)>",
    "[click](https://example.org)\n\n![](https://example.org/x.png)",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "@everyone #1 ```\n\n***",
    "]]></failure><testcase name='forged'/>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "&lt;b&gt; &#64; &amp;",
    "\x1b[2J\x1b]0;title\x07\x9b31m",
    "\u202egnp.exe",
    "\x00\x01\x08\x0b\ufffe\uffff",
    "",
    " ",
]
hostile = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=60),
    st.lists(st.sampled_from(ATTACKS), min_size=2, max_size=3).map("".join),
)
findings = st.builds(
    Finding,
    message=hostile,
    expected=hostile,
    observed=hostile,
    where=hostile,
    hint=hostile,
    case=hostile,
    call=hostile,
    slide=hostile,
    details=hostile,
    drawing=hostile,
    recognised=st.booleans(),
)


@st.composite
def check_records(draw: st.DrawFn, name: str) -> CheckRecord:
    verdict = draw(st.sampled_from(list(Verdict)))
    points = draw(st.sampled_from([0.5, 1.0, 4.0]))
    share = {Verdict.PASSED: 1.0, Verdict.UNGRADED: None}.get(verdict, 0.25)
    return CheckRecord(
        name=name,
        points=points,
        score=None if share is None else points * share,
        verdict=verdict,
        seconds=draw(st.floats(0, 90)),
        cases=4,
        cases_passed=4 if verdict is Verdict.PASSED else 1,
        findings=draw(st.lists(findings, max_size=2)),
    )


@st.composite
def submissions(draw: st.DrawFn, ungraded: bool | None = None) -> SubmissionRecord:
    """A record with hostile text wherever it can be: names too, though few of them can."""
    names = draw(st.lists(hostile, min_size=1, max_size=4, unique=True))
    checks = [draw(check_records(name)) for name in names]
    if ungraded is False:
        checks = [c for c in checks if c.verdict is not Verdict.UNGRADED]
    elif ungraded and all(c.verdict is not Verdict.UNGRADED for c in checks):
        ours = {"verdict": Verdict.UNGRADED, "score": None}
        checks[0] = checks[0].model_copy(update=ours)
    notebook = NotebookRecord(
        name=draw(hostile),
        digest="0" * 64,
        repairs=draw(st.lists(hostile, max_size=2)),
        problem=draw(hostile),
        checks=checks,
    )
    scores = [check.score for check in checks if check.score is not None]
    return SubmissionRecord(
        assignment=draw(hostile),
        student=draw(hostile),
        round=1,
        score=sum(scores) if scores else None,
        max_score=sum(check.points for check in checks),
        isolation="namespaces",
        versions={},
        grader_digest="0" * 16,
        duration_seconds=1.5,
        notebooks=[notebook],
    )


HARMLESS = re.compile("[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]*")
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# JUnit ----------------------------------------------------------------------------------------

# The junit-10 schema: an element's children, attributes that it must have, and that it may have.
JUNIT = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors"},
        {"time", "skipped", "timestamp", "hostname", "id", "package"},
    ),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, set()),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name"},
        {"time", "classname"},
    ),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "system-out": (set(), set(), set()),
}


def follows_junit_schema(element: ElementTree.Element) -> None:
    children, required, optional = JUNIT[element.tag]
    assert required <= set(element.keys()) <= required | optional
    if element.get("time"):
        assert re.fullmatch(r"[0-9]+\.[0-9]{3}", element.get("time", ""))
    for child in element:
        assert child.tag in children
        follows_junit_schema(child)


@many
@given(st.lists(submissions(), min_size=1, max_size=2))
def test_junit_is_valid_and_counts_what_was_found(records: list[SubmissionRecord]) -> None:
    text = WRITERS["junit"](records)
    assert HARMLESS.fullmatch(text)
    root = ElementTree.fromstring(text.encode())
    follows_junit_schema(root)
    checks = [check for record in records for check in record.checks]
    cases = list(root.iter("testcase"))
    assert len(cases) == len(checks)
    for case, check in zip(cases, checks, strict=True):
        assert case.get("name", "").split() == readable(check.name).split()
        failed, broken = case.find("failure"), case.find("error")
        assert (broken is not None) == (check.verdict is Verdict.UNGRADED)
        lost = check.verdict not in (Verdict.PASSED, Verdict.UNGRADED)
        assert (failed is not None) == lost
        if failed is not None and check.findings:
            for line in readable(check.findings[0].message).strip().splitlines():
                assert line in (failed.text or "")
    assert root.get("failures") == str(len(list(root.iter("failure"))))
    assert root.get("errors") == str(len(list(root.iter("error"))))
    assert root.get("tests") == str(len(checks))


def readable(text: str) -> str:
    """What may remain of a text in XML."""
    return sanitise(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


# GitHub ---------------------------------------------------------------------------------------


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A line of a log as GitHub's runner reads it."""
    found = re.fullmatch(r"::([a-z-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)", line, re.DOTALL)
    assert found, line
    name, listed, data = found.groups()
    properties = {}
    for item in (listed or "").split(","):
        key, _, value = item.partition("=")
        properties[key] = unescape(value, {"%3A": ":", "%2C": ","})
    return name, properties, unescape(data, {})


def unescape(text: str, more: dict[str, str]) -> str:
    codes = {"%0D": "\r", "%0A": "\n", "%25": "%"} | more
    return re.sub("|".join(codes), lambda found: codes[found[0]], text)


@many
@given(submissions())
def test_a_log_has_our_commands_and_no_others(record: SubmissionRecord) -> None:
    text = annotation_lines([record], "a00")
    assert HARMLESS.fullmatch(text)
    assert "##[" not in text
    lost = [check for check in record.checks if check.verdict is not Verdict.PASSED]
    lines = text.splitlines()
    assert len(lines) == len(lost)
    for line, check in zip(lines, lost, strict=True):
        name, properties, message = read_command(line)
        assert name == "error"
        assert set(properties) == {"file", "title"}
        path = " ".join(sanitise(f"a00/{record.notebooks[0].name}.ipynb").split())
        assert properties["file"] == path.replace("##[", "## [")
        if check.findings and check.verdict is not Verdict.UNGRADED:
            first = sanitise(check.findings[0].message).strip().replace("##[", "## [")
            assert message.startswith(first[:1000])


class Tags(html.parser.HTMLParser):
    """The elements of a page, each with its parent, and the text of those that hold text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, ...]] = []
        self.preformatted: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert not attributes
        self.open.append(tag)
        self.seen.append(tuple(self.open))
        if tag == "pre":
            self.preformatted.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "pre" in self.open:
            self.preformatted[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, declaration: str) -> None:
        raise AssertionError("a declaration")


def summary_tags(text: str) -> Tags:
    """The summary as Markdown that allows HTML makes a page of it."""
    tags = Tags()
    tags.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    tags.close()
    assert not tags.open
    return tags


ALLOWED = {
    ("div",),
    ("div", "h2"),
    ("div", "pre"),
    ("div", "table"),
    ("div", "table", "tr"),
    ("div", "table", "tr", "th"),
    ("div", "table", "tr", "td"),
    ("div", "table", "tr", "td", "code"),
    ("div", "details"),
    ("div", "details", "summary"),
    ("div", "details", "pre"),
    ("p",),
}


@many
@given(submissions())
def test_a_job_summary_is_our_markup_and_their_text(record: SubmissionRecord) -> None:
    text = job_summary([record])
    assert HARMLESS.fullmatch(text)
    tags = summary_tags(text)
    assert set(tags.seen) <= ALLOWED
    assert tags.seen.count(("div", "h2")) == 1
    lost = [check for check in record.checks if check.verdict is not Verdict.PASSED]
    assert tags.seen.count(("div", "details")) == len(lost)
    shown = " ".join(tags.preformatted)
    for check in lost:
        if check.verdict is not Verdict.UNGRADED:
            for finding in check.findings:
                assert sanitise(finding.message).strip() in shown


@many
@given(st.lists(submissions(), min_size=1, max_size=3), st.integers(0, 5000))
def test_a_job_summary_keeps_within_its_limit(records: list[SubmissionRecord], limit: int) -> None:
    whole, cut = job_summary(records), job_summary(records, limit)
    assert len(cut.encode()) <= limit
    if cut != whole:
        assert not cut or "The rest is in the records" in cut
        assert set(summary_tags(cut).seen) <= ALLOWED


def test_the_runner_gets_a_summary_of_at_most_a_mebibyte(tmp_path: Path) -> None:
    finding = Finding(message="é" * 1500, observed="<" * 1500)
    check = make_check("slow", Verdict.FAILED, 0.0, [finding] * 3)
    records = [make_record(f"student{i}", [check]) for i in range(200)]
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    Path(files["GITHUB_STEP_SUMMARY"]).write_text("what was there before\n" * 10_000)
    write_github(records, "a00", files)
    summary = Path(files["GITHUB_STEP_SUMMARY"]).read_text()
    assert 900_000 < len(summary.encode()) <= 1 << 20
    assert summary.startswith("what was there before\n")
    assert summary.rstrip().endswith("a summary has at most 1 MiB.</p>")


@many
@given(st.lists(submissions(), min_size=1, max_size=2))
def test_step_outputs_are_three_lines(records: list[SubmissionRecord]) -> None:
    outputs = step_outputs(records)
    assert set(outputs) == {"score", "max_score", "result"}
    assert all(re.fullmatch(r"[A-Za-z0-9+/=.]*", value) for value in outputs.values())
    checks = [check for record in records for check in record.checks]
    ungraded = any(check.score is None for check in checks)
    assert (outputs["score"] == "") == (outputs["result"] == "") == ungraded
    if not ungraded:
        result = json.loads(base64.b64decode(outputs["result"]))
        assert [test["max_score"] for test in result["tests"]] == [check.points for check in checks]
        assert float(outputs["score"]) == sum(test["score"] for test in result["tests"])


# Tables and JSON ------------------------------------------------------------------------------

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@many
@given(st.lists(submissions(), min_size=1, max_size=3))
def test_no_cell_of_the_table_is_a_formula(records: list[SubmissionRecord]) -> None:
    text = WRITERS["csv"](records)
    assert HARMLESS.fullmatch(text.replace("\r\n", ""))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(records) + 1
    assert len({len(row) for row in rows}) == 1
    # And so it is for a spreadsheet that takes the semicolon for the separator.
    for row in [*rows, *csv.reader(io.StringIO(text, newline=""), delimiter=";")]:
        for cell in row:
            assert not cell.lstrip(' "\t\r\n').startswith(FORMULA), row
    for row, record in zip(rows[1:], records, strict=True):
        name = " ".join(sanitise(record.student).split())
        assert row[0].replace("'", "") == name.replace("'", "")
        assert row[3] == ("" if record.ungraded else str(record.score))
        assert int(row[5]) == len(record.ungraded)


@many
@given(submissions())
def test_gradescope_follows_its_specification(record: SubmissionRecord) -> None:
    document = json.loads(WRITERS["gradescope"]([record]))
    assert set(document) <= {
        "score", "execution_time", "output", "output_format", "test_output_format",
        "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests",
    }  # fmt: skip
    assert document["stdout_visibility"] == "hidden"
    assert {document[f"{name}_format"] for name in ("output", "test_output", "test_name")} == {
        "text"
    }
    graded = not record.ungraded
    assert ("score" in document) == graded
    for test, check in zip(document["tests"], record.checks, strict=True):
        assert ("score" in test) == graded
        assert test["max_score"] == check.points
        if check.verdict is not Verdict.UNGRADED:
            assert test["status"] == ("passed" if check.verdict is Verdict.PASSED else "failed")
        assert all(HARMLESS.fullmatch(test[name]) for name in ("name", "output"))
    if graded:
        assert document["score"] == sum(test["score"] for test in document["tests"])


@many
@given(st.lists(submissions(), min_size=1, max_size=2))
def test_code_quality_has_an_issue_for_each_lost_check(records: list[SubmissionRecord]) -> None:
    issues = json.loads(code_quality_json(records, "a00"))
    lost = [c for record in records for c in record.checks if c.verdict is not Verdict.PASSED]
    assert len(issues) == len(lost)
    for issue in issues:
        assert set(issue) == {
            "description", "check_name", "fingerprint", "severity", "location",
        }  # fmt: skip
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] == 1
        assert issue["location"]["path"].startswith("a00/")
        assert HARMLESS.fullmatch(issue["description"])


# The command ----------------------------------------------------------------------------------


def make_check(
    name: str, verdict: Verdict, score: float | None, found: list[Finding] | None = None
) -> CheckRecord:
    return CheckRecord(
        name=name, points=2, score=score, verdict=verdict, cases=2, findings=found or []
    )


def make_record(student: str, checks: list[CheckRecord]) -> SubmissionRecord:
    scores = [check.score for check in checks if check.score is not None]
    return SubmissionRecord(
        assignment="a00",
        student=student,
        round=1,
        score=sum(scores) if scores else None,
        max_score=2.0 * len(checks),
        isolation="namespaces",
        versions={},
        grader_digest="0" * 16,
        duration_seconds=1,
        notebooks=[NotebookRecord(name="first", digest="0" * 64, checks=checks)],
    )


def write(out: Path, record: SubmissionRecord) -> Path:
    path = out / "results" / record.student / "a00.json"
    write_record(path, record)
    return path


def export(out: Path, *more: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "export", str(out), "a00", *map(str, more)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=clean | environment
    )


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    out = tmp_path / "graded"
    right, wrong = (
        make_check("double", Verdict.PASSED, 2.0),
        make_check("double", Verdict.FAILED, 0.5, [Finding(message="Off by\n::error::one")]),
    )
    write(out, make_record("ada", [right]))
    write(out, make_record("=1+1", [wrong]))
    return out


def test_csv_of_a_class(graded: Path) -> None:
    ran = export(graded, "--format", "csv")
    assert ran.returncode == 0, ran.stderr
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [(row["student"], row["score"], row["first/double"]) for row in rows] == [
        ("'=1+1", "0.5", "0.5"),
        ("ada", "2.0", "2.0"),
    ]


@pytest.mark.parametrize("name", ["csv", "github", "gitlab", "json", "junit"])
def test_every_format_goes_to_a_file(graded: Path, tmp_path: Path, name: str) -> None:
    shown = export(graded, "--format", name)
    ran = export(graded, "--format", name, "--to", tmp_path / "made" / "file")
    assert (shown.returncode, ran.returncode, ran.stdout) == (0, 0, "")
    made = (tmp_path / "made" / "file").read_text()
    assert made.strip() == shown.stdout.strip()
    assert "double" in made


def test_github_writes_where_the_runner_reads(graded: Path, tmp_path: Path) -> None:
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    ran = export(graded, "--format", "github", "--folder", "work", **files)
    assert ran.returncode == 0, ran.stderr
    (line,) = ran.stdout.splitlines()
    assert read_command(line) == (
        "error",
        {
            "file": "work/first.ipynb",
            "title": "double: Failed: 0.5 of 2 points, 0 of 2 cases right",
        },
        "Off by\n::error::one",
    )
    assert "<h2>ada, a00: 2 of 2 points</h2>" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    outputs = (tmp_path / "GITHUB_OUTPUT").read_text().splitlines()
    assert [line.split("=")[0] for line in outputs] == ["score", "max_score", "result"]
    assert outputs[:2] == ["score=2.5", "max_score=4"]


def test_what_is_ungraded_is_never_a_zero(tmp_path: Path) -> None:
    checks = [
        make_check("double", Verdict.PASSED, 2.0),
        make_check("triple", Verdict.UNGRADED, None),
    ]
    write(tmp_path, make_record("ada", checks))
    made = {name: export(tmp_path, "--format", name) for name in ("gradescope", "csv", "junit")}
    assert {ran.returncode for ran in made.values()} == {1}
    assert all("ungraded: ada" in ran.stderr for ran in made.values())
    gradescope = json.loads(made["gradescope"].stdout)
    assert "score" not in gradescope
    assert all("score" not in test for test in gradescope["tests"])
    assert "triple" in gradescope["output"]
    (row,) = csv.DictReader(io.StringIO(made["csv"].stdout))
    assert (row["score"], row["first/double"], row["first/triple"]) == ("", "2.0", "")
    (suite,) = ElementTree.fromstring(made["junit"].stdout.encode())
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")


def test_one_student_of_a_class(graded: Path) -> None:
    ran = export(graded, "--format", "gradescope", "--student", "ada")
    assert json.loads(ran.stdout)["score"] == 2.0
    refused = export(graded, "--format", "gradescope")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--student" in refused.stderr


@pytest.mark.parametrize("damage", ["not json", "more", "newer", "other student", "not a number"])
def test_a_damaged_record_stops_the_export(graded: Path, tmp_path: Path, damage: str) -> None:
    path = graded / "results" / "ada" / "a00.json"
    record = json.loads(path.read_text())
    if damage == "more":
        record["extra"] = 1
    elif damage == "newer":
        record["schema_version"] = 99
    elif damage == "other student":
        record["student"] = "bob"
    elif damage == "not a number":
        record["score"] = float("nan")
    path.write_text(damage if damage == "not json" else json.dumps(record))
    ran = export(graded, "--format", "csv", "--to", tmp_path / "table.csv")
    assert ran.returncode == 2
    assert "a00.json" in ran.stderr
    assert ("of version 99" in ran.stderr) == (damage == "newer")
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "table.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--format", "csv", "--student", "bob"], "bob"),
        (["--format", "xlsx"], "xlsx"),
        ([], "--format"),
    ],
)
def test_wrong_usage_is_named(graded: Path, arguments: list[str], expected: str) -> None:
    ran = export(graded, *arguments)
    assert ran.returncode == 2
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr


def test_without_results_it_says_where_they_should_be(tmp_path: Path) -> None:
    ran = export(tmp_path, "--format", "csv")
    assert ran.returncode == 2
    assert f"{tmp_path}/results" in ran.stderr
