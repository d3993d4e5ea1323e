"""Grading where Keras computes with JAX; in the sandbox, through the command line."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import nbformat
import pytest

from autograder.records.results import SubmissionRecord, Verdict, read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import find_course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import read_source

ISOLATION = "none" if namespaces_problem() else "namespaces"

pytestmark = [
    pytest.mark.jax,
    pytest.mark.skipif(
        importlib.util.find_spec("jax") is None or os.environ.get("KERAS_BACKEND") != "jax",
        reason="needs JAX and KERAS_BACKEND=jax; `make test-jax` sees to both",
    ),
]


@pytest.fixture(scope="module")
def patient_course(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with long limits: JAX compiles a network before its first step."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "assignments"):
        (root / folder).symlink_to(repository / folder)
    limits = "cell_seconds = 600\ncheck_seconds = 600\n"
    (root / "course.toml").write_text(
        f'[course]\nid = "patient"\ntitle = "Patient"\n[limits]\n{limits}'
    )
    return root


def grade(root: Path, assignment: str, folder: Path) -> dict[str, SubmissionRecord]:
    """The records of `autograder grade`, by student."""
    out = folder / "out"
    command = [sys.executable, "-m", "autograder", "grade", assignment]
    command += ["--submissions", str(folder), "--out", str(out), "--isolation", ISOLATION]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {
        path.parent.name: record
        for path in (out / "results").glob(f"*/{assignment}.json")
        if (record := read_record(path)) is not None
    }


@pytest.mark.parametrize(
    ("assignment", "notebook", "mistake"),
    [
        ("a00_first_light", "first_light", "lenet_outputs/lenet_tanh"),  # a network, predictions
        ("a01_layers", "convolution", "conv2d_forward/dilation_ignored"),  # arrays
        ("a03_costs", "one_by_one", "mlpconv/relu_at_the_end_only"),  # transplanted weights
    ],
)
def test_a_notebook_is_graded_on_jax(
    patient_course: Path, tmp_path: Path, assignment: str, notebook: str, mistake: str
) -> None:
    """The solution gets everything; a known mistake loses its checks, and is named."""
    course = find_course(patient_course)
    source = read_source(course.source(assignment, notebook))
    variant = read_variant(course, assignment, notebook, mistake)
    for student, submitted in (("right", source), ("wrong", splice(source, variant))):
        target = tmp_path / student / assignment / f"{notebook}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(submitted, target)
    records = grade(patient_course, assignment, tmp_path)
    right, wrong = (
        {
            check.name: check
            for part in records[student].notebooks
            if part.name == notebook
            for check in part.checks
        }
        for student in ("right", "wrong")
    )
    assert {check.verdict for check in right.values()} == {Verdict.PASSED}
    assert {name for name, check in wrong.items() if check.score != check.points} == set(
        variant.fails
    )
    findings = [finding for name in variant.fails for finding in wrong[name].findings]
    said = {" ".join(finding.hint.split()) for finding in findings if finding.recognised}
    assert " ".join(variant.hint.split()) in said
    assert records["right"].versions["backend"] == "jax"
    assert records["right"].versions["jax"] == metadata.version("jax")
    assert "tensorflow" not in records["right"].versions


def test_a_training_is_calibrated_and_graded_on_jax(tmp_path: Path) -> None:
    """Children that are forked train; so do fresh processes, as on a GPU."""
    from courses import learner

    from autograder.checks.calibration import read_calibration
    from autograder.grading.device import Lane, find_accelerators
    from autograder.grading.grader import open_grader
    from autograder.proof.calibrate import calibrate, experiments

    course = learner.make_course(tmp_path)
    found = read_calibration(course.calibration("a00_learner", "learner"), "learned")
    assert found.machine is not None
    assert found.machine["backend"] == "jax"
    assert found.machine["jax"] == metadata.version("jax")
    if not find_accelerators():
        (experiment,) = experiments(course, "a00_learner")
        rehearsed = calibrate(experiment, seeds=3, device="gpu").machine
        assert rehearsed is not None
        assert rehearsed["device"] == "no accelerator"
    for lane in (None, Lane([])):
        with open_grader(
            course, "a00_learner", key=bytes(32), isolation=ISOLATION, lane=lane
        ) as grader:
            right = learner.hand_in(course, tmp_path / "submitted", "right")
            wrong = learner.hand_in(
                course,
                tmp_path / "submitted",
                "wrong",
                learn="def learn(images, labels, seed=0, epochs=2):\n    return network()",
            )
            (learned, _), (untrained, _) = (
                grader.grade(student, folder).record.checks
                for student, folder in (("right", right), ("wrong", wrong))
            )
        assert (learned.verdict, learned.score) == (Verdict.PASSED, 3)
        assert learned.bound == found.bound()
        assert (untrained.verdict, untrained.score) == (Verdict.FAILED, 0)
