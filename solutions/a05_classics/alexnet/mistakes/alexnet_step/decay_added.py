"""Your decay has the wrong sign and makes weights grow. It is added to the gradient, and the
gradient is subtracted."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * (gradient - decay * theta)
    return theta + v, v
