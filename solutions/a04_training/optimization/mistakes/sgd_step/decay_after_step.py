"""You let the weights decay after the step, so that the step itself decays too. Both terms use the
old w: w - λ(g + a·w).
"""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    w = w - learning_rate * gradient
    return w - learning_rate * weight_decay * w
