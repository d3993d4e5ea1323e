"""You walk uphill. The gradient points to larger losses, so the step is subtracted from w."""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w + learning_rate * (gradient + weight_decay * w)
