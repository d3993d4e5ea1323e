"""Your step is right, but you return the old p. The next step would forget all gradients; return
the new average.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    average = (1 - mu) * p + mu * gradient
    return w - learning_rate * average, p
