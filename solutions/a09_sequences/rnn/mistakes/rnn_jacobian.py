"""Mistakes in `rnn_jacobian`."""

from autograder.checks import change

change(
    "order_turned",
    "jacobian = (1 - h**2)[:, np.newaxis] * w_hh @ jacobian",
    "jacobian = jacobian @ ((1 - h**2)[:, np.newaxis] * w_hh)",
    say=(
        "Your factors stand in the wrong order. A change of h_0 meets the first step first, so its "
        "factor is on the right, and each later one comes from the left."
    ),
)

change(
    "slope_on_the_columns",
    "(1 - h**2)[:, np.newaxis] * w_hh",
    "(1 - h**2) * w_hh",
    say=(
        "You multiply the *columns* of W_hh by the slopes. diag(1 − h²) stands on the left: it "
        "multiplies the rows."
    ),
)

change(
    "no_slope",
    "(1 - h**2)[:, np.newaxis] * w_hh",
    "w_hh",
    say="You leave out the slope of tanh, 1 − h² of each step: yours is a power of W_hh.",
)

change(
    "weights_transposed",
    "(1 - h**2)[:, np.newaxis] * w_hh",
    "(1 - h**2)[:, np.newaxis] * w_hh.T",
    say=(
        "You transposed W_hh. Row k, column j of a Jacobian says how number k that comes out "
        "changes with number j that goes in, and W_hh has them so already."
    ),
)

change(
    "added_up",
    "jacobian = (1 - h**2)[:, np.newaxis] * w_hh @ jacobian",
    "jacobian = jacobian + (1 - h**2)[:, np.newaxis] * w_hh",
    say="You add the factors up. The chain rule multiplies them, as matrices.",
)

change(
    "value_by_value",
    """
    jacobian = np.eye(len(w_hh))
    for h in states:
        jacobian = (1 - h**2)[:, np.newaxis] * w_hh @ jacobian
    """,
    """
    jacobian = np.ones(w_hh.shape)
    for h in states:
        jacobian = (1 - h**2)[:, np.newaxis] * w_hh * jacobian
    """,
    say=(
        "You multiply the factors value by value. The chain rule has the product of matrices, `@`."
    ),
)

change(
    "last_step_left_out",
    "for h in states:",
    "for h in states[:-1]:",
    say=(
        "You stop one step early. T states after h_0 make T factors, one for each step; the last "
        "one counts, too."
    ),
)

change(
    "transposed",
    "return jacobian",
    "return jacobian.T",
    say="Your result is transposed. Its rows belong to h_T, its columns to h_0.",
)
