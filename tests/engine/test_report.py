"""The report, the feedback pages and the terminal's summary, made from result records."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.report import (
    display_name,
    safe_filename,
    sanitise,
    schema,
    summary_json,
    summary_table,
    write_feedback,
    write_report,
)
from autograder.report._histogram import histogram
from autograder.report._statistics import summarise
from course_lib.checking.finding import Finding

ASSIGNMENT = "a01_layers"
CHECKS = {
    "convolution": {
        "output_size": 2.0,
        "conv1d_forward": 3.0,
        "conv2d_forward": 4.0,
        "conv2d_dilated": 3.0,
        "separable_convolution": 2.0,
    },
    "pooling": {"max_pool_forward": 3.0, "mean_pool_forward": 2.0, "global_pool": 1.0},
    "backprop": {"relu_backward": 2.0, "softmax_loss": 3.0, "conv2d_backward": 5.0},
}
FLIPPED = Finding(
    message="72 of 120 values are wrong; the largest difference is 3.17.",
    expected="-0.482913",
    observed="1.20388",
    where="[0, 0, 1, 2]",
    hint="You flip the kernel before you slide it. A convolutional layer computes a correlation: "
    "leave `kernel` as it is.",
    case="padding 1, stride 2, three input channels",
    call="conv2d_forward(x: (2, 5, 7, 3), kernel: (3, 2, 3, 4), bias: (4,), stride=2, padding=1)",
    slide="Lecture 2, Convolution with several channels",
    recognised=True,
)
NO_BIAS = replace(
    FLIPPED,
    message="120 of 120 values are wrong; the largest difference is 0.731.",
    hint="You never add the bias. Add `bias` once to each output channel, after the sum.",
    case="no padding, stride 1",
)
ARGMAX = Finding(
    message="The value is wrong.",
    expected="3",
    observed="2",
    hint="Ties go to the first maximum: look at how you find the position.",
    case="a window with two equal maxima",
    call="max_pool_forward(x: (1, 4, 4, 2), pool_size=2)",
)
RAISED = Finding(
    message="Your code stopped with ValueError: operands could not be broadcast together with "
    "shapes (3,4) (4,3)",
    observed="ValueError",
    where="cell 14, line 6, in conv2d_backward\n    dkernel += patch.T * dy[i, j]\n"
    "ValueError: operands could not be broadcast together with shapes (3,4) (4,3)",
    case="gradient with respect to the kernel",
    call="conv2d_backward(dy: (2, 3, 4, 5), x: (2, 5, 6, 3), kernel: (3, 3, 3, 5))",
    slide="Lecture 3, Backward pass of a convolution",
)
INTERNAL = Finding(message="The sandbox stopped answering.")

F, E, T = Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT
O, C, N, U = Verdict.OUT_OF_MEMORY, Verdict.CRASHED, Verdict.NOT_REACHED, Verdict.UNGRADED  # noqa: E741


def make_check(
    name: str,
    points: float,
    verdict: Verdict = Verdict.PASSED,
    share: float = 0.0,
    findings: tuple[Finding, ...] = (),
) -> CheckRecord:
    score = {Verdict.PASSED: points, U: None}.get(verdict, points * share)
    cases = 0 if verdict in (N, U) else 4
    return CheckRecord(
        name=name,
        points=points,
        score=score,
        verdict=verdict,
        seconds=0.25,
        cases=cases,
        cases_passed=cases if verdict is Verdict.PASSED else int(cases * share),
        findings=list(findings),
    )


def make_record(
    student: str,
    results: dict[str, tuple] | None = None,
    *,
    assignment: str = ASSIGNMENT,
    round: int = 1,
    **notebook_changes: Mapping[str, object],
) -> SubmissionRecord:
    """A record in which every check passed but those in `results`."""
    results = results or {}
    notebooks = []
    for notebook, checks in CHECKS.items():
        record = NotebookRecord(
            name=notebook,
            digest="5f" * 32,
            checks=[
                make_check(name, points, *results.get(name, ())) for name, points in checks.items()
            ],
        )
        notebooks.append(record.model_copy(update=notebook_changes.get(notebook, {})))
    graded = [c.score for n in notebooks for c in n.checks if c.score is not None]
    return SubmissionRecord(
        assignment=assignment,
        student=student,
        round=round,
        score=sum(graded) if graded else None,
        max_score=sum(points for checks in CHECKS.values() for points in checks.values()),
        isolation="namespaces",
        versions={"keras": "3.15.1", "numpy": "2.3.4", "python": "3.12.8", "tensorflow": "2.21.0"},
        grader_digest="c0ffee" * 10 + "c0ff",
        duration_seconds=12.5,
        notebooks=notebooks,
    )


def make_class() -> list[SubmissionRecord]:
    """Ten students between them with every verdict."""
    flipped = {
        "conv2d_forward": (F, 0.25, (FLIPPED, NO_BIAS)),
        "conv2d_dilated": (F, 0.0, (FLIPPED,)),
    }
    return [
        make_record("amara.okafor"),
        make_record(
            "bjorn.lindqvist",
            {"conv2d_forward": (F, 0.5, (FLIPPED,)), "conv2d_backward": (E, 0.2, (RAISED,))},
        ),
        make_record("chen.wei", flipped | {"max_pool_forward": (F, 0.75, (ARGMAX,))}),
        make_record(
            "dalia.haddad",
            {"conv2d_forward": (F, 0.25, (FLIPPED,)), "separable_convolution": (T,)},
            convolution={
                "repairs": ["Restored the check cell `output_size`, which had been edited."]
            },
        ),
        make_record("emil.novak", {"conv2d_backward": (O,), "softmax_loss": (F, 1 / 3)}),
        make_record(
            "fatima.zahra",
            flipped | {"relu_backward": (C,), "softmax_loss": (N,), "conv2d_backward": (N,)},
        ),
        make_record(
            "goran.petrovic", {"conv2d_dilated": (U, 0.0, (INTERNAL,)), "global_pool": (U,)}
        ),
        make_record(
            "hana.sato",
            {"conv2d_forward": (F, 0.5, (NO_BIAS,)), "conv1d_forward": (F, 0.5, (NO_BIAS,))},
        ),
        make_record(
            "ines.almeida",
            dict.fromkeys(CHECKS["backprop"], (N,)),
            backprop={"digest": "", "problem": "The file `backprop.ipynb` was not submitted."},
        ),
        make_record(
            "jonas.weber",
            {name: (N,) for checks in CHECKS.values() for name in checks}
            | {"output_size": (E, 0.0, (RAISED,))},
        ),
    ]


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = (
    f"\x1b[31m\x1b]8;;http://evil.example\x07{SCRIPT}\x9b2J"
    "\u202egnp.exe\u2066\x00\ud800 =cmd()|'/C calc'!A0"
)


def make_hostile() -> list[SubmissionRecord]:
    finding = Finding(
        message=HOSTILE + "A" * 100_000,
        expected=HOSTILE,
        observed="=cmd()",
        where=HOSTILE + "\n" * 50_000,
        hint=f"`{SCRIPT}`",
        case=HOSTILE,
        call='"><svg onload=alert(3)>',
        slide="javascript:alert(4)",
        recognised=True,
    )
    broken = {"conv2d_forward": (F, 0.5, (finding,) * 40), "global_pool": (U, 0.0, (finding,))}
    change = {"repairs": [HOSTILE] * 60, "problem": HOSTILE, "name": "../../etc/passwd"}
    return [
        make_record("../../x", broken, pooling=change),
        make_record(HOSTILE, broken),
        make_record("=cmd()", {"conv2d_forward": (E, 0.0, (finding,))}),
        make_record("\u202e\x1b[2J", {}),
    ]


class Page(HTMLParser):
    """A parsed page: its elements and texts, and whether every tag is closed in order."""

    VOID = frozenset(
        {"meta", "link", "br", "hr", "img", "input", "path", "circle", "rect", "line", "use"}
    )

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        self.close()
        assert self.open == [], f"{path.name}: not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> inside <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def with_attribute(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def report_pages(folder: Path, records: list[SubmissionRecord]) -> dict[str, Page]:
    index = write_report(folder, records, course_title="Convolutional Networks")
    assert index == folder / "report" / "index.html"
    root = folder / "report"
    return {str(p.relative_to(root)): Page(p) for p in sorted(root.rglob("*.html"))}


def squeeze(text: str) -> str:
    return " ".join(text.split())


# --- the class report -------------------------------------------------------------------------


def test_overview_names_every_student_and_check(tmp_path):
    records = make_class()
    page = report_pages(tmp_path, records)["index.html"]
    assert page.with_attribute("data-check") == [
        name for checks in CHECKS.values() for name in checks
    ]
    assert len(page.with_attribute("data-student")) == len(records)
    for record in records:
        assert record.student in page.text
        assert f"students/{record.student}.html" in page.with_attribute("href")
    for word in (
        "Passed",
        "Failed",
        "Error",
        "Timed out",
        "Out of memory",
        "Crashed",
        "Not reached",
    ):
        assert word in page.text


def test_overview_statistics_leave_out_what_was_not_graded(tmp_path):
    records = make_class()
    [summary] = summarise(records)
    graded = [record for record in records if record.student != "goran.petrovic"]
    assert [record.student for record in summary.incomplete] == ["goran.petrovic"]
    assert summary.mean == pytest.approx(
        sum((record.score or 0.0) / record.max_score for record in graded) / len(graded)
    )
    dilated = next(check for check in summary.checks if check.name == "conv2d_dilated")
    assert dilated.counts[Verdict.UNGRADED] == 1
    assert sum(dilated.counts.values()) == len(records)
    # Six passed, two failed with nothing, one was not reached: the ungraded one does not count.
    assert dilated.mean_share == pytest.approx(6 / 9)

    page = report_pages(tmp_path, records)["index.html"]
    banner = page.source.index('role="alert"')
    assert banner < page.source.index('class="tiles"')
    assert "1 submission could not be graded completely" in page.text
    assert "The sandbox stopped answering." in page.text


def test_mistakes_are_counted_by_student(tmp_path):
    [summary] = summarise(make_class())
    first, second = summary.mistakes
    assert first.sentence == FLIPPED.hint
    assert first.students == ("bjorn.lindqvist", "chen.wei", "dalia.haddad", "fatima.zahra")
    assert first.places == (
        ("convolution", "conv2d_forward", 4),
        ("convolution", "conv2d_dilated", 2),
    )
    assert second.sentence == NO_BIAS.hint
    assert second.students == ("chen.wei", "fatima.zahra", "hana.sato")
    unexplained = {check.name: check.unexplained for check in summary.checks if check.unexplained}
    assert unexplained == {"max_pool_forward": ("chen.wei",), "softmax_loss": ("emil.novak",)}

    page = report_pages(tmp_path, make_class())["index.html"]
    assert len(page.with_attribute("data-mistake")) == 2
    assert squeeze(page.text).index("You flip the kernel") < squeeze(page.text).index("never add")


def test_student_page_shows_every_check_and_finding(tmp_path):
    records = make_class()
    pages = report_pages(tmp_path, records)
    for record in records:
        page = pages[f"students/{record.student}.html"]
        verdicts = [str(check.verdict) for check in record.checks]
        assert page.with_attribute("data-verdict") == verdicts
        for check in record.checks:
            assert check.name in page.text
            for finding in check.findings:
                for text in (t for t in asdict(finding).values() if isinstance(t, str)):
                    assert squeeze(text).replace("`", "") in squeeze(page.text)
    assert "backprop.ipynb" in pages["students/ines.almeida.html"].text
    assert "which had been edited" in pages["students/dalia.haddad.html"].text


def test_links_lead_somewhere(tmp_path):
    pages = report_pages(tmp_path, make_class() + make_hostile())
    for name, page in pages.items():
        ids = page.with_attribute("id")
        assert len(ids) == len(set(ids))
        for href in page.with_attribute("href"):
            assert href is not None
            if href.startswith("#"):
                assert href[1:] in ids
            elif href != "data:,":
                target = (tmp_path / "report" / name).parent / href
                assert target.is_file(), f"{name} links to {href}"


def test_pages_are_the_same_bytes_again_in_any_order(tmp_path):
    records = make_class()
    first = report_pages(tmp_path / "one", records)
    second = report_pages(tmp_path / "two", records[::-1])
    assert {n: p.source for n, p in first.items()} == {n: p.source for n, p in second.items()}
    for folder in ("one", "two"):
        write_feedback(tmp_path / folder / "page.html", records[2], "convolution")
    assert (tmp_path / "one/page.html").read_bytes() == (tmp_path / "two/page.html").read_bytes()


def test_latest_round_counts_and_stale_pages_go(tmp_path):
    old = make_record("amara.okafor", {"conv2d_forward": (F, 0.0)})
    report_pages(tmp_path, [old, make_record("left.early")])
    new = make_record("amara.okafor", round=2)
    for records in ([old, new], [new, old]):
        pages = report_pages(tmp_path, records)
        assert sorted(pages) == ["index.html", "students/amara.okafor.html"]
        assert "1 earlier result left out" in squeeze(pages["index.html"].text)
        assert set(pages["students/amara.okafor.html"].with_attribute("data-verdict")) == {"passed"}


def test_several_assignments_stand_in_one_report(tmp_path):
    records = [make_record("amara.okafor", assignment=name) for name in ("a02_norm", "a01_layers")]
    pages = report_pages(tmp_path, records)
    assert [i for i in pages["index.html"].with_attribute("id") if "assignment-" in (i or "")] == [
        "assignment-0",
        "assignment-1",
    ]
    assert len(pages["students/amara.okafor.html"].with_attribute("data-verdict")) == 22


def test_warns_of_missing_isolation_and_of_changed_checks(tmp_path):
    records = make_class()
    quiet = report_pages(tmp_path / "quiet", records)["index.html"].text
    assert "without isolation" not in quiet
    assert "same checks" not in quiet
    records[0] = records[0].model_copy(update={"isolation": "none", "grader_digest": "ab"})
    loud = report_pages(tmp_path / "loud", records)["index.html"].text
    assert "Graded without isolation" in loud
    assert "Not everyone was graded by the same checks" in loud


def test_report_of_nobody_and_of_nothing_graded(tmp_path):
    assert "No results yet" in report_pages(tmp_path / "nobody", [])["index.html"].text
    everything = {name: (U,) for checks in CHECKS.values() for name in checks}
    pages = report_pages(tmp_path / "nothing", [make_record("amara.okafor", everything)])
    assert "nothing was graded" not in pages["index.html"].text
    assert "11 checks could not be graded" in pages["students/amara.okafor.html"].text
    bare = make_record("b").model_copy(update={"notebooks": [], "score": None, "max_score": 0.0})
    assert "nothing was graded" in report_pages(tmp_path / "bare", [bare])["index.html"].text


def test_histogram_puts_scores_on_an_edge_into_the_upper_bin():
    plot = histogram([0.0, 0.3, 0.1 + 0.2, 0.999, 1.0], 0.3)
    assert [bar.count for bar in plot.bars] == [1, 0, 0, 2, 0, 0, 0, 0, 0, 2]
    assert plot.bars[3].height == plot.bars[9].height == 2 * plot.bars[0].height
    assert [tick.label for tick in plot.y_ticks] == ["0", "1", "2"]
    crowd = histogram([0.55] * 137, 0.55)
    assert [tick.label for tick in crowd.y_ticks] == ["0", "50", "100", "150"]


# --- feedback ---------------------------------------------------------------------------------


def feedback(folder: Path, record: SubmissionRecord, notebook: str) -> Page:
    path = folder / "feedback" / "page.html"
    write_feedback(path, record, notebook)
    return Page(path)


def test_feedback_explains_each_check(tmp_path):
    record = make_class()[2]
    page = feedback(tmp_path, record, "convolution")
    text = squeeze(page.text)
    assert page.with_attribute("data-verdict") == ["passed", "passed", "failed", "failed", "passed"]
    assert "8 of 14 points" in text
    assert "3 of 5 checks passed" in text
    assert "1 of 4 cases right" in text
    assert "Begin with conv2d_forward" in text
    for finding in record.checks[2].findings:
        for value in (finding.message, finding.call, finding.expected, finding.observed):
            assert value in text
        assert finding.slide in text
    assert text.count("Likely cause") == 3
    assert "max_pool" not in text
    pooling = squeeze(feedback(tmp_path, record, "pooling").text)
    assert "Look at" in pooling
    assert "Likely cause" not in pooling


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words_a_shape_and_a_meaning(tmp_path, verdict):
    record = make_record("amara.okafor", {"relu_backward": (verdict,)})
    page = feedback(tmp_path, record, "backprop")
    card = page.source.split('<article class="check" id="check-0"')[1].split("</article>")[0]
    assert f'<use href="#{verdict}"/>' in card
    assert page.with_attribute("id").count(str(verdict)) == 1
    if verdict is Verdict.PASSED:
        assert "Everything is right" in page.text
    else:
        assert 'class="meaning"' in card
        assert "Everything is right" not in page.text
    if verdict is Verdict.UNGRADED:
        assert "our fault" in page.text
        assert "not graded, 2 points" in card
        assert "Nothing is left for you to do" in page.text


def test_what_was_not_reached_is_explained_once(tmp_path):
    meaning = "The grader never got an answer"
    fatima, ines = (r for r in make_class() if r.student in ("fatima.zahra", "ines.almeida"))
    assert feedback(tmp_path, fatima, "backprop").text.count(meaning) == 1
    missing = squeeze(feedback(tmp_path, ines, "backprop").text)
    assert meaning not in missing
    assert "The file backprop.ipynb was not submitted." in missing
    assert "Begin with the problem described below" in missing


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, after WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(tmp_path, scheme):
    source = feedback(tmp_path, make_record("amara.okafor"), "pooling").source
    blocks = re.findall(r":root \{([^}]*)\}", source)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[scheme == "dark"]))
    pairs = [(f"on-{verdict}", str(verdict)) for verdict in Verdict]
    pairs += [(ink, ground) for ink in ("ink", "muted", "accent") for ground in ("page", "surface")]
    pairs += [("ink", "sunken"), ("ink", "note"), ("alarm-ink", "alarm"), ("alarm-ink", "surface")]
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


def test_feedback_holds_only_what_the_record_holds(tmp_path):
    record = make_record("amara.okafor", {"conv2d_forward": (F, 0.5, (FLIPPED,))})
    source = feedback(tmp_path, record, "convolution").source
    for private in (record.isolation, record.grader_digest, "tensorflow", "bjorn"):
        assert private not in source


def test_feedback_refuses_an_unknown_notebook(tmp_path):
    with pytest.raises(ValueError, match="must be one of the record's notebooks: 'convolution'"):
        write_feedback(tmp_path / "page.html", make_record("amara.okafor"), "lenet")
    assert not (tmp_path / "page.html").exists()


# --- hostile text -----------------------------------------------------------------------------

UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def test_hostile_records_stay_text(tmp_path):
    records = make_hostile()
    pages = report_pages(tmp_path, records)
    write_feedback(tmp_path / "feedback.html", records[0], "convolution")
    pages["feedback"] = Page(tmp_path / "feedback.html")
    write_feedback(tmp_path / "renamed.html", records[0], "../../etc/passwd")
    pages["renamed"] = Page(tmp_path / "renamed.html")
    assert len(pages) == 1 + len(records) + 2
    for name, page in pages.items():
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "img", "iframe", "object", "base", "form"}, name
        attributes = {key for _, found in page.elements for key in found}
        assert not [key for key in attributes if key.startswith("on")], name
        assert not UNWANTED.search(page.source), name
        assert len(page.source) < 500_000, name
        for href in page.with_attribute("href"):
            assert re.match(r"#|data:,$|(\.\./|students/)?[\w.-]+\.html$", href or ""), name
    shown = pages[f"students/{safe_filename('../../x')}.html"].text
    assert SCRIPT in shown
    assert "=cmd()" in shown
    assert "more characters left out" in shown
    assert "28 more findings" in shown
    assert all(path.is_relative_to(tmp_path) for path in tmp_path.rglob("*"))
    assert not (tmp_path.parent / "x.html").exists()


def test_every_page_forbids_all_requests(tmp_path):
    pages = report_pages(tmp_path, make_class())
    write_feedback(tmp_path / "feedback.html", make_class()[0], "pooling")
    pages["feedback"] = Page(tmp_path / "feedback.html")
    for page in pages.values():
        [policy] = [
            found["content"]
            for tag, found in page.elements
            if tag == "meta" and found.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        assert "http://" not in page.source
        assert "https://" not in page.source
        assert "{{" not in page.source


def test_sanitise():
    assert sanitise("\x1b[1;31mred\x1b[0m \x1b]0;title\x07x\x9b2Ky") == "red xy"
    assert sanitise("\x1b\x1b[0m[31mx") == "[31mx"
    assert sanitise("unfinished \x1b]0;title") == "unfinished 0;title"
    assert sanitise("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"
    assert sanitise("user\u202etxt.exe\u2069\u200b\x00") == "usertxt.exe"
    assert sanitise("x\ud800") == "x\ufffd"
    assert sanitise("Zoë Ångström 王 नमस्ते می‌خواهم") == "Zoë Ångström 王 नमस्ते می‌خواهم"
    assert sanitise("A" * 1234, 200) == "A" * 200 + " … (1,034 more characters left out)"


def test_display_name():
    assert display_name("amara\n::error::okafor\x1b[2J") == "amara ::error::okafor"
    assert display_name("\u202e\n") == "(no name)"
    assert display_name("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize("unit", ["\x1b]", "\x90", "\x9b", "\x1b[0", "\x1b ", "\x1b]\x1b"])
def test_sanitise_is_linear(unit):
    # Quadratic work on this length would take minutes.
    assert not UNWANTED.search(sanitise(unit * 300_000))


def test_safe_filename():
    assert safe_filename("amara.okafor") == "amara.okafor"
    assert safe_filename("a01_layers-2") == "a01_layers-2"
    names = [
        "",
        ".",
        "..",
        "../../x",
        "x/../../y",
        "a\\b",
        "A",
        "a",
        "con",
        "nul.txt",
        "a.",
        "-rf",
        "~",
    ]
    names += [
        "é",
        "e\u0301",
        "x" * 300,
        "x" * 301,
        "\ud800",
        "a\0",
        "a\n",
        ".hidden",
        "=cmd()",
        "C:x",
    ]
    names += [safe_filename("A"), safe_filename("../../x")]
    files = [safe_filename(name) for name in names]
    assert len({file.lower() for file in files}) == len(names)
    for file in files:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", file), file


# --- terminal and machine ---------------------------------------------------------------------


def printed(records: list[SubmissionRecord], width: int = 120) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(summary_table(records))
    return stream.getvalue()


def test_summary_table():
    lines = printed(make_class()).splitlines()
    [row] = [line for line in lines if "fatima.zahra" in line]
    assert "✓✓✗✗✓✓✓✓↯○○" in row
    assert "14 / 30" in row or "14.0 / 30" in row
    [row] = [line for line in lines if "goran.petrovic" in line]
    assert "(2 ?)" in row
    assert "–" in row
    assert "? ungraded" in "\n".join(lines)


def test_summary_table_shows_hostile_names_as_text():
    record = make_record("[bold red]x[/bold red]\x1b[31m\n\u202ey")
    assert "[bold red]x[/bold red] y" in printed([record])
    assert "\x1b" not in printed(make_hostile())


def test_summary_json():
    records = make_class()
    text = summary_json(records)
    assert text == summary_json(records[::-1])
    [found] = json.loads(text)["assignments"]
    assert (found["students"], found["graded"], found["ungraded"]) == (10, 9, 1)
    assert [entry["student"] for entry in found["submissions"]] == [r.student for r in records]
    assert found["submissions"][6]["ungraded"] == ["conv2d_dilated", "global_pool"]
    assert found["mistakes"][0]["students"] == 4
    assert found["mistakes"][0]["checks"] == {"conv2d_dilated": 2, "conv2d_forward": 4}
    hostile = json.dumps(json.loads(summary_json(make_hostile())), ensure_ascii=False)
    assert not UNWANTED.search(hostile)


def test_schema_file_is_current():
    path = Path(__file__).parents[2] / "docs" / "result.schema.json"
    assert json.loads(path.read_text()) == json.loads(schema()), (
        "Write it again: python -c 'from autograder.report import schema; "
        'print(schema(), end="")\' > docs/result.schema.json'
    )


# --- in a browser -----------------------------------------------------------------------------

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def rendered(page: Path, profile: Path, *options: str) -> tuple[str, str]:
    """The DOM that Chromium made of a page, and what it wrote to its console."""
    result = subprocess.run(
        [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--enable-logging=stderr", f"--user-data-dir={profile}", *options),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return result.stdout, "\n".join(li for li in result.stderr.splitlines() if "CONSOLE" in li)


@needs_browser
def test_browser_shows_the_report_without_complaint(tmp_path):
    records = make_class() + make_hostile()
    index = write_report(tmp_path, records, course_title="Convolutional Networks")
    dom, console = rendered(index, tmp_path / "profile")
    assert console == ""
    assert dom.count("data-student") == len(records)
    assert dom.count("data-check=") == sum(map(len, CHECKS.values())) + len(CHECKS["pooling"])
    assert html.unescape(dom).count("<svg") > len(records)
    assert "<script" not in dom


@needs_browser
def test_browser_console_is_heard(tmp_path):
    # The test above would be worthless if complaints did not reach it.
    page = tmp_path / "page.html"
    page.write_text(
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
        "<script>alert(1)</script>"
    )
    assert "Content Security Policy" in rendered(page, tmp_path / "profile")[1]


@needs_browser
def test_pages_fit_a_narrow_screen(tmp_path):
    records = make_class() + make_hostile()
    index = write_report(tmp_path, records, course_title="Convolutional Networks")
    student = tmp_path / "report" / "students" / f"{safe_filename('../../x')}.html"
    write_feedback(tmp_path / "feedback.html", records[2], "convolution")
    wide = tmp_path / "wide.html"
    wide.write_text("<div style='width:900px'>too wide</div>")
    # The pages contain no script: a page around them measures them in frames of 400 pixels.
    frames = "".join(
        f"<iframe width=400 height=900 style='border:0' src='{page.as_uri()}'></iframe>"
        for page in (index, student, tmp_path / "feedback.html", wide)
    )
    around = tmp_path / "around.html"
    around.write_text(
        f"<!doctype html>{frames}<p id=widths></p><script>onload = () => {{ widths.textContent = "
        "'heights ' + [...frames[0].document.querySelectorAll('.column')].map("
        "r => Math.round(r.getBoundingClientRect().height)).join(' ') + "
        "' widths ' + [...document.querySelectorAll('iframe')].map("
        "f => f.contentDocument.documentElement.scrollWidth).join(' ') + ' px'; }</script>"
    )
    dom, _ = rendered(around, tmp_path / "profile", "--allow-file-access-from-files")
    found = re.search(r"widths ([\d ]+) px", dom)
    assert found, dom[-500:]
    *ours, too_wide = map(int, found[1].split())
    assert too_wide > 400
    assert all(width <= 400 for width in ours), ours
    found = re.search(r"heights ([\d ]+) widths", dom)
    assert found
    columns = list(map(int, found[1].split()))
    [summary] = [s for s in summarise(records) if s.name == ASSIGNMENT]
    counts = [bar.count for bar in histogram(summary.shares, None).bars]
    tallest = max(columns)
    assert tallest > 60
    assert columns == pytest.approx([tallest * c / max(counts) for c in counts], abs=1)
