"""Mistakes in `adagrad_step`."""

from autograder.checks import change

change(
    "averages",
    "squares = squares + gradient**2",
    "squares = 0.9 * squares + 0.1 * gradient**2",
    say="You average the squares, as RMSProp does. AdaGrad adds them up: s + g².",
)

change(
    "epsilon_inside",
    "return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares",
    "return w - learning_rate * gradient / np.sqrt(squares + epsilon), squares",
    say=(
        "You put ε under the root, as Keras does. Here it stands outside: np.sqrt(squares) + "
        "epsilon."
    ),
)

change(
    "in_place",
    "squares = squares + gradient**2",
    "squares += gradient**2",
    say=(
        "You changed `squares` where it lies, with `+=`. The caller's array is then changed too; "
        "write squares = squares + gradient**2."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)

change(
    "no_root",
    "return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares",
    "return w - learning_rate * gradient / (squares + epsilon), squares",
    say=(
        "You divide by s itself. Divide by its root, or the step has the wrong unit: the larger "
        "the gradient, the shorter the step."
    ),
)

change(
    "not_squared",
    """
    squares = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    """,
    """
    squares = squares + gradient
    return w - learning_rate * gradient / (np.sqrt(np.abs(squares)) + epsilon), squares
    """,
    say=(
        "You add up the gradients without squaring them, so that different signs cancel. Add "
        "gradient**2."
    ),
)

change(
    "squares_not_returned",
    """
    squares = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    """,
    """
    total = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(total) + epsilon), squares
    """,
    say=(
        "You use the new sum but return the old one. The next step would forget this gradient; "
        "return the new squares."
    ),
)

change(
    "old_sum",
    """
    squares = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    """,
    """
    step = learning_rate * gradient / (np.sqrt(squares) + epsilon)
    return w - step, squares + gradient**2
    """,
    say="You divide by the old sum. Add the square of this gradient first, then divide.",
)


change(
    "uphill",
    "return w - learning_rate * gradient",
    "return w + learning_rate * gradient",
    say="You walk uphill: the step is subtracted from w.",
)


change(
    "multiplied",
    "gradient / (np.sqrt(squares) + epsilon)",
    "gradient * (np.sqrt(squares) + epsilon)",
    say="You multiply by the root. Each gradient is divided by it.",
)
