"""You move w rightly but return the old velocity. The next step would start from it; return the
new one.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    new = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + new, velocity
