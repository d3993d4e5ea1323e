"""Your decay is twice as strong: the gradient of λ/2 · θ² is λ · θ, not 2 λ · θ."""

FAILS = ("alexnet_step",)


def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    v = momentum * v - learning_rate * (gradient + 2 * decay * theta)
    return theta + v, v
