"""The step is right, but your p is the average with the opposite sign. Here p is to be an average
of gradients: + mu * gradient, and - learning_rate * p.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = (1 - mu) * p - mu * gradient
    return w + learning_rate * p, p
