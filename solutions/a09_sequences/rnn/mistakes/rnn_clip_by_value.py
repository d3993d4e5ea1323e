"""Mistakes in `rnn_clip_by_value`."""

from autograder.checks import change

change(
    "above_only",
    "np.clip(gradient, -limit, limit)",
    "np.minimum(gradient, limit)",
    say="You cut only what is too large. What lies below `-limit` is cut, too.",
)

change(
    "negative_lost",
    "np.clip(gradient, -limit, limit)",
    "np.clip(gradient, 0, limit)",
    say="All your negative numbers become 0. The range goes from `-limit` to `limit`.",
)

change(
    "sign_lost",
    "np.clip(gradient, -limit, limit)",
    "np.minimum(np.abs(gradient), limit)",
    say="Your numbers have lost their signs. A negative one stays negative, down to `-limit`.",
)

change(
    "by_its_largest",
    "np.clip(gradient, -limit, limit)",
    "gradient * min(1.0, limit / np.abs(gradient).max())",
    say=(
        "You shorten each array until its largest number fits. By value, every number is cut for "
        "itself, and one that fits stays as it is."
    ),
)

change(
    "dropped",
    "np.clip(gradient, -limit, limit)",
    "np.where(np.abs(gradient) > limit, 0, gradient)",
    say="What is too large becomes 0 with you. It is brought to the nearest end of the range.",
)

change(
    "in_place",
    """
    return [np.clip(gradient, -limit, limit) for gradient in gradients]
    """,
    """
    for gradient in gradients:
        np.clip(gradient, -limit, limit, out=gradient)
    return gradients
    """,
    say="You change the arrays that you were given. Return new ones.",
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)
