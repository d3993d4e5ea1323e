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
