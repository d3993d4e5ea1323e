"""You let the decay act on w beside the velocity, as the argument of the Keras optimizers does. In
the slides' form it is added to the gradient and passes through the velocity.
"""

FAILS = ("momentum_step",)


def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    velocity = momentum * velocity - learning_rate * gradient
    return w * (1 - learning_rate * weight_decay) + velocity, velocity
