"""You changed w where it lies, with `-=`. The caller's weights are then changed too; return a new
array, w - step.
"""

FAILS = ("sgd_step",)
# The values are right; the grader sees that the input was changed.
HINT = None


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    w -= learning_rate * (gradient + weight_decay * w)
    return w
