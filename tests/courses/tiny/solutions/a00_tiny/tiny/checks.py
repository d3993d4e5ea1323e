"""What the notebook a00_tiny/tiny requires."""

from autograder.checks import call, check


@check("double", forbids=("numpy.add",), slide="Lecture 0, Doubling")
def double(draw, reference):
    for shape in [(3,), (2, 4), (5, 1, 2), (7,)]:
        x = draw.rng.normal(size=shape)
        yield call(x, expected=reference.double(x), label=f"an array of shape {shape}")


@check("triple")
def triple(draw, reference):
    x = float(draw.integer(2, 8))
    yield call(x, expected=reference.triple(x), label="one number")
