"""You move w by the old velocity. Compute the new velocity first, then add that to w."""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    new = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, new
