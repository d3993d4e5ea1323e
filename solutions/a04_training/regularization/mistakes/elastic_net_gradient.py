"""Mistakes in `elastic_net_gradient`."""

from autograder.checks import change

change(
    "absolute_value",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return l1 * np.abs(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    say=(
        "You kept |w| in the gradient of the L1 part. Its slope does not depend on how large w is: "
        "it is l1 times the sign of w."
    ),
)

change(
    "bias_overwritten",
    """
    return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)
    """,
    """
    bias[:] = 0
    return l1 * np.sign(kernel) + 2 * l2 * kernel, bias
    """,
    say=(
        "You write zeros into the bias itself, and the network loses its biases. Make a new array: "
        "`np.zeros_like(bias)`."
    ),
    hint=None,
)

change(
    "bias_pays",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, l1 * np.sign(bias) + 2 * l2 * bias",
    say=(
        "You give the bias a gradient, but it is not in the penalty. Its gradient is an array of "
        "zeros of its shape."
    ),
)

change(
    "divided_by_zero",
    """
    return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)
    """,
    """
    with np.errstate(invalid="ignore"):
        signs = kernel / np.abs(kernel)
    return l1 * signs + 2 * l2 * kernel, np.zeros_like(bias)
    """,
    say=(
        "You divide a weight by its absolute value, which gives NaN where the weight is 0. Use "
        "`np.sign`: it is 0 there."
    ),
)

change(
    "factor_missing",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return l1 * np.sign(kernel) + l2 * kernel, np.zeros_like(bias)",
    say=(
        "Your L2 part lacks the factor 2. The derivative of l2 * w ** 2 is 2 * l2 * w; only the "
        "convention with a / 2 in front has none."
    ),
)

change(
    "one_at_zero",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return l1 * np.where(kernel >= 0, 1, -1) + 2 * l2 * kernel, np.zeros_like(bias)",
    say=(
        "Where a weight is exactly 0, your L1 part pushes it away with slope 1. Take the slope 0 "
        "there, as `np.sign` does, so that a weight can stay at 0."
    ),
)

change(
    "sign_forgotten",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return l1 + 2 * l2 * kernel, np.zeros_like(bias)",
    say=(
        "Your L1 part is the same for all weights. The slope of |w| is +1 for positive and -1 for "
        "negative weights, so that both move towards 0."
    ),
)

change(
    "squared",
    "2 * l2 * kernel, np",
    "2 * l2 * kernel**2, np",
    say=("Your L2 part has the square still in it. The derivative of l2 * w ** 2 is 2 * l2 * w."),
)


change(
    "l2_only",
    "l1 * np.sign(kernel) + 2 * l2 * kernel, np",
    "2 * l2 * kernel, np",
    say="The L1 part is missing: l1 times the sign of each weight.",
)


change(
    "summed",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)",
    "return np.sum(l1 * np.sign(kernel) + 2 * l2 * kernel), 0.0",
    say="You return one number. Each weight has a gradient of its own: no sum.",
)


change(
    "zero_for_the_bias",
    "np.zeros_like(bias)",
    "0.0",
    say="The gradient of the bias is 0, but as an array of its shape: `np.zeros_like(bias)`.",
)


change(
    "downhill",
    "return l1 * np.sign(kernel) + 2 * l2 * kernel,",
    "return -l1 * np.sign(kernel) - 2 * l2 * kernel,",
    say=(
        "Your gradient has the wrong sign. It points to *larger* penalties; the step against "
        "it is taken elsewhere."
    ),
)
