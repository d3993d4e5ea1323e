"""nbgrader's gradebook, as its own code reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from courses.fixture import ASSIGNMENT, NOTEBOOK, POINTS, edit, make_course, record
from nbgrader.api import Gradebook, get_alembic_version
from sqlalchemy import text

from autograder._exceptions import CourseError
from autograder.records.autograded import autograded_notebook
from autograder.records.gradebook import GradebookWriter, prepare_folder
from autograder.records.results import SubmissionRecord, Verdict
from autograder.release.write import write_release
from autograder.source.course import Course

FULL = tuple(POINTS.values())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    write_release(course)
    return course


@pytest.fixture
def db(course: Course, tmp_path: Path) -> Path:
    """A gradebook in which the assignment is registered, as `write_release` left it."""
    path = tmp_path / "gradebook.db"
    path.write_bytes((course.root / "gradebook.db").read_bytes())
    return path


def put(course: Course, db: Path, *records: SubmissionRecord) -> None:
    for item in records:
        with GradebookWriter(db, course) as gradebook:
            gradebook.register(ASSIGNMENT, course.releases(ASSIGNMENT))
            gradebook.record(item)


@contextmanager
def reading(db: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{db}") as gradebook:
        yield gradebook


def test_a_new_gradebook_has_the_version_that_nbgrader_gives(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(Path(sys.executable).parent)  # Where nbgrader's `alembic` lies, activated or not.
    monkeypatch.setenv("PATH", os.pathsep.join([here, os.environ["PATH"]]))
    with reading(db) as gradebook:
        version = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert version == get_alembic_version()


def test_a_release_registers_cells_as_nbgrader_would(course: Course, db: Path) -> None:
    with reading(db) as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).course_id == "tiny-course"
        notebook = gradebook.find_notebook(NOTEBOOK, ASSIGNMENT)
        assert notebook.max_score == sum(FULL)
        assert {c.name: (c.max_score, c.cell_type) for c in notebook.grade_cells} == {
            name: (points, "code") for name, points in POINTS.items()
        }
        assert {c.name for c in notebook.solution_cells} == {f"{name}_solution" for name in POINTS}
        released = course.releases(ASSIGNMENT)[NOTEBOOK]
        by_id = {
            c.metadata.nbgrader.grade_id: c for c in released.cells if c.metadata.get("nbgrader")
        }
        assert [c.name for c in notebook.source_cells] == list(by_id)
        for cell in notebook.source_cells:
            assert cell.source == by_id[cell.name].source
            assert cell.checksum == by_id[cell.name].metadata.nbgrader.checksum
            assert cell.locked is not cell.name.endswith("_solution")


def test_scores_are_recorded_once(course: Course, db: Path) -> None:
    put(course, db, record("alice", *FULL), record("bob", 2.0, 1.5, 0.0), record("alice", *FULL))
    with reading(db) as gradebook:
        assert {s.id for s in gradebook.students} == {"alice", "bob"}
        assert [s.score for s in gradebook.assignment_submissions(ASSIGNMENT)] == [6.0, 3.5]
        bob = gradebook.find_submission(ASSIGNMENT, "bob")
        assert not bob.needs_manual_grade
        assert gradebook.find_grade("tiny_dense", NOTEBOOK, ASSIGNMENT, "bob").auto_score == 1.5
        assert gradebook.find_grade("tiny_guess", NOTEBOOK, ASSIGNMENT, "bob").failed_tests


def test_an_ungraded_check_is_open_and_not_a_zero(course: Course, db: Path) -> None:
    put(course, db, record("carol", 2.0, None, 1.0))
    with reading(db) as gradebook:
        grade = gradebook.find_grade("tiny_dense", NOTEBOOK, ASSIGNMENT, "carol")
        assert grade.auto_score is None
        assert grade.needs_manual_grade
        assert not grade.failed_tests
        assert gradebook.find_submission(ASSIGNMENT, "carol").needs_manual_grade
        comments = {
            name: gradebook.find_comment(name, NOTEBOOK, ASSIGNMENT, "carol").comment
            for name in ("tiny_doubled_solution", "tiny_dense_solution", "tiny_guess_solution")
        }
        assert [name for name, text in comments.items() if text] == ["tiny_dense_solution"]
        assert "not your fault" in str(comments["tiny_dense_solution"])
    unread = record("carol", 2.0, None, 1.0)
    checks = unread.notebooks[0].checks
    checks[1] = checks[1].model_copy(update={"verdict": Verdict.UNREADABLE})
    put(course, db, unread)
    with reading(db) as gradebook:
        comment = gradebook.find_comment("tiny_dense_solution", NOTEBOOK, ASSIGNMENT, "carol")
        assert "your file could not be read. This is not a zero" in comment.comment
    put(course, db, record("carol", 2.0, 3.0, 1.0))
    with reading(db) as gradebook:
        carol = gradebook.find_submission(ASSIGNMENT, "carol")
        assert carol.score == 6.0
        assert not carol.needs_manual_grade
        comment = gradebook.find_comment("tiny_dense_solution", NOTEBOOK, ASSIGNMENT, "carol")
        assert comment.comment is None


def test_a_score_given_by_hand_stays(course: Course, db: Path) -> None:
    put(course, db, record("bob", 2.0, 1.5, 0.0))
    with reading(db) as gradebook:
        grade = gradebook.find_grade("tiny_dense", NOTEBOOK, ASSIGNMENT, "bob")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    put(course, db, record("bob", 2.0, 1.5, 0.0))
    with reading(db) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "bob").score == 4.5
        assert not gradebook.find_submission(ASSIGNMENT, "bob").needs_manual_grade
    # The grader thinks otherwise now: the score given by hand counts, and a person is asked.
    put(course, db, record("bob", 2.0, 3.0, 0.0))
    with reading(db) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "bob").score == 4.5
        assert gradebook.find_submission(ASSIGNMENT, "bob").needs_manual_grade


def test_a_failed_write_leaves_nothing_behind(course: Course, db: Path) -> None:
    put(course, db, record("bob", 2.0, 1.5, 0.0))
    wrong = record("bob", *FULL)
    checks = wrong.notebooks[0].checks
    checks.append(checks[0].model_copy(update={"name": "unknown"}))
    with pytest.raises(CourseError, match="has no cell 'unknown'"):
        put(course, db, wrong)
    with reading(db) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "bob").score == 3.5


def test_a_changed_release_changes_the_gradebook(db: Path, tmp_path: Path) -> None:
    course = make_course(tmp_path)
    write_release(course, db=db)
    put(course, db, record("alice", *FULL), record("bob", 2.0, 1.5, 0.0))
    notebook = course.releases(ASSIGNMENT)[NOTEBOOK]
    marks = {c.metadata.nbgrader.grade_id: c for c in notebook.cells if c.metadata.get("nbgrader")}
    marks["tiny_dense"].metadata.nbgrader.points = 5
    marks["tiny_guess"].metadata.nbgrader.grade_id = "tiny_new"
    with GradebookWriter(db, course) as gradebook:
        gradebook.register(ASSIGNMENT, {NOTEBOOK: notebook})
    with reading(db) as read:
        assert read.find_assignment(ASSIGNMENT).max_score == 8.0
        bob = read.find_submission(ASSIGNMENT, "bob")
        assert {g.name: g.auto_score for g in bob.notebooks[0].grades} == {
            "tiny_doubled": 2.0,
            "tiny_dense": 1.5,
            "tiny_new": None,
        }
        assert bob.needs_manual_grade
        names = [c.name for c in read.find_notebook(NOTEBOOK, ASSIGNMENT).source_cells]
        assert names == [*list(marks)[:-1], "tiny_new"]
        # What a person gave is never removed.
        grade = read.find_grade("tiny_new", NOTEBOOK, ASSIGNMENT, "bob")
        grade.manual_score = 1.0
        read.db.commit()
    with (
        GradebookWriter(db, course) as gradebook,
        pytest.raises(CourseError, match=r"'tiny_new'.*person gave for it to bob"),
    ):
        gradebook.register(ASSIGNMENT, course.releases(ASSIGNMENT))
    with (
        GradebookWriter(db, course) as gradebook,
        pytest.raises(CourseError, match="person gave for it to bob"),
    ):
        gradebook.register(ASSIGNMENT, {})
    with reading(db) as read:
        assert read.find_assignment(ASSIGNMENT).max_score == 8.0


def test_a_notebook_that_is_gone_leaves_the_gradebook(course: Course, db: Path) -> None:
    put(course, db, record("alice", *FULL))
    with GradebookWriter(db, course) as gradebook:
        gradebook.register(ASSIGNMENT, {})
    with reading(db) as read:
        assert read.find_assignment(ASSIGNMENT).notebooks == []
        assert read.find_submission(ASSIGNMENT, "alice").score == 0.0
    put(course, db, record("dora", *FULL))
    with reading(db) as read:
        assert read.find_submission(ASSIGNMENT, "dora").score == 6.0


def test_a_cell_that_a_person_grades_stays_open(tmp_path: Path, db: Path) -> None:
    course = make_course(tmp_path)
    edit(
        course,
        "# %%\nprint(",
        '# %% [markdown] nbgrader={"grade": true, "grade_id": "tiny_why", "locked": false, '
        '"points": 4, "schema_version": 3, "solution": true, "task": false}\n'
        "# Because two is one and one.\n\n# %%\nprint(",
    )
    write_release(course, db=db)
    assert "Because" not in course.released(ASSIGNMENT, NOTEBOOK).read_text()
    put(course, db, record("alice", *FULL))
    with reading(db) as gradebook:
        alice = gradebook.find_submission(ASSIGNMENT, "alice")
        assert (alice.score, alice.max_score) == (6.0, 10.0)
        assert alice.needs_manual_grade


def test_the_autograded_notebook_shows_findings_and_runs_nothing(course: Course) -> None:
    notebook = course.releases(ASSIGNMENT)[NOTEBOOK]
    hostile = "<script>alert(1)</script>"
    text, code = notebook.cells[0], notebook.cells[1]
    text.source = f"{hostile} <https://keras.io> $a<b$ <img src=x onerror=alert(1)>"
    code.outputs = [
        nbformat.v4.new_output(
            "display_data",
            {
                "text/plain": "plain",
                "text/html": hostile,
                "text/latex": hostile,
                "image/svg+xml": f"<svg>{hostile}</svg>",
                "image/png": 'x" onerror="alert(1)',
                "image/jpeg": "aGVsbG8=",
                "application/javascript": "alert(1)",
            },
        ),
        nbformat.v4.new_output("stream", text="printed"),
    ]
    notebook.cells.append(nbformat.from_dict(notebook.cells[4] | {"id": "copied"}))
    forged = {"grade": True, "grade_id": "forged", "locked": True, "points": 99, "solution": False}
    for grade_id, own in {"test": {}, "answer": {"solution": True}}.items():
        own = forged | own | {"grade_id": grade_id, "schema_version": 3}
        notebook.cells.append(nbformat.v4.new_code_cell("pass", metadata={"nbgrader": own}))
    release = course.releases(ASSIGNMENT)[NOTEBOOK]
    marked = autograded_notebook(notebook, record("bob", 2.0, 1.5, 0.0), release)
    nbformat.validate(marked)
    assert marked.cells[0].source == (
        "< script>alert(1)< /script> < https://keras.io> $a< b$ < img src=x onerror=alert(1)>"
    )
    shown, printed = marked.cells[1].outputs
    assert shown.data == {"text/plain": "plain", "image/jpeg": "aGVsbG8="}
    assert printed.text == "printed"
    graded = [
        c.metadata.nbgrader.grade_id
        for c in marked.cells
        if c.metadata.get("nbgrader", {}).get("grade")
    ]
    assert graded == list(POINTS)
    known = [c.metadata.nbgrader.grade_id for c in release.cells if c.metadata.get("nbgrader")]
    assert [
        c.metadata.nbgrader.grade_id for c in marked.cells if c.metadata.get("nbgrader")
    ] == known
    unknown = autograded_notebook(notebook, record("bob", 2.0, 1.5, 0.0))
    assert [
        c.metadata.nbgrader.grade_id for c in unknown.cells if c.metadata.get("nbgrader")
    ] == list(POINTS)
    (card,) = next(c for c in marked.cells if c.id == "tiny_dense").outputs
    assert "failed: 1.5 of 3 points, 1 of 2 cases right" in card.data["text/plain"]
    assert "&lt;b&gt;tiny_dense&lt;/b&gt; is wrong." in card.data["text/html"]
    assert "Look at the <code>bias</code>." in card.data["text/html"]
    assert code.outputs[0].data["text/html"] == hostile, "the notebook given must not change"


def test_a_prepared_folder_names_no_machine(course: Course, tmp_path: Path) -> None:
    prepare_folder(tmp_path, course, ASSIGNMENT, ["alice"])
    config = (tmp_path / "nbgrader_config.py").read_text()
    assert str(tmp_path) not in config
    assert "tiny-course" in config
    released = course.released(ASSIGNMENT, NOTEBOOK).read_bytes()
    assert (tmp_path / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_bytes() == released
