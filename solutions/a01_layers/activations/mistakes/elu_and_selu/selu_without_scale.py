"""Your SELU lacks the scale 1.0507. It multiplies both sides: SELU is SELU_SCALE * elu(x,
SELU_ALPHA).
"""

FAILS = ("elu_and_selu",)


def selu(x):
    return elu(x, SELU_ALPHA)
