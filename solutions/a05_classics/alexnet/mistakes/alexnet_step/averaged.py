"""You weigh the gradient with 1 − momentum, as a running average. The slide's velocity is a sum: v
← αv − εg."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - (1 - momentum) * learning_rate * (gradient + decay * theta)
    return theta + v, v
