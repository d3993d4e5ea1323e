"""You let numerical_gradient do the work, which is blocked here. It is the witness; the
derivative is yours to write.
"""

FAILS = ("gelu_backward",)
# The values are right; the grader sees the call that is not allowed.
HINT = None


def gelu_backward(dout, x):
    return gradients.numerical_gradient(gelu, x, dout)
