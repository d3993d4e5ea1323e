"""You set entries of dout itself to zero, so the caller's array is changed. Multiply by (x > 0)
instead.
"""

FAILS = ("rectifiers",)
# The values are right; the grader sees that the input was changed.
HINT = None


def relu_backward(dout, x):
    dout[x <= 0] = 0
    return dout
