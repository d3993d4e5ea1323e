"""The checks of the tiny course; importing this module registers them."""

import numpy as np

from autograder.checks import answer, call, check


@check("tiny_doubled", notebook="a00_fixture/fixture", slide="Lecture 0, Numbers")
def tiny_doubled(rng, reference):
    for size in (3, 5):
        x = rng.normal(size=size)
        yield call(x, expected=reference.tiny_doubled(x), label=f"{size} numbers")


@check("tiny_dense", notebook="a00_fixture/fixture")
def tiny_dense(rng, reference):
    x, kernel, bias = (
        rng.normal(size=shape).astype(np.float32) for shape in ((2, 3), (3, 4), (4,))
    )
    yield call(x, kernel, bias, expected=reference.tiny_dense(x, kernel, bias), label="with bias")
    zero = np.zeros_like(bias)
    yield call(x, kernel, zero, expected=reference.tiny_dense(x, kernel, zero), label="no bias")


@check("tiny_guess", notebook="a00_fixture/fixture")
def tiny_guess(rng, reference):
    yield answer(expected=12, label="the number of months")
