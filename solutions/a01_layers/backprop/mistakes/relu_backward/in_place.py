"""You write zeros into `dout` itself, which others may still need: in a residual connection the
same array also goes the other way. Make a new array, for instance dout * (x > 0).
"""

FAILS = ("relu_backward",)
HINT = "Work on a copy (`x = x.copy()`), or use operations that return a new array."


def relu_backward(dout, x):
    dout[x <= 0] = 0
    return dout
