"""You subtract `decay * theta` without the learning rate. In the paper's line the rate stands
before both, the decay and the gradient."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * gradient - decay * theta
    return theta + v, v
