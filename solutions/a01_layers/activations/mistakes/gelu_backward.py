"""Mistakes in `gelu_backward`."""

from autograder.checks import change, instead


@instead(
    "numerical",
    say=(
        "You let numerical_gradient do the work, which is blocked here. It is the witness; the "
        "derivative is yours to write."
    ),
    hint=None,  # The values are right; the grader sees the call that is not allowed.
)
def gelu_backward(dout, x):
    return gradients.numerical_gradient(gelu, x, dout)


@instead(
    "of_the_slide",
    say=(
        "This is the derivative as the slide prints it. Its third term lacks the factor sqrt(2 / "
        "pi), which u has before its bracket."
    ),
)
def gelu_backward(dout, x):
    return dout * printed_gelu_derivative(x)


change(
    "tanh_not_squared",
    """
    inner_slope = root * (1 + 3 * 0.044715 * x**2)
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * inner_slope)
    """,
    """
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t) * root * (1 + 3 * 0.044715 * x**2))
    """,
    say="You use 1 - tanh(u) as the slope of the tanh. It is 1 - tanh(u) ** 2.",
)

change(
    "without_dout",
    """
    inner_slope = root * (1 + 3 * 0.044715 * x**2)
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * inner_slope)
    """,
    """
    return 0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * root * (1 + 3 * 0.044715 * x**2)
    """,
    say=(
        "You return the slope of GELU alone. Multiply it by dout, the gradient that arrives from "
        "above."
    ),
)

change(
    "without_the_third_term",
    """
    inner_slope = root * (1 + 3 * 0.044715 * x**2)
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * inner_slope)
    """,
    """
    return dout * (0.5 + 0.5 * t)
    """,
    say=(
        "You differentiated the factor 0.5 * x only. The tanh depends on x as well: the product "
        "rule gives a third term."
    ),
)

change(
    "without_three",
    """
    inner_slope = root * (1 + 3 * 0.044715 * x**2)
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * inner_slope)
    """,
    """
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * root * (1 + 0.044715 * x**2))
    """,
    say=(
        "The 3 is missing in the slope of u. The derivative of 0.044715 * x**3 is 3 * 0.044715 * "
        "x**2."
    ),
)

change(
    "without_x",
    "0.5 * x * (1 - t**2) * inner_slope",
    "0.5 * (1 - t**2) * inner_slope",
    say="The factor x is missing in the third term: the product rule keeps 0.5 * x there.",
)


change(
    "without_the_inner_slope",
    "0.5 * x * (1 - t**2) * inner_slope",
    "0.5 * x * (1 - t**2)",
    say="The chain rule is missing: the third term is multiplied by the slope of u.",
)


change(
    "first_two_terms_only_once",
    "dout * (0.5 + 0.5 * t + 0.5 * x",
    "dout * (0.5 * t + 0.5 * x",
    say=(
        "The first 0.5 is missing: the derivative of 0.5 x (1 + tanh) begins with 0.5 (1 + tanh)."
    ),
)


change(
    "cube_in_the_slope",
    "3 * 0.044715 * x**2",
    "3 * 0.044715 * x**3",
    say="You have x**3 in the slope of u. The derivative of x**3 is 3 x**2.",
)
