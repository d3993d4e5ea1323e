"""Mistakes in `swish_and_mish`."""

from autograder.checks import change

change(
    "mish_backward_one_term",
    """
    t = np.tanh(softplus(x))
    return dout * (t + x * (1 - t**2) * sigmoid(x))
    """,
    """
    return dout * np.tanh(softplus(x))
    """,
    say=(
        "Your derivative of Mish has one term only. The tanh depends on x as well: add x * (1 - "
        "t**2) * sigmoid(x)."
    ),
)

change(
    "mish_backward_without_sigmoid",
    "return dout * (t + x * (1 - t**2) * sigmoid(x))",
    "return dout * (t + x * (1 - t**2))",
    say=(
        "The innermost slope of Mish is missing. The derivative of softplus is sigmoid(x); "
        "multiply the second term by it."
    ),
)

change(
    "mish_overflows",
    "return x * np.tanh(softplus(x))",
    "return x * np.tanh(np.log(1 + np.exp(x)))",
    say=(
        "The exponential of a large positive number overflows. Take exponentials of -|x| only, and "
        "where a function contains a sigmoid or a softplus use your stable one."
    ),
)

change(
    "mish_without_tanh",
    "return x * np.tanh(softplus(x))",
    "return x * softplus(x)",
    say=(
        "You multiply x by softplus itself, which grows without limit. A tanh stands between: x * "
        "tanh(softplus(x))."
    ),
)

change(
    "swish_backward_one_term",
    """
    gate = sigmoid(beta * x)
    return dout * (gate + beta * x * gate * (1 - gate))
    """,
    """
    return dout * sigmoid(beta * x)
    """,
    say=(
        "Your derivative of Swish has one term only. x itself has slope 1, and the sigmoid changes "
        "too: add beta * x * s * (1 - s)."
    ),
)

change(
    "swish_backward_without_inner_beta",
    "return dout * (gate + beta * x * gate * (1 - gate))",
    "return dout * (gate + x * gate * (1 - gate))",
    say=(
        "The chain rule is missing in the second term of Swish. The slope of sigmoid(beta * x) has "
        "a factor beta."
    ),
)

change(
    "swish_with_beta_outside",
    "return x * sigmoid(beta * x)",
    "return beta * x * sigmoid(x)",
    say="You multiply the result by beta. It belongs inside the sigmoid: x * sigmoid(beta * x).",
)

change(
    "swish_without_beta",
    "return x * sigmoid(beta * x)",
    "return x * sigmoid(x)",
    say="You do not use beta. Swish is x * sigmoid(beta * x).",
)

change(
    "swish_backward_without_dout",
    "return dout * (gate + beta * x * gate * (1 - gate))",
    "return gate + beta * x * gate * (1 - gate)",
    say="You return the slope of Swish alone. Multiply it by dout.",
    inside="swish_backward",
)


change(
    "swish_backward_gate_only",
    "gate + beta * x * gate * (1 - gate)",
    "gate * (1 - gate)",
    say=(
        "You differentiated the sigmoid alone. Swish is a product: gate + beta * x * gate * "
        "(1 - gate)."
    ),
    inside="swish_backward",
)


change(
    "swish_backward_without_x",
    "gate + beta * x * gate * (1 - gate)",
    "gate + beta * gate * (1 - gate)",
    say="The factor x is missing in the second term: the product rule keeps it.",
    inside="swish_backward",
)


change(
    "swish_backward_beta_fixed",
    "gate = sigmoid(beta * x)",
    "gate, beta = sigmoid(x), 1.0",
    say=(
        "Your derivative of Swish does not use beta. It stands inside the sigmoid and, by the "
        "chain rule, before the second term."
    ),
    inside="swish_backward",
)


change(
    "swish_of_the_gate",
    "return x * sigmoid(beta * x)",
    "return sigmoid(beta * x)",
    say="You return the sigmoid alone. Swish multiplies it by x.",
    inside="swish",
)


change(
    "mish_backward_without_dout",
    "return dout * (t + x * (1 - t**2) * sigmoid(x))",
    "return t + x * (1 - t**2) * sigmoid(x)",
    say="You return the slope of Mish alone. Multiply it by dout.",
    inside="mish_backward",
)


change(
    "mish_backward_not_squared",
    "(1 - t**2)",
    "(1 - t)",
    say="You use 1 - tanh as the slope of the tanh. It is 1 - tanh ** 2.",
    inside="mish_backward",
)


change(
    "mish_backward_without_x",
    "t + x * (1 - t**2) * sigmoid(x)",
    "t + (1 - t**2) * sigmoid(x)",
    say="The factor x is missing in the second term: the product rule keeps it.",
    inside="mish_backward",
)


change(
    "mish_with_sigmoid",
    "return x * np.tanh(softplus(x))",
    "return x * np.tanh(sigmoid(x))",
    say="You take the tanh of the sigmoid. It is the tanh of softplus, ln(1 + e^x).",
    inside="mish",
)
