"""Mistakes in `sgd_step`."""

from autograder.checks import change

change(
    "decay_after_step",
    """
    return w - learning_rate * (gradient + weight_decay * w)
    """,
    """
    w = w - learning_rate * gradient
    return w - learning_rate * weight_decay * w
    """,
    say=(
        "You let the weights decay after the step, so that the step itself decays too. Both terms "
        "use the old w: w - λ(g + a·w)."
    ),
)

change(
    "decay_ignored",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w - learning_rate * gradient",
    say=(
        "Your step does not use `weight_decay`. Add weight_decay * w to the gradient before you "
        "multiply by the learning rate."
    ),
)

change(
    "decay_twice",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w - learning_rate * (gradient + 2 * weight_decay * w)",
    say=(
        "Your decay is twice as strong as asked for. The penalty here is a/2·|w|², whose gradient "
        "is a·w, not 2a·w."
    ),
)

change(
    "decay_without_rate",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w - learning_rate * gradient - weight_decay * w",
    say=(
        "You subtract a·w directly. The decay joins the gradient, so that the learning rate "
        "multiplies both: λ(g + a·w)."
    ),
)

change(
    "in_place",
    """
    return w - learning_rate * (gradient + weight_decay * w)
    """,
    """
    w -= learning_rate * (gradient + weight_decay * w)
    return w
    """,
    say=(
        "You changed w where it lies, with `-=`. The caller's weights are then changed too; return "
        "a new array, w - step."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "sign_of_weight",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w - learning_rate * (gradient + weight_decay * np.sign(w))",
    say=(
        "You subtract a constant amount in the direction of the weight's sign. That is L1 "
        "regularization; weight decay is proportional to the weight itself, a·w."
    ),
)

change(
    "slide_sign",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w - learning_rate * (gradient - weight_decay * w)",
    say=(
        "Your weights grow by the decay: the minus sign of the slide meets the minus sign of the "
        "step. Add +a·w to the gradient."
    ),
)

change(
    "uphill",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return w + learning_rate * (gradient + weight_decay * w)",
    say="You walk uphill. The gradient points to larger losses, so the step is subtracted from w.",
)

change(
    "rate_on_the_gradient_only",
    "w - learning_rate * (gradient + weight_decay * w)",
    "w - learning_rate * gradient + weight_decay * w",
    say=(
        "Your decay is added to w, without the learning rate and with the wrong sign. It "
        "joins the gradient: w - λ (g + a w)."
    ),
)


change(
    "rate_forgotten",
    "w - learning_rate * (gradient + weight_decay * w)",
    "w - (gradient + weight_decay * w)",
    say="Your step is the whole gradient. Multiply it by the learning rate.",
)


change(
    "step_returned",
    "return w - learning_rate * (gradient + weight_decay * w)",
    "return -learning_rate * (gradient + weight_decay * w)",
    say="You return the step. The new weights are asked for: w plus the step.",
)
