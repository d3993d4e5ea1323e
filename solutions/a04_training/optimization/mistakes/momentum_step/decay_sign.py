"""Your decay makes the weights grow. Add +a·w to the gradient; the learning rate's minus sign
turns it into a decay.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - learning_rate * (gradient - weight_decay * w)
    return w + velocity, velocity
