"""Your step does not use `weight_decay`. Add weight_decay * w to the gradient before you multiply
by the learning rate.
"""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w - learning_rate * gradient
