"""Mistakes in `gelu_slip`."""

from autograder.checks import change, instead

instead(
    "difference",
    say=(
        "You give the difference of the two slopes. `factor` is what the third term must be "
        "multiplied with: divide the right third term by the printed one."
    ),
)
_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])

_slide = float(printed_gelu_derivative(1.0))

gelu_slip = {"numerical": _moved, "printed": _slide, "factor": _slide - _moved}

instead(
    "factor_of_the_sum",
    say=(
        "Your factor is the quotient of the two whole derivatives. The first two terms are right: "
        "take them off both before you divide."
    ),
)
_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])

_slide = float(printed_gelu_derivative(1.0))

gelu_slip = {"numerical": _moved, "printed": _slide, "factor": _moved / _slide}

change(
    "factor_upside_down",
    """
    "numerical": by_moving,
    "printed": on_slide,
    "factor": (by_moving - first_two_terms) / (on_slide - first_two_terms),
    """,
    """
    "numerical": float(gradients.numerical_gradient(gelu, np.array([1.0]))[0]),
    "printed": float(printed_gelu_derivative(1.0)),
    "factor": float(np.sqrt(np.pi / 2)),
    """,
    say=(
        "Your factor is upside down. The printed third term is too large, so the factor that "
        "repairs it is less than 1."
    ),
)

instead(
    "swapped",
    say=(
        "You swapped two numbers: `printed` is what the formula of the slide gives, `numerical` "
        "what moving x to both sides gives."
    ),
)
_moved = float(gradients.numerical_gradient(gelu, np.array([1.0]))[0])

_slide = float(printed_gelu_derivative(1.0))

gelu_slip = {"numerical": _slide, "printed": _moved, "factor": float(np.sqrt(2 / np.pi))}
