"""You multiply the gradient by 1 - momentum, as an average does. In the usual form the whole
gradient enters, and with a constant gradient the velocity grows to λg / (1 - m).
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - (1 - momentum) * learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
