"""Mistakes in `gelu`."""

from autograder.checks import change

change(
    "by_swish",
    """
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(u))
    """,
    """
    return x * sigmoid(1.702 * x)
    """,
    say=(
        "You wrote Swish with beta = 1.702, which is only close to GELU (off by up to 0.02). Use "
        "the tanh formula of the slide."
    ),
    fails=("gelu", "gelu_slip"),
)

change(
    "cube_outside_the_root",
    "u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)",
    "u = np.sqrt(2 / np.pi) * x + 0.044715 * x**3",
    say=(
        "You multiply only x by sqrt(2 / pi). The factor stands before the bracket, so it "
        "multiplies the cubic term too."
    ),
    fails=("gelu", "gelu_slip"),
)

change(
    "root_of_two_only",
    "u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)",
    "u = np.sqrt(2) / np.pi * (x + 0.044715 * x**3)",
    say=(
        "You divide by pi outside the root. The factor of u is sqrt(2 / pi), 0.798, with pi below "
        "the root as well."
    ),
    fails=("gelu", "gelu_slip"),
)

change(
    "without_cube",
    """
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(u))
    """,
    """
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x))
    """,
    say="The cubic term of u is missing. u is sqrt(2 / pi) * (x + 0.044715 * x**3).",
    fails=("gelu", "gelu_slip"),
)

change(
    "without_half",
    "return 0.5 * x * (1 + np.tanh(u))",
    "return x * (1 + np.tanh(u))",
    say="The factor 0.5 is missing: tanh runs from -1 to 1, so 1 + tanh is halved.",
    fails=("gelu", "gelu_slip"),
)


change(
    "without_one",
    "return 0.5 * x * (1 + np.tanh(u))",
    "return 0.5 * x * np.tanh(u)",
    say="The 1 beside the tanh is missing: 0.5 * x * (1 + tanh(u)).",
    fails=("gelu", "gelu_slip"),
)


change(
    "root_upside_down",
    "np.sqrt(2 / np.pi)",
    "np.sqrt(np.pi / 2)",
    say="You turned 2 / pi upside down. The factor of u is sqrt(2 / pi), 0.798.",
    fails=("gelu", "gelu_slip"),
)


change(
    "square_for_cube",
    "0.044715 * x**3",
    "0.044715 * x**2",
    say="You square x in u. The small term is 0.044715 * x**3.",
    fails=("gelu", "gelu_slip"),
)


change(
    "without_root",
    "np.sqrt(2 / np.pi)",
    "(2 / np.pi)",
    say="The root is missing: the factor of u is sqrt(2 / pi).",
    fails=("gelu", "gelu_slip"),
)


change(
    "x_forgotten",
    "return 0.5 * x * (1 + np.tanh(u))",
    "return 0.5 * (1 + np.tanh(u))",
    say="You return the weight alone. GELU is x times the weight.",
    fails=("gelu", "gelu_slip"),
)
