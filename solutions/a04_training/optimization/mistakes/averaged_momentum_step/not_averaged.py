"""You add the whole gradient to p. In an average the newest gradient has the weight mu."""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = (1 - mu) * p + gradient
    return w - learning_rate * p, p
