"""You move the weights by the old velocity. First comes the new velocity, then the step with it."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    return theta + v, momentum * v - learning_rate * (gradient + decay * theta)
