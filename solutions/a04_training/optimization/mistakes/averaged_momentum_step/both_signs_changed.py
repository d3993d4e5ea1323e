"""You changed both signs, so the step still goes uphill. p has the sign of the gradient now, so it
must be subtracted from w.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = (1 - mu) * p + mu * gradient
    return w + learning_rate * p, p
