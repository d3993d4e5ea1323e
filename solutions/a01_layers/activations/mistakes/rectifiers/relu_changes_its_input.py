"""You set the negative values of x itself to zero, so the caller's array is changed.
np.maximum(x, 0) makes a new one.
"""

FAILS = ("rectifiers",)
# The values are right; the grader sees that the input was changed.
HINT = None


def relu(x):
    x[x < 0] = 0
    return x
