"""The weights shrink, then the step is added, on a copy."""


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    new = w.copy()
    new *= 1 - learning_rate * weight_decay
    new += -learning_rate * gradient
    return new
