"""You subtract a·w directly. The decay joins the gradient, so that the learning rate multiplies
both: λ(g + a·w).
"""

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w - learning_rate * gradient - weight_decay * w
