"""Data as submissions see it: inside the grader's sandbox, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from courses import tiny

from autograder.grading.grader import open_grader
from autograder.grading.workplace import Workplace
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course

pytestmark = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)

CODE = """
import keras
from course_lib import data
shapes = data.load("shapes32")
print(len(shapes.train.only([0, 9]).per_class(5)))
model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)])
model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
moved = keras.layers.RandomTranslation(0.1, 0.1)
batches = data.batches(data.load("mnist").train.take(200), 64, augment=moved)
print(len(model.fit(batches, shuffle=False, verbose=0).history["loss"]))
try: data.load("cifar10")
except data.DataUnavailableError as error: print(str(error).splitlines()[0])
"""


def test_a_submission_has_shapes_batches_and_no_downloads(
    tiny_course: Course, workplace: Workplace, tmp_path: Path
) -> None:
    folder = tiny.hand_in(tmp_path, "eve", tiny.submission(tiny_course, before=CODE))
    with open_grader(tiny_course, "a00_tiny", key=bytes(32), workplace=workplace) as grader:
        graded = grader.grade("eve", folder)
    assert graded.record.score == 5
    printed = "".join(
        output.get("text", "")
        for cell in graded.executed["tiny"].cells
        for output in cell.get("outputs", [])
    )
    lines = printed.splitlines()
    assert lines[:2] == ["10", "1"]
    assert lines[2].startswith("The data set 'cifar10' is not on this machine")
