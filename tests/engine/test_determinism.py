"""A release depends on its sources: not on the processor, the threads or the order of a sum."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from courses.fixture import ASSIGNMENT, NOTEBOOK, make_course

from autograder._exceptions import CourseError
from autograder.grading.free_signs import under_all_signs
from autograder.release.write import build_release
from autograder.source.course import Course
from course_lib.checking.rounding import same_but_for_rounding
from course_lib.checking.store import contents

KERNELS = (
    {"OPENBLAS_CORETYPE": "Haswell"},
    {"OPENBLAS_CORETYPE": "SkylakeX"},
    {
        "OPENBLAS_CORETYPE": "Prescott",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    },
)
"""Settings of three processors, for the sums of NumPy and of TensorFlow."""
kernels = pytest.mark.parametrize("kernel", KERNELS, ids=lambda k: k["OPENBLAS_CORETYPE"])


def _check(repository: Path, kernel: dict[str, str], *assignments: str) -> None:
    command = [sys.executable, "-m", "autograder", "release", "--check", "--rebuild", *assignments]
    done = subprocess.run(
        command, cwd=repository, env=os.environ | kernel, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("Up to date: ")


@kernels
def test_two_releases_are_up_to_date_on_every_processor(
    repository: Path, kernel: dict[str, str]
) -> None:
    _check(repository, kernel, "a01_layers", "a02_normalization")


@pytest.mark.slow
@kernels
def test_every_release_is_up_to_date_on_every_processor(
    repository: Path, kernel: dict[str, str]
) -> None:
    _check(repository, kernel)


# What eigenvectors leave open

WHITENED = """\
import numpy as np
from course_lib.checking import judge_cases, run_probe
from course_lib.checking.causes import frozen
from course_lib.checking.store import find

def whitened(x, epsilon, turn, back):
    centred = x - x.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1]))
    return centred @ turn(vectors) / np.sqrt(values) @ back(vectors)

def not_turned_back(x, epsilon=1e-5):
    return whitened(x, epsilon, lambda v: v, lambda v: np.eye(len(v)))

def rows_for_columns(x, epsilon=1e-5):
    return whitened(x, epsilon, lambda v: v.T, lambda v: v)

for mistake in (not_turned_back, rows_for_columns):
    cases = find("whiten").cases
    answers = [run_probe(case.probe, mistake) for case in cases]
    results = judge_cases(cases, answers, "whiten", lambda: frozen(cases))
    print(sum(bool(r.finding and r.finding.recognised) for r in results),
          [r.finding.hint for r in results if r.finding][0])
"""


@kernels
def test_a_student_is_told_whichever_signs_his_eigenvectors_have(
    repository: Path, kernel: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHITENED], cwd=repository, env=os.environ | kernel,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, second = done.stdout.splitlines()
    # Where the covariance is the identity any rotation is right, so it is only told elsewhere.
    assert first.startswith("3 You do not turn back: that is PCA whitening")
    assert second.startswith("3 You took the rows of `vectors` for the eigenvectors.")


def test_all_signs_are_tried() -> None:
    matrix = np.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]])
    found, complete = under_all_signs(lambda: np.linalg.eigh(matrix))
    assert complete
    assert len({tuple(np.sign(vectors[0])) for _, vectors in found}) == len(found) == 8
    for values, vectors in found:
        np.testing.assert_allclose(vectors * values @ vectors.T, matrix, atol=1e-12)
    own = np.linalg.eigh(matrix).eigenvectors
    assert any(np.allclose(vectors, own) for _, vectors in found)

    tall = matrix[:, :2]
    for left, values, right in under_all_signs(lambda: np.linalg.svd(tall, full_matrices=False))[0]:
        np.testing.assert_allclose(left * values @ right, tall, atol=1e-12)
    for q, r in under_all_signs(lambda: np.linalg.qr(tall))[0]:
        np.testing.assert_allclose(q @ r, tall, atol=1e-12)


def test_signs_are_not_all_where_eigenvalues_are_equal() -> None:
    assert not under_all_signs(lambda: np.linalg.eigh(np.eye(3)))[1]
    assert under_all_signs(lambda: np.linalg.cholesky(np.eye(3)))[1]


# Mistakes whose answer is another one on another machine


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path)


def _add_mistake(course: Course, answer: str) -> None:
    path = course.folder(ASSIGNMENT, NOTEBOOK) / "mistakes" / "tiny_dense.py"
    path.write_text(
        path.read_text() + "\n\n@instead('added', say='You did something else.')\n"
        f"def tiny_dense(x, kernel, bias):\n    return {answer}\n"
    )


@pytest.mark.parametrize(
    "answer",
    [
        "np.random.normal(size=(2, 4))",
        "np.sin(1e9 * (x @ kernel))",
        "np.linalg.eigh(np.eye(4))[1][:2]",
    ],
    ids=["random", "rounding", "turned"],
)
def test_a_mistake_that_no_machine_repeats_asks_for_no_hint(course: Course, answer: str) -> None:
    _add_mistake(course, answer)
    with pytest.raises(CourseError, match=r"'tiny_dense/added'.*write `hint=None`"):
        build_release(course, ASSIGNMENT)


@pytest.mark.parametrize(
    "answer",
    [
        "np.floor(x @ kernel)",
        "np.maximum(x @ kernel, 0)",
        "np.eye(4)[np.argmax(x @ kernel, axis=1)]",
        "np.sort(x @ kernel, axis=0)",
    ],
)
def test_steps_and_choices_are_determined(course: Course, answer: str) -> None:
    _add_mistake(course, answer)
    frozen = build_release(course, ASSIGNMENT)
    cases = contents(frozen[course.shown(course.cases(ASSIGNMENT, NOTEBOOK))])
    assert "You did something else." in json.dumps(cases["tiny_dense"][0])


# The same but for rounding


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rounding_is_measured_on_the_scale_of_an_array(dtype: type) -> None:
    old = np.array([25.0, 1e-6, -3.0], dtype)
    rounded = old + np.array([0, 7.6e-6, 0], dtype)
    assert same_but_for_rounding(old, rounded)
    assert same_but_for_rounding([25.0, 1e-6], [25.0, 8.6e-6])
    assert not same_but_for_rounding(old, old * dtype(1.001))
    assert not same_but_for_rounding(old * dtype(1e-5), old * dtype(1.001e-5))
    assert not same_but_for_rounding(old, -old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (1, 1.0),
        (3, 4),
        ("by 0.5", "by 0.5000001"),
        (np.array([1, 2]), np.array([1, 3])),
        (np.zeros(2, np.float32), np.zeros(2)),
        (np.zeros(2), np.zeros((2, 1))),
        (np.array([np.inf, 1.0]), np.array([-np.inf, 1.0])),
        (np.array([np.nan, 1.0]), np.array([1.0, 1.0])),
        (np.array([1.0]), np.array([np.nan])),
        ([1.0], (1.0,)),
        ([1.0], [1.0, 1.0]),
        ({"a": 1.0}, {"b": 1.0}),
        (None, 0.0),
        (True, 1),
    ],
)
def test_everything_else_must_be_equal(old: object, new: object) -> None:
    assert not same_but_for_rounding(old, new)
    assert not same_but_for_rounding(new, old)
    assert same_but_for_rounding(old, old)
    assert same_but_for_rounding(new, new)
