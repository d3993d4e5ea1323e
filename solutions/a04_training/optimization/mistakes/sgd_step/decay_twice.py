"""Your decay is twice as strong as asked for. The penalty here is a/2·|w|², whose gradient is a·w,
not 2a·w.
"""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w - learning_rate * (gradient + 2 * weight_decay * w)
