"""Mistakes in `averaged_momentum_step`."""

from autograder.checks import change

change(
    "as_printed",
    "p = (1 - mu) * p + mu * gradient",
    "p = (1 - mu) * p - mu * gradient",
    say=(
        "This is the recipe as printed, and it climbs. Let p have the sign of the gradient: + mu * "
        "gradient in its line."
    ),
)

change(
    "both_signs_changed",
    "return w - learning_rate * p, p",
    "return w + learning_rate * p, p",
    say=(
        "You changed both signs, so the step still goes uphill. p has the sign of the gradient "
        "now, so it must be subtracted from w."
    ),
)

change(
    "mu_exchanged",
    "p = (1 - mu) * p + mu * gradient",
    "p = mu * p + (1 - mu) * gradient",
    say=(
        "You gave the weight mu to the old average. Here mu is the weight of the newest gradient, "
        "and 1 - mu of the old average remains."
    ),
)

change(
    "not_averaged",
    "p = (1 - mu) * p + mu * gradient",
    "p = (1 - mu) * p + gradient",
    say="You add the whole gradient to p. In an average the newest gradient has the weight mu.",
)

change(
    "old_p",
    """
    p = (1 - mu) * p + mu * gradient
    return w - learning_rate * p, p
    """,
    """
    return w - learning_rate * p, (1 - mu) * p + mu * gradient
    """,
    say=(
        "You take the step along the old average, and only then renew it. Renew p first, then use "
        "the new p."
    ),
)

change(
    "other_repair",
    """
    p = (1 - mu) * p + mu * gradient
    return w - learning_rate * p, p
    """,
    """
    p = (1 - mu) * p - mu * gradient
    return w + learning_rate * p, p
    """,
    say=(
        "The step is right, but your p is the average with the opposite sign. Here p is to be an "
        "average of gradients: + mu * gradient, and - learning_rate * p."
    ),
)

change(
    "p_not_returned",
    """
    p = (1 - mu) * p + mu * gradient
    return w - learning_rate * p, p
    """,
    """
    average = (1 - mu) * p + mu * gradient
    return w - learning_rate * average, p
    """,
    say=(
        "Your step is right, but you return the old p. The next step would forget all gradients; "
        "return the new average."
    ),
)

change(
    "not_forgotten",
    "p = (1 - mu) * p + mu * gradient",
    "p = p + mu * gradient",
    say=(
        "You keep the whole old average. Its weight is 1 - mu, so that the two weights add up to 1."
    ),
)


change(
    "p_first",
    "return w - learning_rate * p, p",
    "return p, w - learning_rate * p",
    say="You return p first. The order is w, p.",
)


change(
    "rate_forgotten",
    "return w - learning_rate * p, p",
    "return w - p, p",
    say="Your step is the whole average. Multiply it by the learning rate.",
)
