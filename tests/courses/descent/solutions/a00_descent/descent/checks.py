"""What the notebook a00_descent/descent requires."""

import numpy as np

from autograder.checks import answer, call, check


@check("step")
def step(draw, reference):
    weights = draw.rng.normal(size=3)
    yield call(weights, expected=reference.step(weights), label="three weights")


@check("trained", where_to_look="Is every step taken with the weights of the last one?")
def trained():
    yield answer(expected=np.full(3, 5.0), label="the weights after 100 steps")


@check("norm")
def norm(draw, reference):
    weights = draw.rng.normal(size=4)
    yield call(weights, expected=reference.norm(weights), label="four weights")
