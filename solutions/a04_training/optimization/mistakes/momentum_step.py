"""Mistakes in `momentum_step`."""

from autograder.checks import change

change(
    "averaged",
    "velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)",
    "velocity = momentum * velocity - (1 - momentum) * learning_rate * (gradient + weight_decay * w)",
    say=(
        "You multiply the gradient by 1 - momentum, as an average does. In the usual form the "
        "whole gradient enters, and with a constant gradient the velocity grows to λg / (1 - m)."
    ),
)

change(
    "decay_beside",
    """
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
    """,
    """
    velocity = momentum * velocity - learning_rate * gradient
    return w * (1 - learning_rate * weight_decay) + velocity, velocity
    """,
    say=(
        "You let the decay act on w beside the velocity, as the argument of the Keras optimizers "
        "does. In the slides' form it is added to the gradient and passes through the velocity."
    ),
)

change(
    "decay_sign",
    "velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)",
    "velocity = momentum * velocity - learning_rate * (gradient - weight_decay * w)",
    say=(
        "Your decay makes the weights grow. Add +a·w to the gradient; the learning rate's minus "
        "sign turns it into a decay."
    ),
)

change(
    "decay_twice",
    "return w + velocity, velocity",
    "return w * (1 - learning_rate * weight_decay) + velocity, velocity",
    say=(
        "You apply the weight decay twice: in the velocity, and once more to w. It joins the "
        "gradient, and nothing else."
    ),
)

change(
    "in_place",
    """
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    """,
    """
    velocity *= momentum
    velocity -= learning_rate * (gradient + weight_decay * w)
    """,
    say=(
        "You changed the velocity where it lies, with `*=` and `-=`. The caller's array is then "
        "changed too; make a new one."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "nesterov",
    """
    return w + velocity, velocity
    """,
    """
    step = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + step, velocity
    """,
    say=(
        "You look ahead by one more step of momentum. That is Nesterov's variant; here w moves by "
        "the new velocity itself."
    ),
)

change(
    "old_velocity",
    """
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
    """,
    """
    new = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, new
    """,
    say="You move w by the old velocity. Compute the new velocity first, then add that to w.",
)

change(
    "slide_sign",
    "return w + velocity, velocity",
    "return w - velocity, velocity",
    say=(
        "You subtract the velocity, which already points downhill. That is the double minus of the "
        "slide: add the velocity to w."
    ),
)

change(
    "velocity_not_returned",
    """
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
    """,
    """
    new = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + new, velocity
    """,
    say=(
        "You move w rightly but return the old velocity. The next step would start from it; return "
        "the new one."
    ),
)

change(
    "velocity_uphill",
    "velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)",
    "velocity = momentum * velocity + learning_rate * (gradient + weight_decay * w)",
    say=(
        "Your velocity collects +λg and points uphill. Subtract the learning rate times the "
        "gradient in its line."
    ),
)

change(
    "rate_twice",
    "return w + velocity, velocity",
    "return w + learning_rate * velocity, velocity",
    say=("You multiply by the learning rate twice. It is in the velocity already: w moves by v."),
)


change(
    "rate_on_w",
    """
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
    """,
    """
    velocity = momentum * velocity + gradient + weight_decay * w
    return w - learning_rate * velocity, velocity
    """,
    say=(
        "Your velocity collects gradients, and the learning rate comes when w moves. Here the "
        "rate is inside the velocity: v = m v - λ (g + a w)."
    ),
)


change(
    "decay_ignored",
    "(gradient + weight_decay * w)",
    "gradient",
    say="Your step does not use `weight_decay`. Add weight_decay * w to the gradient.",
)


change(
    "momentum_fixed",
    "velocity = momentum * velocity",
    "velocity = 0.9 * velocity",
    say="Your momentum is always 0.9. It is only the default: use the argument.",
)
