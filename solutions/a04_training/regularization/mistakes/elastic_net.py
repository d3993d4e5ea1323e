"""Mistakes in `elastic_net`."""

from autograder.checks import change

change(
    "bias_pays",
    """
    return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)
    """,
    """
    return sum(
        l1 * np.sum(np.abs(values)) + l2 * np.sum(values**2) for pair in layers for values in pair
    )
    """,
    say=(
        "You let the biases pay as well. The sum runs over the weights W of each layer; leave the "
        "second entry of each pair out."
    ),
)

change(
    "half_the_square",
    "return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)",
    "return sum(l1 * np.sum(np.abs(kernel)) + l2 / 2 * np.sum(kernel**2) for kernel, _ in layers)",
    say=(
        "You took half of the sum of squares. That convention exists, but the formula here (and on "
        "the slide) has l2 times W squared, without the 1/2."
    ),
)

change(
    "last_layer",
    """
    return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)
    """,
    """
    for kernel, _ in layers:
        penalty = l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2)
    return penalty
    """,
    say=(
        "You return the penalty of the last layer only. Add up over all layers: start at 0 and use "
        "+=."
    ),
)

change(
    "mean",
    "return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)",
    "return sum(l1 * np.mean(np.abs(kernel)) + l2 * np.mean(kernel**2) for kernel, _ in layers)",
    say=(
        "You average over the weights of a layer. The penalty is their sum: a layer with more "
        "weights pays more."
    ),
)

change(
    "root",
    """
    return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)
    """,
    """
    return sum(
        l1 * np.sum(np.abs(kernel)) + l2 * np.sqrt(np.sum(kernel**2)) for kernel, _ in layers
    )
    """,
    say=(
        "You took the square root of the sum of squares, which is the length of W. The penalty is "
        "the sum of squares itself."
    ),
)

change(
    "signs_kept",
    "return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)",
    "return sum(l1 * np.sum(kernel) + l2 * np.sum(kernel**2) for kernel, _ in layers)",
    say=(
        "You add the weights with their signs, so that positive and negative ones cancel. L1 needs "
        "the absolute value of each weight before the sum."
    ),
)

change(
    "strengths_swapped",
    "l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2)",
    "l2 * np.sum(np.abs(kernel)) + l1 * np.sum(kernel**2)",
    say="You swapped the two strengths. l1 belongs to the absolute values, l2 to the squares.",
)


change(
    "squares_only",
    "l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2)",
    "l2 * np.sum(kernel**2)",
    say="The L1 part is missing: l1 times the sum of the absolute values.",
)


change(
    "first_layer",
    "for kernel, _ in layers)",
    "for kernel, _ in layers[:1])",
    say="You return the penalty of the first layer only. Add up over all layers.",
)


change(
    "square_of_the_sum",
    "l2 * np.sum(kernel**2)",
    "l2 * np.sum(kernel) ** 2",
    say="You square the sum of the weights. Square each weight, then add up.",
)


change(
    "for_each_layer",
    "return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)",
    "return [l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers]",
    say="You return a penalty for each layer. One number is asked for: their sum.",
)
