"""Your weights grow by the decay: the minus sign of the slide meets the minus sign of the step.
Add +a·w to the gradient.
"""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w - learning_rate * (gradient - weight_decay * w)
