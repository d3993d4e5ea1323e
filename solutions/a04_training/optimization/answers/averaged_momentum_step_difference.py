"""The average moves towards the gradient by the part mu."""


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    new = p + mu * (gradient - p)
    return [w - learning_rate * new, new]
