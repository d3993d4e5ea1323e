"""Mistakes in `rnn_clip_by_norm`."""

from autograder.checks import change, instead


@instead(
    "each_alone",
    say=(
        "You clip each array by its own norm. That turns the direction of the step: the norm is "
        "that of all gradients together, and all are shortened by the same factor."
    ),
)
def clip_by_norm(gradients, limit):
    return [g * min(1.0, limit / max(np.sqrt(np.sum(g**2)), 1e-300)) for g in gradients]


change(
    "always",
    "factor = limit / norm if norm > limit else 1.0",
    "factor = limit / max(norm, 1e-300)",
    say=(
        "You also bring short gradients to the limit, and make them longer. Only those that exceed "
        "it are changed."
    ),
)

change(
    "by_value",
    "return [gradient * factor for gradient in gradients]",
    "return [np.clip(gradient, -limit, limit) for gradient in gradients]",
    say=(
        "You cut every number for itself. By norm, all numbers are multiplied by the same factor, "
        "and the direction stays."
    ),
)

change(
    "no_root",
    "norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))",
    "norm = sum(np.sum(gradient**2) for gradient in gradients)",
    say="Your norm is its own square: the root of the sum is missing.",
)

change(
    "sum_of_norms",
    "norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))",
    "norm = sum(np.sqrt(np.sum(gradient**2)) for gradient in gradients)",
    say=(
        "You add up the norms of the arrays. Add up the squares of all numbers, and take the root "
        "once, at the end."
    ),
)

change(
    "norm_one",
    "factor = limit / norm if norm > limit else 1.0",
    "factor = 1 / norm if norm > limit else 1.0",
    say="You shorten to the length 1, whatever the limit is. The new norm is the limit itself.",
)

change(
    "in_place",
    """
    return [gradient * factor for gradient in gradients]
    """,
    """
    for gradient in gradients:
        gradient *= factor
    return gradients
    """,
    say="You change the arrays that you were given. Return new ones.",
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)

change(
    "divided_by_zero",
    "factor = limit / norm if norm > limit else 1.0",
    "factor = np.minimum(1.0, limit / norm) if norm > 0 else np.nan",
    say=(
        "Gradients that are all 0 become NaN: you divide by their norm. They do not exceed the "
        "limit, so they stay as they are."
    ),
)
