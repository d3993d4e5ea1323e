"""Mistakes in `alexnet_step`."""

from autograder.checks import change

change(
    "averaged",
    "v = momentum * v - learning_rate * (gradient + decay * theta)",
    "v = momentum * v - (1 - momentum) * learning_rate * (gradient + decay * theta)",
    say=(
        "You weigh the gradient with 1 − momentum, as a running average. The slide's velocity is a "
        "sum: v ← αv − εg."
    ),
)

change(
    "decay_added",
    "v = momentum * v - learning_rate * (gradient + decay * theta)",
    "v = momentum * v - learning_rate * (gradient - decay * theta)",
    say=(
        "Your decay has the wrong sign and makes weights grow. It is added to the gradient, and "
        "the gradient is subtracted."
    ),
)

change(
    "decay_directly",
    """
    v = momentum * v - learning_rate * (gradient + decay * theta)
    return theta + v, v
    """,
    """
    v = momentum * v - learning_rate * gradient
    return theta + v - learning_rate * decay * theta, v
    """,
    say=(
        "You let the decay pull at the weights directly, past the velocity, as `weight_decay` of "
        "Keras' SGD does. In AlexNet it is part of the gradient: add `decay * theta` to it."
    ),
)

change(
    "decay_doubled",
    "v = momentum * v - learning_rate * (gradient + decay * theta)",
    "v = momentum * v - learning_rate * (gradient + 2 * decay * theta)",
    say="Your decay is twice as strong: the gradient of λ/2 · θ² is λ · θ, not 2 λ · θ.",
)

change(
    "decay_forgotten",
    "v = momentum * v - learning_rate * (gradient + decay * theta)",
    "v = momentum * v - learning_rate * gradient",
    say="You forgot the weight decay. Add `decay * theta` to the gradient.",
)

change(
    "decay_without_rate",
    "v = momentum * v - learning_rate * (gradient + decay * theta)",
    "v = momentum * v - learning_rate * gradient - decay * theta",
    say=(
        "You subtract `decay * theta` without the learning rate. In the paper's line the rate "
        "stands before both, the decay and the gradient."
    ),
)

change(
    "old_velocity",
    """
    v = momentum * v - learning_rate * (gradient + decay * theta)
    return theta + v, v
    """,
    """
    return theta + v, momentum * v - learning_rate * (gradient + decay * theta)
    """,
    say=(
        "You move the weights by the old velocity. First comes the new velocity, then the step "
        "with it."
    ),
)

change(
    "rate_twice",
    "return theta + v, v",
    "return theta + learning_rate * v, v",
    say=(
        "You multiply the velocity by the learning rate once more. It already contains the rate: θ "
        "← θ + v."
    ),
)

change(
    "subtracted",
    "return theta + v, v",
    "return theta - v, v",
    say=(
        "You subtract the velocity, which already points downhill. On the slide v ← αv − εg and θ "
        "← θ + v."
    ),
)
