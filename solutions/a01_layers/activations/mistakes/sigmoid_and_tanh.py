"""Mistakes in `sigmoid_and_tanh`."""

from autograder.checks import change

change(
    "sigmoid_backward_of_the_output",
    """
    y = sigmoid(x)
    return dout * y * (1 - y)
    """,
    """
    return dout * x * (1 - x)
    """,
    say=(
        "You treat x as if it were the output already. The formula is sigmoid(x) * (1 - "
        "sigmoid(x)), so apply the sigmoid to x first."
    ),
)

change(
    "sigmoid_backward_one_factor",
    """
    y = sigmoid(x)
    return dout * y * (1 - y)
    """,
    """
    return dout * (1 - sigmoid(x))
    """,
    say=(
        "Your slope is 1 - sigmoid(x). The factor sigmoid(x) is missing: the slope must be small "
        "on both sides."
    ),
)

change(
    "sigmoid_backward_without_dout",
    "return dout * y * (1 - y)",
    "return y * (1 - y)",
    say=(
        "You return the slope of the sigmoid alone. Multiply it by dout, the gradient that arrives "
        "from above."
    ),
)

change(
    "sigmoid_overflows_left",
    """
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1 + small)
    """,
    """
    return 1 / (1 + np.exp(-x))
    """,
    say=(
        "The exponential of a large positive number overflows. Take exponentials of -|x| only, and "
        "where a function contains a sigmoid or a softplus use your stable one."
    ),
    fails=("sigmoid_and_tanh", "softplus", "swish_and_mish", "dice"),
)

change(
    "sigmoid_overflows_right",
    """
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1 + small)
    """,
    """
    return np.exp(x) / (1 + np.exp(x))
    """,
    say=(
        "The exponential of a large positive number overflows. Take exponentials of -|x| only, and "
        "where a function contains a sigmoid or a softplus use your stable one."
    ),
    fails=("sigmoid_and_tanh", "softplus", "swish_and_mish", "dice"),
)

change(
    "tanh_backward_not_squared",
    "return dout * (1 - tanh(x) ** 2)",
    "return dout * (1 - tanh(x))",
    say=(
        "Your slope is 1 - tanh(x). The tanh must be squared: 1 - tanh(x) ** 2 is 1 at zero and "
        "small on both sides."
    ),
)

change(
    "tanh_not_stretched",
    "return 2 * sigmoid(2 * x) - 1",
    "return 2 * sigmoid(x) - 1",
    say=(
        "You stretched the sigmoid in one direction only. tanh(x) is 2 * sigmoid(2 * x) - 1, with "
        "a 2 inside as well."
    ),
)

change(
    "tanh_overflows",
    """
    return 2 * sigmoid(2 * x) - 1
    """,
    """
    up, down = np.exp(x), np.exp(-x)
    return (up - down) / (up + down)
    """,
    say=(
        "The exponential of a large positive number overflows. Take exponentials of -|x| only, and "
        "where a function contains a sigmoid or a softplus use your stable one."
    ),
)

change(
    "tanh_backward_of_the_output",
    "return dout * (1 - tanh(x) ** 2)",
    "return dout * (1 - x**2)",
    say="You treat x as if it were the output already. The slope is 1 - tanh(x) ** 2.",
    inside="tanh_backward",
)


change(
    "tanh_backward_of_sigmoid",
    """
    return dout * (1 - tanh(x) ** 2)
    """,
    """
    y = tanh(x)
    return dout * y * (1 - y)
    """,
    say=(
        "You use the slope of the sigmoid, y (1 - y), for the tanh. That of the tanh is 1 - y ** 2."
    ),
    inside="tanh_backward",
)


change(
    "tanh_backward_without_dout",
    "return dout * (1 - tanh(x) ** 2)",
    "return 1 - tanh(x) ** 2",
    say=(
        "You return the slope of the tanh alone. Multiply it by dout, the gradient that "
        "arrives from above."
    ),
    inside="tanh_backward",
)


change(
    "tanh_not_shifted",
    "return 2 * sigmoid(2 * x) - 1",
    "return 2 * sigmoid(2 * x)",
    say="Your tanh goes from 0 to 2. Subtract 1, so that it goes from -1 to 1.",
    inside="tanh",
)


change(
    "tanh_stretched_inside_only",
    "return 2 * sigmoid(2 * x) - 1",
    "return sigmoid(2 * x) - 1",
    say=(
        "You stretch the sigmoid along x only. tanh(x) is 2 * sigmoid(2 * x) - 1, with a 2 "
        "before the sigmoid, too."
    ),
    inside="tanh",
)


change(
    "sigmoid_turned",
    "return np.where(x >= 0, 1.0, small) / (1 + small)",
    "return np.where(x >= 0, small, 1.0) / (1 + small)",
    say=(
        "Your sigmoid falls from 1 to 0: that is sigmoid(-x). The sign of x in the exponent "
        "is turned, or the two cases are swapped."
    ),
    fails=("sigmoid_and_tanh", "softplus", "swish_and_mish", "dice"),
    inside="sigmoid",
)


change(
    "sigmoid_of_the_size",
    "return np.where(x >= 0, 1.0, small) / (1 + small)",
    "return 1 / (1 + small)",
    say=(
        "Your sigmoid is the same for x and -x. Only for x at least 0 it is 1 / (1 + "
        "exp(-|x|)); elsewhere exp(-|x|) stands above the line."
    ),
    fails=("sigmoid_and_tanh", "softplus", "swish_and_mish", "dice"),
    inside="sigmoid",
)


change(
    "sigmoid_backward_squared",
    "return dout * y * (1 - y)",
    "return dout * (1 - y**2)",
    say=(
        "You use the slope of the tanh, 1 - y ** 2, for the sigmoid. That of the sigmoid is y "
        "(1 - y)."
    ),
    inside="sigmoid_backward",
)


change(
    "tanh_slope_squared_outside",
    "return dout * (1 - tanh(x) ** 2)",
    "return dout * (1 - tanh(x)) ** 2",
    say="You square 1 - tanh(x). Only tanh(x) is squared: 1 - tanh(x) ** 2.",
)
