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
