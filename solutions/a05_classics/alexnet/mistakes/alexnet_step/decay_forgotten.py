"""You forgot the weight decay. Add `decay * theta` to the gradient."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * gradient
    return theta + v, v
