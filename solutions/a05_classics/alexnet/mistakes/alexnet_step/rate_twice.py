"""You multiply the velocity by the learning rate once more. It already contains the rate: θ ← θ +
v."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * (gradient + decay * theta)
    return theta + learning_rate * v, v
