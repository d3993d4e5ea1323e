"""The velocity is kept uphill inside and turned at the end."""


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    uphill = momentum * -velocity + learning_rate * (weight_decay * w + gradient)
    return w - uphill, -uphill
