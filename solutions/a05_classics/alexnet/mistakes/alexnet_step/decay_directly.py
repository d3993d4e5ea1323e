"""You let the decay pull at the weights directly, past the velocity, as `weight_decay` of Keras'
SGD does. In AlexNet it is part of the gradient: add `decay * theta` to it."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * gradient
    return theta + v - learning_rate * decay * theta, v
