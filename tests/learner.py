"""A course with one notebook that trains, calibrated for real: what tests of accuracy grade."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat

from autograder.proof.calibrate import calibrate, plans
from autograder.source.course import Course, SubmissionLimits, find_course
from autograder.source.notebook import read_source

SOURCE = '''\
# %% [markdown]
# # Learning. {calibration learned}

# %%
import keras

from course_lib import check, training

# %% nbgrader={"grade": false, "grade_id": "network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network(units=10):
    """Softmax regression on digits of 8 x 8 pixels."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(units)]
    )
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "learn_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def learn(images, labels, seed=0, epochs=2):
    """A trained network."""
    ### BEGIN SOLUTION
    model = network()
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, verbose=0)
    return model
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "learned", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("learned", learn)

# %% nbgrader={"grade": true, "grade_id": "handed_in", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("handed_in", network)
'''
CHECKS = """
from autograder.checks import Limits, check, fit, submitted_weights


def public():
    yield fit("digits", label="validation digits", public=True, epochs=2)


@check("learned", public=public, limits=Limits(wall_seconds=20))
def learned(draw):
    seed = draw.integer(0, 999)
    yield fit("digits", label="unseen digits", seed=seed, epochs=2, gpu={"epochs": 6})


def public_weights():
    yield submitted_weights(
        "digits.safetensors", dataset="digits", calibrated_by="learned", label="weights", public=True
    )


@check("handed_in", public=public_weights)
def handed_in():
    yield submitted_weights(
        "digits.safetensors", dataset="digits", calibrated_by="learned", label="weights"
    )
"""
UNTRAINED = """\
def learn(images, labels, seed=0, epochs=2):
    model = network()
    model.compile(loss="mse")
    return model
"""
MISTAKES = f'''\
"""Mistakes in `learned`."""

from autograder.checks import instead


@instead("untrained", say="You do not train at all.", hint=None)
{UNTRAINED}'''
LIMITS = SubmissionLimits(
    check_seconds=120, submission_seconds=900, memory_mb=2048, file_mb=16, weights_mb=1
)
SEEDS = 6


def make_course(root: Path) -> Course:
    """Write the course under `root`, calibrate it, and release it."""
    from autograder.release.write import write_release

    (root / "course.toml").write_text(
        '[course]\nid = "learner"\ntitle = "Learner"\n\n[sandbox]\ndata = ["digits"]\n'
    )
    course = replace(find_course(root), limits=LIMITS)
    folder = course.folder("a00_learner", "learner")
    (folder / "mistakes").mkdir(parents=True)
    (folder / "notebook.py").write_text(SOURCE)
    (folder / "checks.py").write_text(CHECKS)
    (folder / "mistakes" / "learned.py").write_text(MISTAKES)
    (plan,) = plans(course, "a00_learner")
    calibrate(plan, seeds=SEEDS)
    write_release(course, ["a00_learner"])
    return course


def hand_in(
    course: Course, folder: Path, student: str, learn: str | None = None, network: str | None = None
) -> Path:
    """The solution notebook with other code in a cell, where the grader looks for it."""
    notebook = read_source(course.source("a00_learner", "learner"))
    code = {"learn_solution": learn, "network_solution": network}
    for cell in notebook.cells:
        replaced = code.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if replaced is not None:
            cell.source = replaced
    target = folder / student / "a00_learner"
    target.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target / "learner.ipynb")
    return target
