"""You take the step along the old average, and only then renew it. Renew p first, then use the new
p.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    return w - learning_rate * p, (1 - mu) * p + mu * gradient
